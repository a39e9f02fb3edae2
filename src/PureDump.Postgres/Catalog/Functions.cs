using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads functions, procedures and window functions.</summary>
internal static class Functions
{
    /// <summary>Registers every function and reads the definitions of those that are dumped.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        var dumped = new Dictionary<Oid, FunctionObject>();
        foreach (FunctionObject function in session.Query("Functions.sql", Map))
        {
            if (catalog.Register(function).Dumped != Components.None)
            {
                dumped.Add(function.Id.Row, function);
            }
        }

        if (dumped.Count == 0)
        {
            return;
        }

        foreach ((Oid oid, FunctionDefinition definition) in
            session.Query("FunctionDefinitions.sql", MapDefinition, dumped.Keys.Select(oid => oid.Value).ToArray()))
        {
            dumped[oid].Definition = definition;
        }

        FunctionObject Map(ref CatalogRow row) => new()
        {
            Id = new CatalogId(row.Oid(), row.Oid()),
            Name = row.Text(),
            Schema = catalog.SchemaOf(row.Oid()),
            Owner = row.Text(),
            ArgumentTypes = row.Oids(),
            ResultType = row.Oid(),
            Language = row.Oid(),
            Acl = AclFacts.Take(ref row),
        };
    }

    private static (Oid Function, FunctionDefinition Definition) MapDefinition(ref CatalogRow row) =>
        (row.Oid(),
        new FunctionDefinition
        {
            Kind = row.Char(),
            Arguments = row.Text(),
            IdentityArguments = row.Text(),
            ArgumentTypeNames = row.TextsOrNull() ?? [],
            Result = row.TextOrNull(),
            Language = row.Text(),
            TransformTypes = row.TextsOrNull() ?? [],
            Volatility = row.Char(),
            IsStrict = row.Bool(),
            IsSecurityDefiner = row.Bool(),
            IsLeakproof = row.Bool(),
            Cost = row.Text(),
            ReturnsSet = row.Bool(),
            Rows = row.Text(),
            Support = row.TextOrNull(),
            Parallel = row.Char(),
            Settings = row.TextsOrNull() ?? [],
            SqlBody = row.TextOrNull(),
            Library = row.TextOrNull(),
            Source = row.Text(),
        });
}
