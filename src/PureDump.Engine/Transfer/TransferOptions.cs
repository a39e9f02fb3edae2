using PureDump.Formats.Entries;

namespace PureDump.Engine.Transfer;

/// <summary>How a transfer is done.</summary>
/// <remarks>
/// Who makes a sink says whether it takes everything in order (<c>TransferOptions.InOrder</c>); a script does: a script is the order of
/// the Toc itself: no schedule, one worker, rows between statements (<c>OrderedRun</c>).
/// </remarks>
internal sealed record TransferOptions
{
    /// <summary>How many workers move rows at the same time, at least 1.</summary>
    public required int Jobs { get; init; }

    /// <summary>How many statements run at the same time, where they need not wait for one another; null: as many as <see
    /// cref="Jobs"/>.</summary>
    public int? StatementJobs { get; init; }

    /// <summary>How many workers there are for both.</summary>
    public int WorkerCount => Math.Max(Jobs, StatementJobs ?? Jobs);

    /// <summary>Row blocks that may be on their way at the same time.</summary>
    public required int BlockCount { get; init; }

    /// <summary>Stop at the first entry that fails; else it is reported and counted.</summary>
    public bool ExitOnError { get; init; } = true;

    /// <summary>
    /// With one job: everything in the order of the Toc, pass by pass, as a script has it. Rows out of a pipe must come in that order then.
    /// </summary>
    public bool InOrder { get; init; }

    /// <summary>Rows of an entry, however many workers move them, are committed together or given up together.</summary>
    public bool KeepsEntriesWhole { get; init; }

    /// <summary>Whether several workers may move the rows of an entry; null: of each. Asked for when the tables are there.</summary>
    public Func<TocEntry, bool>? MayBeSplit { get; init; }

    /// <summary>Whether rows of an entry that come out of a stream may be kept uncommitted until the last of them has come, beside those of
    /// others; null: of none.</summary>
    public Func<TocEntry, bool>? MayBeHeld { get; init; }

    /// <summary>Remove the objects before they are made.</summary>
    public bool Clean { get; init; }

    /// <summary>Removing what is not there is no error.</summary>
    public bool IfExists { get; init; }

    /// <summary>
    /// What runs when everything else is done, on all workers and in any order, the first before the last; null: nothing. Asked
    /// for when all is done, so that it can depend on the target. Its entries need none, and stand in no archive.
    /// </summary>
    public Func<IReadOnlyList<TocEntry>>? Last { get; init; }
}
