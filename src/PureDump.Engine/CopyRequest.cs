using PureDump.Postgres.Catalog;
using PureDump.Postgres.Connection;

namespace PureDump.Engine;

/// <summary>What to copy from one database into another, and how.</summary>
internal sealed record CopyRequest
{
    /// <summary>The database that is read.</summary>
    public required ConnectionTarget Source { get; init; }

    /// <summary>The database that is written; with <see cref="CreateDatabase"/> any database of its server to connect to first.</summary>
    public required ConnectionTarget Target { get; init; }

    /// <summary>What of the source.</summary>
    public DumpSelection Selection { get; init; } = new();

    /// <summary>How the sessions that read are set up.</summary>
    public DumpSession Session { get; init; } = new();

    /// <summary>How many tables, or parts of them, are copied at the same time: connections to each of the servers.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>How many indexes and constraints are made at the same time; null: as many as <see cref="Jobs"/>.</summary>
    public int? IndexJobs { get; init; }

    /// <summary>Make the database first, as it is called at the source.</summary>
    public bool CreateDatabase { get; init; }

    /// <summary>Drop the objects (or, with <see cref="CreateDatabase"/>, the database) first.</summary>
    public bool Clean { get; init; }

    /// <summary>With <see cref="Clean"/>: what is not there is no error.</summary>
    public bool IfExists { get; init; }

    /// <summary>Stop at the first statement that fails; else it is reported and counted.</summary>
    public bool ExitOnError { get; init; }

    /// <summary>As <see cref="RestoreRequest.Analyze"/>.</summary>
    public bool Analyze { get; init; }

    /// <summary>Read every table of the target again when all is done, and compare its contents with what the source sent; else its number
    /// of rows.</summary>
    public bool Verify { get; init; }
}
