using PureDump.Formats.Entries;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Ddl;

/// <summary>The entries of the planner's statistics of relations (pg_dump.c, dumpRelationStats).</summary>
internal static class StatisticsDataDdl
{
    /// <summary>Adds the entry of the statistics of one relation. It has no owner, as in pg_dump.</summary>
    public static void Emit(StatisticsDataObject statistics, DdlContext context)
    {
        if (!statistics.Emits(Components.Statistics))
        {
            return;
        }

        var needs = new DumpId[statistics.Needs.Length];
        for (int i = 0; i < needs.Length; i++)
        {
            needs[i] = statistics.Needs[i].DumpId;
        }

        // On just what it is about: not, where that is no entry of its own (the index of a key), on what that needs in turn.
        context.Toc.AddDependent(
            new TocEntry
            {
                Id = statistics.DumpId,
                Kind = EntryKind.StatisticsData,
                Schema = statistics.Schema?.Name,
                Name = statistics.Name,
                Section = statistics.Section,
                CreateSql = statistics.Sql,
            },
            needs);
    }
}
