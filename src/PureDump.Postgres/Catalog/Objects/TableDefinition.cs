namespace PureDump.Postgres.Catalog.Objects;

/// <summary>What CREATE TABLE and CREATE FOREIGN TABLE need besides columns and constraints.</summary>
/// <param name="PartitionKey"><c>pg_get_partkeydef</c>, or null.</param>
/// <param name="OfType">The type of a typed table as <c>format_type</c> prints it, or null.</param>
/// <param name="ForeignServer">The bare name of the server of a foreign table, or null.</param>
/// <param name="ForeignOptions">The options of a foreign table as SQL, one a line; null or empty where there are none.</param>
internal sealed record TableDefinition(string? PartitionKey, string? OfType, string? ForeignServer, string? ForeignOptions)
    : RelationDefinition;
