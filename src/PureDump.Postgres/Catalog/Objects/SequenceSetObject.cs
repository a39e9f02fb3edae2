namespace PureDump.Postgres.Catalog.Objects;

/// <summary>The value of a sequence.</summary>
internal sealed class SequenceSetObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.SequenceSet;

    public required TableObject Sequence { get; init; }

    /// <summary><c>last_value</c>, read when all locks were held; sequences are outside snapshots.</summary>
    public long LastValue { get; set; }

    public bool IsCalled { get; set; }
}
