namespace PureDump.Postgres.Catalog;

/// <summary>
/// Decides what is wanted of each object (pg_dump.c, the selectDumpable… family): by the schema it lives in, the
/// extension it belongs to and the patterns the user gave.
/// </summary>
internal sealed class Selection(DumpSelection options)
{
    /// <summary>What the user asked for.</summary>
    public DumpSelection Options { get; } = options;

    /// <summary>Sets <see cref="CatalogObject.Wanted"/>. Schema and extension of the object are already known.</summary>
    public void Mark(CatalogObject item)
    {
        switch (item)
        {
            case SchemaObject schema:
                schema.Wanted = schema.WantedInside = OfSchema(schema);
                if (schema.IsPublic)
                {
                    // Always there in a new database: its definition counts only where the owner is not the usual one.
                    schema.Wanted = schema.Owner == "pg_database_owner" ? schema.Wanted & ~Components.Definition : schema.Wanted;
                }

                break;
            default:
                item.Wanted = item.Extension is not null ? Components.Acl
                    : item.Schema is not null ? item.Schema.WantedInside
                    : Components.All;
                break;
        }
    }

    private static Components OfSchema(SchemaObject schema) =>
        schema.Name == "pg_catalog" ? Components.Acl
        : schema.Name == "information_schema" || schema.Name.StartsWith("pg_", StringComparison.Ordinal) ? Components.None
        : schema.Extension is not null ? Components.Acl
        : Components.All;
}
