namespace PureDump.Postgres.Catalog.Objects;

/// <summary>An aggregate function (<c>pg_proc</c> with <c>pg_aggregate</c>).</summary>
internal sealed class AggregateObject : FunctionObject
{
    public override ObjectKind Kind => ObjectKind.Aggregate;
}
