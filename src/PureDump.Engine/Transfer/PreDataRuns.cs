using PureDump.Formats.Entries;

namespace PureDump.Engine.Transfer;

/// <summary>
/// Pre-data cut into runs: tables and sequences that stand in a row do not meet but where they say so, and are made side by side;
/// everything else keeps the order of the Toc. What is said of them in between (defaults, owners of sequences, comments) waits until they
/// are all there.
/// </summary>
internal static class PreDataRuns
{
    // Fewer are not worth waiting for the last of them.
    private const int ParallelMin = 16;

    /// <summary>The runs, in their order; together they are all entries.</summary>
    /// <param name="entries">Pre-data in the order of the Toc.</param>
    /// <param name="jobs">How many workers there are.</param>
    public static IEnumerable<(IReadOnlyList<TocEntry> Run, bool IsParallel)> Of(IReadOnlyList<TocEntry> entries, int jobs)
    {
        var run = new List<TocEntry>();
        var deferred = new List<TocEntry>();
        var deferredIds = new HashSet<DumpId>();
        foreach (TocEntry entry in entries)
        {
            bool isMade = entry.Kind is EntryKind.Table or EntryKind.Sequence && !entry.Dependencies.Any(deferredIds.Contains);
            if (jobs > 1 && isMade)
            {
                run.Add(entry);
                continue;
            }

            deferred.Add(entry);
            deferredIds.Add(entry.Id);
            if (run.Count > 0 && MayWait(entry))
            {
                continue;
            }

            foreach ((IReadOnlyList<TocEntry>, bool) part in Parts(run, deferred))
            {
                yield return part;
            }

            (run, deferred, deferredIds) = ([], [], []);
        }

        foreach ((IReadOnlyList<TocEntry>, bool) part in Parts(run, deferred))
        {
            yield return part;
        }
    }

    private static bool MayWait(TocEntry entry) =>
        entry.Kind is EntryKind.SequenceOwnedBy or EntryKind.Default or EntryKind.Comment or EntryKind.SecurityLabel;

    private static IEnumerable<(IReadOnlyList<TocEntry> Run, bool IsParallel)> Parts(List<TocEntry> run, List<TocEntry> deferred)
    {
        if (run.Count > 0)
        {
            yield return (run, run.Count >= ParallelMin);
        }

        if (deferred.Count > 0)
        {
            yield return (deferred, false);
        }
    }
}
