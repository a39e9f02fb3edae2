using PureDump.Formats.Pg;

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

        uint[] tables =
        [
            .. catalog.All<TableObject>()
                .Where(static table => (table.IsTableLike || table.IsMaterializedView) && table.Emits(Components.Definition))
                .Select(static table => table.Id.Row.Value),
        ];
        if (tables.Length == 0)
        {
            return;
        }

        foreach (ExtendedStatisticsObject statistics in session.Query("ExtendedStatistics.sql", Map, tables))
        {
            catalog.Register(statistics);
        }
    }
}
