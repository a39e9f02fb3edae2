using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Server;

namespace PureDump.Engine.Sinks;

/// <summary>
/// The statements that have the server look at what a restore has filled: tables whose rows it brings, the partitioned tables
/// above them, materialized views that it refreshes. Not foreign tables: their rows are another server's.
/// </summary>
internal static class AnalyzeEntries
{
    /// <summary>The kind of these entries, which no archive holds.</summary>
    public const string Kind = "ANALYZE";

    /// <summary>One entry for each, the largest first; those without rows of their own size last.</summary>
    /// <param name="toc">What is restored.</param>
    /// <param name="target">Whether a partitioned table can be looked at without its partitions.</param>
    internal static IReadOnlyList<TocEntry> Of(Toc toc, ServerFeatures target)
    {
        var tree = new PartitionTree(toc);
        var filled = new List<TocEntry>();
        var bytesOfParents = new Dictionary<DumpId, long>();
        foreach (TocEntry entry in toc.Entries)
        {
            bool isTable = entry.Kind == EntryKind.TableData && !entry.HasForeignRows;
            List<DumpId> above = isTable && entry.Rows?.TableEntry is DumpId table ? tree.Above(table) : [];
            if (entry.Kind == EntryKind.MaterializedViewData || (isTable && (above.Count == 0 || target.HasAnalyzeOnly)))
            {
                filled.Add(entry);
            }

            // Without ONLY it takes all partitions along: then the root does for the whole tree.
            foreach (DumpId parent in target.HasAnalyzeOnly ? above : above.TakeLast(1))
            {
                bytesOfParents[parent] = bytesOfParents.GetValueOrDefault(parent) + (entry.Rows?.EstimatedBytes ?? 0);
            }
        }

        string ofParent = target.HasAnalyzeOnly ? "ANALYZE ONLY" : "ANALYZE";
        // Ascending: of statements that weigh the same the lowest number runs first.
        IEnumerable<DumpId> numbers = Enumerable
            .Range(1, int.MaxValue)
            .Select(static number => new DumpId(number))
            .Where(id => !toc.TryFind(id, out _));
        return
        [
            .. filled.Select(static entry => (Entry: entry, Bytes: entry.Rows?.EstimatedBytes ?? 0, Verb: "ANALYZE"))
                .Concat(bytesOfParents.Select(parent => (Entry: toc[parent.Key], Bytes: parent.Value, Verb: ofParent)))
                .OrderByDescending(static step => step.Bytes)
                .Zip(numbers, static (step, id) => Entry(step.Entry, step.Verb, id)),
        ];
    }

    private static TocEntry Entry(TocEntry filled, string verb, DumpId id) => new()
    {
        Id = id,
        Kind = Kind,
        Schema = filled.Schema,
        Name = filled.Name,
        Owner = filled.Owner,
        Section = Section.PostData,
        CreateSql = $"{verb} {SqlText.Name(filled.Schema, filled.Name)};\n",
    };
}
