using PureDump.Engine.Jobs;
using PureDump.Formats.Entries;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Transfer;

/// <summary>What a worker is to do beside a stream.</summary>
/// <param name="Action">What.</param>
/// <param name="Entry">Whose block it is.</param>
/// <param name="Block">The block to write; the worker's from here on.</param>
/// <param name="Job">The statements to run, or the rows that are all there.</param>
internal readonly record struct StreamTask(StreamAction Action, TocEntry? Entry = null, RowBlock? Block = null, Job? Job = null);

/// <summary>What there is to do beside a stream.</summary>
internal enum StreamAction
{
    /// <summary>Nothing will come any more.</summary>
    None,

    /// <summary>A block is to be written.</summary>
    Write,

    /// <summary>The entry that is open is to be left.</summary>
    Leave,

    /// <summary>What is held is to be committed.</summary>
    Commit,

    /// <summary>Statements are to be run.</summary>
    Run,

    /// <summary>Rows are all there, and held by nobody: their entry is to be ended.</summary>
    End,
}
