using System.Globalization;
using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Ddl;

/// <summary>
/// Extended statistics as SQL (pg_dump.c, dumpStatisticsExt and dumpStatisticsExtStats). What they hold comes along from servers that can
/// take it, from 19 on; elsewhere ANALYZE gathers it anew.
/// </summary>
internal static class ExtendedStatisticsDdl
{
    /// <summary>Adds the entries of one statistics object.</summary>
    public static void Emit(ExtendedStatisticsObject statistics, DdlContext context)
    {
        string name = SqlText.Name(statistics.Schema!.Name, statistics.Name);
        string target = $"STATISTICS {name}";
        if (statistics.Emits(Components.Definition))
        {
            string targetSql = statistics.Target < 0
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $"ALTER {target} SET STATISTICS {statistics.Target};\n");
            context.Toc.Add(statistics, new TocEntry
            {
                Id = statistics.DumpId,
                CatalogId = statistics.Id,
                Kind = EntryKind.Statistics,
                Schema = statistics.Schema.Name,
                Name = statistics.Name,
                Owner = statistics.Owner,
                Section = Section.PostData,
                CreateSql = $"{statistics.Definition};\n{targetSql}",
                DropSql = $"DROP {target};\n",
                DropIfExistsSql = $"DROP STATISTICS IF EXISTS {name};\n",
                OwnerTarget = target,
            });
        }

        CommentDdl.Emit(statistics, target, context);
        if (statistics.Emits(Components.Statistics) && statistics.ContentSql.Length > 0)
        {
            context.Toc.AddDependent(
                new TocEntry
                {
                    Id = context.Toc.NextId(),
                    Kind = EntryKind.ExtendedStatisticsData,
                    Schema = statistics.Schema.Name,
                    Name = statistics.Name,
                    Owner = statistics.Owner,
                    Section = Section.PostData,
                    CreateSql = statistics.ContentSql,
                },
                statistics.DumpId);
        }
    }
}
