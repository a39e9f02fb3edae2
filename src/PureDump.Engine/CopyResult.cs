using PureDump.Formats.Entries;

namespace PureDump.Engine;

/// <summary>What a copy came to.</summary>
/// <param name="Toc">What was copied.</param>
/// <param name="Database">The name of the database it was copied into.</param>
/// <param name="FailureCount">How many entries failed and were passed over.</param>
/// <param name="CheckedCount">How many tables, and groups of large objects, were compared in the end; those that had failed are
/// not.</param>
/// <param name="Differences">What was not the same.</param>
internal sealed record CopyResult(Toc Toc, string Database, int FailureCount, int CheckedCount, IReadOnlyList<CopyDifference> Differences)
{
    /// <summary>The compared tables that had rows before, of which only those that came are compared.</summary>
    public IReadOnlyList<string> FilledBefore { get; init; } = [];
}

/// <summary>Something that is not the same at the target as it was sent by the source.</summary>
/// <param name="Name">What: <c>public.orders</c>.</param>
/// <param name="SourceCount">Rows that came from the snapshot of the source.</param>
/// <param name="TargetCount">Rows that the target holds more than before; equal numbers: their contents differ.</param>
/// <param name="Problem">Why the target could not be read; null where it could.</param>
internal sealed record CopyDifference(string Name, long SourceCount, long TargetCount, string? Problem = null);
