namespace PureDump.Formats.Script;

/// <summary>The statements that rows become in a script.</summary>
internal enum RowStatements
{
    /// <summary>One <c>COPY … FROM stdin</c> a table, with its rows in COPY's text format.</summary>
    Copy,

    /// <summary><c>INSERT</c> statements.</summary>
    Insert,
}

/// <summary>How a script is written; the names are those of pg_dump's options.</summary>
internal sealed record ScriptOptions
{
    /// <summary>Drop the objects before anything is made; with <see cref="CreateDatabase"/> the database alone.</summary>
    public bool Clean { get; init; }

    /// <summary>With <see cref="Clean"/>: it is no error that an object is not there.</summary>
    public bool IfExists { get; init; }

    /// <summary>Make the database and connect to it.</summary>
    public bool CreateDatabase { get; init; }

    /// <summary>Become the owner of each object before it is made, in place of giving it away afterwards.</summary>
    public bool UseSetSessionAuthorization { get; init; }

    /// <summary>Switch a table's triggers off while its rows are loaded; for scripts that hold nothing but data.</summary>
    public bool DisableTriggers { get; init; }

    /// <summary>The superuser to become for <see cref="DisableTriggers"/>; null: whoever runs the script.</summary>
    public string? Superuser { get; init; }

    /// <summary>A role to become at the start (pg_restore's <c>--role</c>), or null.</summary>
    public string? Role { get; init; }

    /// <summary>Rows are loaded with row security on.</summary>
    public bool EnableRowSecurity { get; init; }

    /// <summary>Everything in one transaction.</summary>
    public bool SingleTransaction { get; init; }

    /// <summary>A COMMIT after so many actions; 0: none.</summary>
    public int TransactionSize { get; init; }

    /// <summary>No word of tablespaces.</summary>
    public bool WithoutTablespaces { get; init; }

    /// <summary>No word of table access methods.</summary>
    public bool WithoutTableAccessMethods { get; init; }

    /// <summary>The key of <c>\restrict</c>, letters and digits only; null: a random one. Not empty.</summary>
    public string? RestrictKey { get; init; }

    /// <summary>What rows become.</summary>
    public RowStatements Rows { get; init; }

    /// <summary>INSERT statements name their columns.</summary>
    public bool ColumnInserts { get; init; }

    /// <summary>How many rows one INSERT has at most, from 1.</summary>
    public int RowsPerInsert { get; init; } = 1;

    /// <summary>INSERT statements end with <c>ON CONFLICT DO NOTHING</c>.</summary>
    public bool OnConflictDoNothing { get; init; }

    /// <summary>
    /// Written for a server of <see cref="ForMajor"/>, or of the major version that the dump comes from; else as pg_dump writes it, for the
    /// newest. An archive of pg_dump's likewise.
    /// </summary>
    public bool FitsServer { get; init; }

    /// <summary>With <see cref="FitsServer"/>: the major version of the server; null: that of the dump.</summary>
    public int? ForMajor { get; init; }

    /// <summary>The server does not know <c>transaction_timeout</c>.</summary>
    public bool WithoutTransactionTimeout { get; init; }

    /// <summary>Numbers, catalog ids and dependencies stand in the comment headers, and times at both ends.</summary>
    public bool Verbose { get; init; }

    /// <summary>When the dump was made, for <see cref="Verbose"/>; null: no times.</summary>
    public DateTimeOffset? Started { get; init; }
}
