namespace PureDump.Postgres.Catalog.Objects;

/// <summary>What another object's statement says of a function it uses: the name is always qualified there.</summary>
/// <param name="Schema">The bare name of its schema.</param>
/// <param name="Name">The bare name.</param>
/// <param name="ArgumentTypes">The types of its input arguments as the server prints them.</param>
internal sealed record RoutineSignature(string Schema, string Name, IReadOnlyList<string> ArgumentTypes)
{
    /// <summary>Takes three columns: schema, name, argument types. Null where there is no function.</summary>
    public static RoutineSignature? Read(ref CatalogRow row)
    {
        string? schema = row.TextOrNull();
        string? name = row.TextOrNull();
        string[] types = row.TextsOrNull() ?? [];
        return schema is null || name is null ? null : new RoutineSignature(schema, name, types);
    }
}
