using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the triggers of dumped relations (pg_dump.c, getTriggers).</summary>
internal static class Triggers
{
    /// <summary>Registers the triggers of all relations whose definition is wanted; those are locked.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        uint[] wanted =
        [
            .. catalog.All<TableObject>()
                .Where(static table => table.HasTriggers && table.Emits(Components.Definition))
                .Select(static table => table.Id.Row.Value),
        ];
        if (wanted.Length == 0)
        {
            return;
        }

        List<Row> rows = session.Query("Triggers.sql", Map, wanted);
        foreach (Row row in rows)
        {
            TableObject table = catalog.TableOf(row.Table);
            table.Triggers.Add(catalog.Register(new TriggerObject
            {
                Id = row.Id,
                Name = row.Name,
                Schema = table.Schema,
                Owner = table.Owner,
                Table = table,
                Enabled = row.Enabled,
                IsPartitionClone = row.IsClone,
                Definition = row.Definition,
            }));
        }

        // pg_depend names only the next trigger above, which need not be in the dump.
        foreach (Row row in rows)
        {
            if (row.Top != row.Id && catalog.Find(row.Top) is { } top)
            {
                catalog.Find(row.Id)?.AddNeed(top);
            }
        }
    }

    private static Row Map(ref CatalogRow row)
    {
        Oid catalog = row.Oid();
        return new Row(
            new CatalogId(catalog, row.Oid()),
            row.Text(),
            row.Oid(),
            row.Char(),
            row.Bool(),
            row.Text(),
            new CatalogId(catalog, row.Oid()));
    }

    private readonly record struct Row(CatalogId Id, string Name, Oid Table, char Enabled, bool IsClone, string Definition, CatalogId Top);
}
