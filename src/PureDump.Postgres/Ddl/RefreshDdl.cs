using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Ddl;

/// <summary>Refreshes of materialized views as SQL (pg_dump.c, refreshMatViewData).</summary>
internal static class RefreshDdl
{
    /// <summary>Adds the entry of one refresh, where there is something to refresh.</summary>
    public static void Emit(RefreshObject refresh, DdlContext context)
    {
        if (!refresh.IsPopulated || refresh.Wanted == Components.None)
        {
            return;
        }

        context.Toc.Add(refresh, new TocEntry
        {
            Id = refresh.DumpId,
            CatalogId = refresh.Id,
            Kind = EntryKind.MaterializedViewData,
            Schema = refresh.Schema?.Name,
            Name = refresh.Name,
            Owner = refresh.Owner,
            Section = Section.PostData,
            CreateSql = $"REFRESH MATERIALIZED VIEW {SqlText.Name(refresh.Schema?.Name, refresh.Name)};\n",
        });
    }
}
