using PureDump.Formats.Pg;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the aggregates.</summary>
internal static class Aggregates
{
    /// <summary>Registers every aggregate and reads the definitions of those that are dumped.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        var dumped = new Dictionary<Oid, AggregateObject>();
        foreach (AggregateObject aggregate in session.Query("Aggregates.sql", Map))
        {
            if (catalog.Register(aggregate).Dumped != Components.None)
            {
                dumped.Add(aggregate.Id.Row, aggregate);
            }
        }

        if (dumped.Count == 0)
        {
            return;
        }

        foreach ((Oid oid, AggregateDefinition definition) in
            session.Query("AggregateDefinitions.sql", MapDefinition, dumped.Keys.Select(oid => oid.Value).ToArray()))
        {
            dumped[oid].Definition = definition;
        }

        AggregateObject Map(ref CatalogRow row) => new()
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

    private static (Oid Aggregate, AggregateDefinition Definition) MapDefinition(ref CatalogRow row)
    {
        Oid oid = row.Oid();
        string arguments = row.Text();
        string identityArguments = row.Text();
        string[] typeNames = row.TextsOrNull() ?? [];
        char kind = row.Char();
        var state = new AggregateState(
            row.Text(), null, row.Text(), row.Int32(), row.TextOrNull(), row.TextOrNull(), row.Bool(), row.Char());
        string? combine = row.TextOrNull();
        string? serialize = row.TextOrNull();
        string? deserialize = row.TextOrNull();
        string? moving = row.TextOrNull();
        var movingState = new AggregateState(
            moving ?? "", row.Text(), row.Text(), row.Int32(), row.TextOrNull(), row.TextOrNull(), row.Bool(), row.Char());
        string? operatorSchema = row.TextOrNull();
        string? operatorName = row.TextOrNull();
        return (oid, new AggregateDefinition
        {
            Arguments = arguments,
            IdentityArguments = identityArguments,
            ArgumentTypeNames = typeNames,
            Kind = kind,
            State = state,
            Combine = combine,
            Serialize = serialize,
            Deserialize = deserialize,
            MovingState = moving is null ? null : movingState,
            SortOperator = operatorName is null ? null : $"OPERATOR({SqlText.Name(operatorSchema!)}.{operatorName})",
            Support = row.TextOrNull(),
            Parallel = row.Char(),
        });
    }
}
