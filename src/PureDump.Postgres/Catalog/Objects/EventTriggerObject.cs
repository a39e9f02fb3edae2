namespace PureDump.Postgres.Catalog.Objects;

/// <summary>An event trigger (<c>pg_event_trigger</c>).</summary>
internal sealed class EventTriggerObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.EventTrigger;

    /// <summary><c>evtevent</c>, e.g. <c>ddl_command_end</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The tags it is limited to, as literals with commas between; empty = all.</summary>
    public required string Tags { get; init; }

    /// <summary>The function as <c>regproc</c> prints it.</summary>
    public required string Function { get; init; }

    /// <summary><c>evtenabled</c>: O, D, R or A.</summary>
    public required char Enabled { get; init; }
}
