namespace PureDump.Postgres.Catalog.Objects;

/// <summary>What a view or materialized view is made of.</summary>
/// <param name="Query"><c>pg_get_viewdef</c>, without the semicolon at its end.</param>
internal sealed record ViewDefinition(string Query) : RelationDefinition;
