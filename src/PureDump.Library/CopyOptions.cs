using Microsoft.Extensions.Logging;

namespace PureDump;

/// <summary>What is copied from one database to another, and how.</summary>
public sealed record CopyOptions
{
    /// <summary>How many connections to each server; at least 1.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Makes the database first; the target then names any database to connect to for that.</summary>
    public bool CreateDatabase { get; init; }

    /// <summary>Drops the objects first that are copied, where they are there.</summary>
    public bool Clean { get; init; }

    /// <summary>The first failure ends it.</summary>
    public bool ExitOnError { get; init; }

    /// <summary>Compares the contents of every table in the end, not the numbers of rows alone.</summary>
    public bool Verify { get; init; }

    /// <summary>Patterns of schemas; none: all.</summary>
    public IReadOnlyList<string> Schemas { get; init; } = [];

    /// <summary>Patterns of tables; none: all.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>Where the operation is logged, with what it warns of and what failed; null: nowhere. May be called by several threads at
    /// once, and the operation waits for it.</summary>
    public ILogger? Logger { get; init; }
}
