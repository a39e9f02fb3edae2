using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the operators.</summary>
internal static class Operators
{
    /// <summary>Registers every operator and reads the definitions of those that are dumped.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        var dumped = new Dictionary<Oid, OperatorObject>();
        foreach (OperatorObject item in session.Query("Operators.sql", Map))
        {
            if (catalog.Register(item).Emits(Components.Definition) && !item.Function.IsNone)
            {
                dumped.Add(item.Id.Row, item);
            }
        }

        if (dumped.Count == 0)
        {
            return;
        }

        foreach ((Oid oid, OperatorDefinition definition) in
            session.Query("OperatorDefinitions.sql", MapDefinition, dumped.Keys.Select(oid => oid.Value).ToArray()))
        {
            dumped[oid].Definition = definition;
        }

        OperatorObject Map(ref CatalogRow row) => new()
        {
            Id = new CatalogId(row.Oid(), row.Oid()),
            Name = row.Text(),
            Schema = catalog.SchemaOf(row.Oid()),
            Owner = row.Text(),
            OperatorKind = row.Char(),
            LeftType = row.Oid(),
            RightType = row.Oid(),
            Function = row.Oid(),
        };
    }

    private static (Oid Operator, OperatorDefinition Definition) MapDefinition(ref CatalogRow row) =>
        (row.Oid(), new OperatorDefinition
        {
            Function = row.Text(),
            LeftType = row.TextOrNull(),
            RightType = row.TextOrNull(),
            Commutator = row.PairOrNull(),
            Negator = row.PairOrNull(),
            CanMerge = row.Bool(),
            CanHash = row.Bool(),
            Restrict = row.TextOrNull(),
            Join = row.TextOrNull(),
        });
}
