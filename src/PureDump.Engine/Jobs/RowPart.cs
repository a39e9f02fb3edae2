using PureDump.Formats.Entries;

namespace PureDump.Engine.Jobs;

/// <summary>A part of an entry's rows that one worker reads on its own: a ctid range, or a range of blocks, or all.</summary>
/// <param name="Entry">Whose rows.</param>
/// <param name="Number">From 0; a part ends where the next one begins.</param>
/// <param name="Count">How many parts the entry has.</param>
/// <param name="First">The first page or block.</param>
/// <param name="End">The page or block behind the last one; <see cref="long.MaxValue"/> = to the end.</param>
/// <param name="Weight">About how many bytes it is; larger parts go first.</param>
internal sealed record RowPart(TocEntry Entry, int Number, int Count, long First, long End, long Weight);
