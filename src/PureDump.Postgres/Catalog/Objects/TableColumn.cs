namespace PureDump.Postgres.Catalog.Objects;

/// <summary>A column of a relation (<c>pg_attribute</c> with what belongs to it).</summary>
internal sealed class TableColumn
{
    public required string Name { get; init; }

    /// <summary><c>attnum</c>, from 1.</summary>
    public required int Number { get; init; }

    public required bool IsDropped { get; init; }

    /// <summary><c>attislocal</c>.</summary>
    public required bool IsLocal { get; init; }

    /// <summary><c>atttypid</c>; 0 for dropped columns.</summary>
    public required uint TypeOid { get; init; }

    /// <summary>The type as <c>format_type</c> prints it under an empty search_path.</summary>
    public required string TypeName { get; init; }

    /// <summary><c>attgenerated</c>: 's', 'v' or NUL.</summary>
    public char Generated { get; init; }

    /// <summary><c>attidentity</c>: 'a', 'd' or NUL.</summary>
    public char Identity { get; init; }

    /// <summary>There is a NOT NULL, wherever it is declared.</summary>
    public bool IsNotNull { get; init; }

    /// <summary>The name of a NOT NULL constraint to print (18 and later); null = none or not to be named.</summary>
    public string? NotNullName { get; set; }

    /// <summary>The NOT NULL stands on this table itself (not only on its parents).</summary>
    public bool IsNotNullLocal { get; set; }

    /// <summary>The NOT NULL constraint has NO INHERIT.</summary>
    public bool IsNotNullNoInherit { get; set; }

    /// <summary>A NOT VALID NOT NULL that gets an entry of its own.</summary>
    public bool IsNotNullSeparate { get; set; }

    /// <summary>The comment on a NOT NULL constraint that has no entry of its own, or null.</summary>
    public string? NotNullComment { get; init; }

    public required char Storage { get; init; }

    /// <summary>The storage of the column's type.</summary>
    public required char TypeStorage { get; init; }

    /// <summary>'p' = pglz, 'l' = lz4, NUL = default.</summary>
    public char Compression { get; init; }

    /// <summary>-1 = default.</summary>
    public int StatisticsTarget { get; init; } = -1;

    /// <summary><c>attcollation</c>; 0 = none.</summary>
    public uint CollationOid { get; init; }

    /// <summary>Qualified collation where it differs from the type's, else null.</summary>
    public string? Collation { get; init; }

    /// <summary><c>attoptions</c> as the server's texts, e.g. <c>n_distinct=5</c>, without its own.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Options of a foreign table's column as SQL, one a line; empty where there are none.</summary>
    public string ForeignOptions { get; init; } = "";

    /// <summary><c>atthasdef</c>: there is a default or generation expression to read.</summary>
    public bool HasDefault { get; init; }

    /// <summary>The default or generation expression, or null.</summary>
    public DefaultObject? Default { get; set; }

    /// <summary>Whether a binary COPY carries it (set by <see cref="PortableTypes"/> where rows are dumped).</summary>
    public bool IsBinaryPortable { get; set; }
}
