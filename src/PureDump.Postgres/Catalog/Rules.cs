using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the rewrite rules (pg_dump.c, getRules).</summary>
internal static class Rules
{
    /// <summary>Registers the rules of all relations that were collected; also of those not dumped, for their dependencies.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        uint[] wanted =
        [
            .. catalog.All<TableObject>()
                .Where(static table => table.HasRules && table.Emits(Components.Definition))
                .Select(static table => table.Id.Row.Value),
        ];
        foreach (Row row in session.Query("Rules.sql", Map, wanted))
        {
            if (catalog.FindTable(row.Table) is { } table)
            {
                Register(row, table, catalog);
            }
        }
    }

    private static void Register(Row row, TableObject table, CatalogSet catalog)
    {
        bool isQuery = (table.IsView || table.IsMaterializedView) && row is { Event: '1', IsInstead: true };
        RuleObject rule = catalog.Register(new RuleObject
        {
            Id = row.Id,
            Name = row.Name,
            Schema = table.Schema,
            Owner = table.Owner,
            Table = table,
            Event = row.Event,
            IsInstead = row.IsInstead,
            Enabled = row.Enabled,
            IsSeparate = !isQuery,
            Definition = row.Definition ?? "",
        });

        // What its query needs decides where a view stands; any other rule comes after its table.
        if (isQuery)
        {
            table.AddNeed(rule);
        }
        else
        {
            rule.AddNeed(table);
        }
    }

    private static Row Map(ref CatalogRow row) => new(
        new CatalogId(row.Oid(), row.Oid()), row.Text(), row.Oid(), row.Char(), row.Bool(), row.Char(), row.TextOrNull());

    private readonly record struct Row(
        CatalogId Id, string Name, Oid Table, char Event, bool IsInstead, char Enabled, string? Definition);
}
