using PureDump.Engine.Transfer;
using PureDump.Postgres.Connection;

namespace PureDump.Engine;

/// <summary>What to restore, where to, and how.</summary>
public sealed record RestoreRequest
{
    /// <summary>The database; with <see cref="CreateDatabase"/> any database to connect to first.</summary>
    public required ConnectionTarget Target { get; init; }

    /// <summary>What of the archive.</summary>
    public RestoreSelection Selection { get; init; } = new();

    /// <summary>How many connections load rows and run statements at the same time.</summary>
    public int Jobs { get; init; } = 1;

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

    /// <summary><c>--salvage</c>: take what is whole of a damaged archive and report the rest.</summary>
    public bool Salvage { get; init; }
}
