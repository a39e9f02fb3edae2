namespace PureDump.Postgres.Catalog.Objects;

/// <summary>A trigger (<c>pg_trigger</c>), or the deviating state of one on a partition.</summary>
internal sealed class TriggerObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.Trigger;

    public required TableObject Table { get; init; }

    /// <summary><c>tgenabled</c>: O, D, R or A.</summary>
    public required char Enabled { get; init; }

    /// <summary>True for a clone of a partitioned table's trigger: only its state is dumped.</summary>
    public required bool IsPartitionClone { get; init; }

    /// <summary><c>pg_get_triggerdef(oid, false)</c>.</summary>
    public required string Definition { get; init; }
}
