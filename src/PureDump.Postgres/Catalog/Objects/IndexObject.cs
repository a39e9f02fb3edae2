using PureDump.Formats.Pg;

namespace PureDump.Postgres.Catalog.Objects;

/// <summary>An index (<c>pg_index</c>).</summary>
internal sealed class IndexObject : CatalogObject
{
    private List<IndexAttachObject>? _partitionAttaches;

    public override ObjectKind Kind => ObjectKind.Index;

    public required TableObject Table { get; init; }

    /// <summary>The statement that makes it, as <c>pg_get_indexdef</c> writes it; empty where a constraint makes it.</summary>
    public string Definition { get; set; } = "";

    /// <summary><c>relkind</c>: i, or I for that of a partitioned table.</summary>
    public required char RelKind { get; init; }

    /// <summary><c>relam</c>.</summary>
    public required Oid AccessMethod { get; init; }

    public required bool IsUnique { get; init; }

    /// <summary>It has expressions among its columns, or a condition.</summary>
    public required bool HasExpressions { get; init; }

    /// <summary><c>indclass</c>, <c>indcollation</c> and <c>indoption</c>: one for each key column.</summary>
    public required IReadOnlyList<uint> OperatorClasses { get; init; }

    public required IReadOnlyList<uint> Collations { get; init; }

    public required IReadOnlyList<short> ColumnOptions { get; init; }

    public string Tablespace { get; init; } = "";

    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary><c>indkey</c>: column numbers, 0 for expressions; key columns first.</summary>
    public required IReadOnlyList<short> ColumnNumbers { get; init; }

    /// <summary><c>indnkeyatts</c>.</summary>
    public required int KeyColumnCount { get; init; }

    public bool IsClustered { get; init; }

    public bool IsReplicaIdentity { get; init; }

    public bool NullsNotDistinct { get; init; }

    /// <summary>The index of the partitioned table it is attached to, or none.</summary>
    public Oid ParentIndex { get; init; }

    /// <summary>Statistics targets of expression columns: column number and target.</summary>
    public IReadOnlyList<(int ColumnNumber, int Target)> StatisticsTargets { get; init; } = [];

    /// <summary>The constraint it serves, or null.</summary>
    public ConstraintObject? Constraint { get; set; }

    /// <summary>The object that attaches it to <see cref="ParentIndex"/>, or null.</summary>
    public IndexAttachObject? Attach { get; set; }

    /// <summary>The attach objects of the indexes of its partitions.</summary>
    public IReadOnlyList<IndexAttachObject> PartitionAttaches => _partitionAttaches ?? [];

    /// <summary>Adds the attach object of the index of a partition.</summary>
    public void AddPartitionAttach(IndexAttachObject attach) => (_partitionAttaches ??= []).Add(attach);
}
