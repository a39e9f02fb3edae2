using PureDump.Formats.Pg;

namespace PureDump.Postgres.Catalog.Objects;

/// <summary>A relation: table, partitioned table, view, materialized view, sequence, composite row, foreign table.</summary>
internal sealed class TableObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.Table;

    /// <summary><c>relkind</c>: r, p, v, m, S, c or f.</summary>
    public required char RelKind { get; init; }

    /// <summary><c>relpersistence</c>: p, u or t.</summary>
    public required char Persistence { get; init; }

    /// <summary>True for tables, partitioned tables, foreign tables: what has rows or columns with constraints.</summary>
    public bool IsTableLike => RelKind is 'r' or 'p' or 'f';

    public bool IsView => RelKind == 'v';

    public bool IsMaterializedView => RelKind == 'm';

    public bool IsSequence => RelKind == 'S';

    /// <summary>A partition of another table (<c>relispartition</c>).</summary>
    public required bool IsPartition { get; init; }

    /// <summary><c>relispopulated</c>; only of interest for materialized views.</summary>
    public bool IsPopulated { get; init; } = true;

    /// <summary><c>relrowsecurity</c>.</summary>
    public bool HasRowSecurity { get; init; }

    /// <summary><c>relforcerowsecurity</c>.</summary>
    public bool ForcesRowSecurity { get; init; }

    /// <summary><c>relreplident</c>.</summary>
    public char ReplicaIdentity { get; init; } = 'd';

    /// <summary><c>relhasrules</c>, <c>relhastriggers</c>, <c>relhasindex</c>: hints that spare work.</summary>
    public bool HasRules { get; init; }

    public bool HasTriggers { get; init; }

    public bool HasIndexes { get; init; }

    /// <summary>Empty = the database's default tablespace.</summary>
    public string Tablespace { get; init; } = "";

    /// <summary>The name of the table access method, or null where it has none.</summary>
    public string? AccessMethod { get; init; }

    /// <summary><c>reloptions</c> as the server's text, without check_option for views.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>The reloptions of its TOAST table.</summary>
    public IReadOnlyList<string> ToastOptions { get; init; } = [];

    /// <summary><c>LOCAL</c> or <c>CASCADED</c> for views with a check option, else null.</summary>
    public string? CheckOption { get; init; }

    /// <summary>The type of a typed table (<c>OF</c>), else none.</summary>
    public Oid OfType { get; init; }

    /// <summary>Heap pages by <c>pg_relation_size</c>, and bytes with TOAST; 0 where no rows are dumped.</summary>
    public long HeapPages { get; set; }

    public long TotalBytes { get; set; }

    /// <summary><c>relchecks</c>: how many CHECK constraints there must be.</summary>
    public int CheckCount { get; init; }

    /// <summary>
    /// Partitioned by a hash of an enum: the hash is of OIDs, so a row can belong to another partition elsewhere.
    /// </summary>
    public bool HasEnumHashPartitions { get; init; }

    /// <summary>The server of a foreign table, else none.</summary>
    public Oid ForeignServer { get; init; }

    /// <summary>Privileges on single columns (system columns too), by column number.</summary>
    public List<(string Column, AclFacts Acl)> ColumnAcls { get; } = [];

    /// <summary>The table and column number whose sequence this is (<c>OWNED BY</c> or identity), or none.</summary>
    public Oid OwningTable { get; init; }

    public int OwningColumn { get; init; }

    /// <summary>The sequence of an identity column: part of its table, never made on its own.</summary>
    public bool IsIdentitySequence { get; init; }

    /// <summary>True where its columns and so on are read (something of it is dumped, or a child needs to know them).</summary>
    public bool IsInteresting { get; set; }

    /// <summary>All columns of <c>pg_attribute</c> by number, the dropped ones too. Empty while not read.</summary>
    public List<TableColumn> Columns { get; } = [];

    /// <summary>
    /// Whether a column stands in CREATE TABLE: partitions list all of theirs and are attached later, other children
    /// leave inherited ones to their parents (pg_dump.c, shouldPrintColumn).
    /// </summary>
    public bool Prints(TableColumn column) => !column.IsDropped && (column.IsLocal || IsPartition);

    /// <summary>The tables it inherits from or is a partition of, in order.</summary>
    public List<TableObject> Parents { get; } = [];

    /// <summary>CHECK constraints, those inherited too.</summary>
    public List<ConstraintObject> Checks { get; } = [];

    /// <summary>Indexes that were collected.</summary>
    public List<IndexObject> Indexes { get; } = [];

    public List<TriggerObject> Triggers { get; } = [];

    /// <summary>The object that stands for its rows, or null where none are dumped.</summary>
    public TableDataObject? Data { get; set; }

    /// <summary>The object that stands for the value of a sequence, or null where it is not dumped.</summary>
    public SequenceSetObject? Value { get; set; }

    /// <summary>The object that attaches it to its partitioned table, or null.</summary>
    public TableAttachObject? Attach { get; set; }

    /// <summary>Set by a loop repair: a view that is first made with columns of NULLs and gets its query by a rule.</summary>
    public bool IsDummyView { get; set; }

    /// <summary>Set by a loop repair: a materialized view made after the data.</summary>
    public bool IsPostponed { get; set; }

    /// <summary>What else the CREATE statement needs (partition key, view text, sequence parameters); by relkind.</summary>
    public RelationDefinition? Definition { get; set; }
}

/// <summary>The facts of one kind of relation that go into its CREATE statement.</summary>
internal abstract record RelationDefinition;
