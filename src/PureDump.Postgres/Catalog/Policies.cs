using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the row security of dumped tables: whether it is enabled, and its policies (pg_dump.c, getPolicies).</summary>
internal static class Policies
{
    /// <summary>Registers ROW SECURITY and the policies of all tables whose policies are wanted; those are locked.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        if (!catalog.Selection.Options.WithPolicies)
        {
            return;
        }

        List<TableObject> tables =
        [
            .. catalog.All<TableObject>()
                .Where(static table => table.RelKind is 'r' or 'p' && (table.Wanted & Components.Policy) != 0),
        ];
        if (tables.Count == 0)
        {
            return;
        }

        foreach (TableObject table in tables.Where(static table => table.HasRowSecurity))
        {
            table.Present |= Components.Policy;
            PolicyObject enabled = catalog.Register(new PolicyObject
            {
                // Catalog 0: pg_depend must not mistake it for the table.
                Id = new CatalogId(Oid.None, table.Id.Row),
                Name = table.Name,
                Schema = table.Schema,
                Owner = table.Owner,
                Table = table,
            });
            enabled.AddNeed(table);
        }

        uint[] wanted = [.. tables.Select(static table => table.Id.Row.Value)];
        foreach (Row row in session.Query("Policies.sql", Map, wanted))
        {
            TableObject table = catalog.TableOf(row.Table);
            table.Present |= Components.Policy;
            catalog.Register(new PolicyObject
            {
                Id = row.Id,
                Name = row.Name,
                Schema = table.Schema,
                Owner = table.Owner,
                Table = table,
                Command = row.Command,
                IsPermissive = row.IsPermissive,
                Roles = row.Roles,
                Using = row.Using,
                WithCheck = row.WithCheck,
            });
        }
    }

    private static Row Map(ref CatalogRow row) => new(
        new CatalogId(row.Oid(), row.Oid()),
        row.Text(),
        row.Oid(),
        row.Char(),
        row.Bool(),
        row.TextOrNull(),
        row.TextOrNull(),
        row.TextOrNull());

    private readonly record struct Row(
        CatalogId Id, string Name, Oid Table, char Command, bool IsPermissive, string? Roles, string? Using, string? WithCheck);
}
