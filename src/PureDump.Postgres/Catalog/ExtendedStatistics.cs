using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the extended statistics of dumped relations (pg_dump.c, getExtendedStatistics).</summary>
internal static class ExtendedStatistics
{
    /// <summary>Registers the extended statistics of all relations whose definition is wanted.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        ExtendedStatisticsObject Map(ref CatalogRow row) => new()
        {
            Id = new CatalogId(row.Oid(), row.Oid()),
            Name = row.Text(),
            Schema = catalog.SchemaOf(row.Oid()),
            Owner = row.Text(),
            Table = catalog.TableOf(row.Oid()),
            Definition = row.Text(),
            Target = row.Int32(),
        };

        bool takesContents = catalog.Selection.Options.WithStatistics && session.Features.HasExtendedStatisticsImport;
        uint[] tables =
        [
            .. catalog
                .All<TableObject>()
                .Where(table =>
                    (table.IsTableLike || table.IsMaterializedView)
                    && (table.Emits(Components.Definition) || (takesContents && table.Wanted != Components.None)))
                .Select(static table => table.Id.Row.Value),
        ];
        if (tables.Length == 0)
        {
            return;
        }

        Dictionary<Oid, ExtendedStatisticsObject> byId = session.Query("ExtendedStatistics.sql", Map, tables)
            .Select(catalog.Register)
            .ToDictionary(static statistics => statistics.Id.Row);
        if (takesContents && byId.Count > 0)
        {
            session.Visit("ExtendedStatisticsData.sql", Add, (object)byId.Keys.Select(static oid => oid.Value).ToArray());
        }

        void Add(ref CatalogRow row)
        {
            ExtendedStatisticsObject statistics = byId[row.Oid()];
            statistics.Present |= Components.Statistics;
            statistics.ContentSql += StatisticsText.ExtendedSql(statistics, session.Features, ref row);
        }
    }
}
