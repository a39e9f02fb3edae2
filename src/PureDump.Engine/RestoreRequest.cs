using PureDump.Engine.Selection;
using PureDump.Postgres.Connection;

namespace PureDump.Engine;

/// <summary>What to restore, where to, and how.</summary>
internal sealed record RestoreRequest
{
    /// <summary>The database; with <see cref="CreateDatabase"/> any database to connect to first.</summary>
    public required ConnectionTarget Target { get; init; }

    /// <summary>What of the archive.</summary>
    public RestoreSelection Selection { get; init; } = new();

    /// <summary>How many connections load rows and run statements at the same time.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>How many of them run statements (indexes, constraints) at the same time; null: as many as <see cref="Jobs"/>.</summary>
    public int? IndexJobs { get; init; }

    /// <summary><c>--create</c>: make the database first.</summary>
    public bool CreateDatabase { get; init; }

    /// <summary><c>--clean</c>: drop the objects (or, with <see cref="CreateDatabase"/>, the database) first.</summary>
    public bool Clean { get; init; }

    /// <summary><c>--if-exists</c>.</summary>
    public bool IfExists { get; init; }

    /// <summary><c>--single-transaction</c>: all or nothing, on one connection.</summary>
    public bool SingleTransaction { get; init; }

    /// <summary><c>--exit-on-error</c>: stop at the first statement that fails.</summary>
    public bool ExitOnError { get; init; }

    /// <summary><c>--transaction-size</c>: a COMMIT after so many actions, with one job; 0: each statement stands for itself. Stops at the
    /// first error.</summary>
    public int TransactionSize { get; init; }

    /// <summary>
    /// With one job: everything in the order of the archive, or of <see cref="RestoreSelection.Order"/>, as pg_restore does it;
    /// else, where no order is given, as it is quickest. Rows out of a pipe come in the order of the pipe either way.
    /// </summary>
    public bool InOrder { get; init; }

    /// <summary>Refuse a target that has objects of the same names, before anything is done, unless it is to be cleaned.</summary>
    public bool RefuseExisting { get; init; } = true;

    /// <summary>
    /// <c>--analyze</c>: ANALYZE in the end what rows came into, on all connections, the largest first; with
    /// <see cref="SingleTransaction"/> inside it. It also replaces statistics that the archive brings.
    /// </summary>
    public bool Analyze { get; init; }

    /// <summary><c>--role</c>: the role to become, or null.</summary>
    public string? Role { get; init; }

    /// <summary><c>--enable-row-security</c>: rows are loaded with row security on.</summary>
    public bool EnableRowSecurity { get; init; }

    /// <summary><c>--use-set-session-authorization</c>: become the owner of each object, in place of giving it away.</summary>
    public bool UseSetSessionAuthorization { get; init; }

    /// <summary><c>--disable-triggers</c>: switch a table's triggers off while its rows are loaded, where no definitions are
    /// restored.</summary>
    public bool DisableTriggers { get; init; }

    /// <summary><c>--superuser</c>: who switches triggers off; null: whoever restores.</summary>
    public string? Superuser { get; init; }

    /// <summary><c>--no-data-for-failed-tables</c>: no rows for tables that could not be made.</summary>
    public bool NoDataForFailedTables { get; init; }

    /// <summary><c>--only-database</c>: which database of the archive of a cluster; null: the archive is that of one database.</summary>
    public string? Member { get; init; }

    /// <summary><c>--salvage</c>: take what is whole of a damaged archive and report the rest.</summary>
    public bool Salvage { get; init; }
}
