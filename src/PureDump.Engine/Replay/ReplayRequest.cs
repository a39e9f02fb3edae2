using PureDump.Postgres.Connection;

namespace PureDump.Engine.Replay;

/// <summary>Which scripts to run, on which server, and how.</summary>
internal sealed record ReplayRequest
{
    /// <summary>The database; a script may go on to others of the same server.</summary>
    public required ConnectionTarget Target { get; init; }

    /// <summary>What to run, in this order.</summary>
    public required IReadOnlyList<ReplayStep> Steps { get; init; }

    /// <summary>What <c>:name</c> stands for, and the settings that scripts know by name.</summary>
    public ReplayVariables Variables { get; init; } = new();

    /// <summary>All steps in one transaction.</summary>
    public bool SingleTransaction { get; init; }

    /// <summary>The client encoding to begin with; null for what the server and the database say, as with psql.</summary>
    public string? Encoding { get; init; }

    /// <summary>
    /// True where rows that end with the script and not with <c>\.</c> are an error, and a transaction that does: a dump that was cut off.
    /// psql takes the end of the script for the end of the rows, and lets the server roll the transaction back.
    /// </summary>
    public bool RequiresEnds { get; init; }

    /// <summary>Rows for a COPY of a <see cref="ReplayStep.Sql"/> step, and the script of a step without a file. Null: empty.</summary>
    public Stream? Input { get; init; }
}

/// <summary>One thing to run: a text as one message, or a script.</summary>
internal sealed record ReplayStep
{
    /// <summary>SQL that goes to the server as it is (psql's <c>-c</c>), or one backslash command; null for a script.</summary>
    public string? Sql { get; init; }

    /// <summary>The script, opened when its turn comes; null for <see cref="ReplayRequest.Input"/>.</summary>
    public Func<Stream>? Open { get; init; }

    /// <summary>What the script is called in messages; null where it has no name.</summary>
    public string? Name { get; init; }
}
