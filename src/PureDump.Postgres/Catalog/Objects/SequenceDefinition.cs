namespace PureDump.Postgres.Catalog.Objects;

/// <summary>The parameters of a sequence (<c>pg_sequence</c>).</summary>
/// <param name="TypeName"><c>smallint</c>, <c>integer</c> or <c>bigint</c>.</param>
/// <param name="Start">START WITH.</param>
/// <param name="Increment">INCREMENT BY.</param>
/// <param name="Minimum">MINVALUE.</param>
/// <param name="Maximum">MAXVALUE.</param>
/// <param name="CacheSize">CACHE.</param>
/// <param name="IsCycled">CYCLE.</param>
internal sealed record SequenceDefinition(
    string TypeName, long Start, long Increment, long Minimum, long Maximum, long CacheSize, bool IsCycled)
    : RelationDefinition;
