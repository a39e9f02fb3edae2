namespace PureDump.Formats.Entries;

/// <summary>How the rows of a table travel: PostgreSQL's two COPY formats.</summary>
internal enum RowFormat : byte
{
    /// <summary>COPY's text format: tab-separated lines, <c>\N</c> for null.</summary>
    Text = 0,

    /// <summary>COPY's binary format without its header and trailer.</summary>
    Binary = 1,

    /// <summary>
    /// SQL statements that insert the rows, each whole (pg_dump's <c>--inserts</c>). Only on the way out of such an archive: no
    /// .pdump archive holds them.
    /// </summary>
    Statements = 2,
}

/// <summary>A column as it was when the rows were read.</summary>
/// <param name="Name">The bare column name.</param>
/// <param name="TypeName">The type as <c>format_type</c> prints it under an empty search_path; empty where the source does not tell
/// (pg_dump's archives), which only rows in text format may have.</param>
internal readonly record struct RowColumn(string Name, string TypeName);

/// <summary>How a value of COPY's text format is written into an SQL statement.</summary>
internal enum LiteralStyle : byte
{
    /// <summary>As a string literal.</summary>
    Quoted,

    /// <summary>As it is, where it looks like a number; else (NaN, Infinity) as a string literal.</summary>
    Number,

    /// <summary><c>B''</c>.</summary>
    Bits,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>The column is generated: the rows hold no value for it, <c>DEFAULT</c> stands in its place.</summary>
    Generated,
}

/// <summary>What INSERT statements need to know of a table beyond its rows.</summary>
/// <param name="Columns">One for each column that is not dropped, in the order of the table; generated ones too.</param>
/// <param name="OverridesSystemValue">A column is <c>GENERATED ALWAYS AS IDENTITY</c>: its values need the clause.</param>
internal sealed record InsertFacts(IReadOnlyList<LiteralStyle> Columns, bool OverridesSystemValue);

/// <summary>The rows of one table: where they come from, where they go, and what they look like.</summary>
internal sealed record TableRows
{
    /// <summary>The bare schema name of the table the rows were read from.</summary>
    public required string Schema { get; init; }

    /// <summary>The bare name of the table the rows were read from.</summary>
    public required string Table { get; init; }

    /// <summary>
    /// Where the rows must be loaded instead, because they can belong to another partition there (rows of hash
    /// partitions on enum keys): the partition root. Null: into the table itself.
    /// </summary>
    public (string Schema, string Table)? LoadInto { get; init; }

    /// <summary>The columns in the order of the fields; generated columns are absent. May be empty.</summary>
    public required IReadOnlyList<RowColumn> Columns { get; init; }

    /// <summary>The format the source reads the rows in.</summary>
    public required RowFormat Format { get; init; }

    /// <summary>A condition on the rows, with its <c>WHERE</c> (extension configuration tables), or null.</summary>
    public string? Filter { get; init; }

    /// <summary>The table's size on the source's disk in bytes, TOAST included; only for planning.</summary>
    public long EstimatedBytes { get; init; }

    /// <summary>The number of 8 KiB pages of the heap at planning time; 0 where chunks by ctid cannot be made.</summary>
    public long HeapPages { get; init; }

    /// <summary>The entry that makes the table, or null where it is not part of the Toc.</summary>
    public DumpId? TableEntry { get; init; }

    /// <summary>What INSERT statements need to know; only a live source tells, an archive does not keep it.</summary>
    public InsertFacts? Insert { get; init; }
}
