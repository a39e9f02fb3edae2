using Microsoft.Extensions.Logging;

namespace PureDump;

/// <summary>What is restored, and how.</summary>
public sealed record RestoreOptions
{
    /// <summary>How many connections load rows and run statements at the same time; at least 1.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Makes the database first; the target then names any database to connect to for that.</summary>
    public bool CreateDatabase { get; init; }

    /// <summary>Drops the objects first that are restored, where they are there.</summary>
    public bool Clean { get; init; }

    /// <summary>All or nothing, on one connection.</summary>
    public bool SingleTransaction { get; init; }

    /// <summary>The first failure ends it; else an entry that fails is passed over, told and counted.</summary>
    public bool ExitOnError { get; init; }

    /// <summary>ANALYZE in the end.</summary>
    public bool Analyze { get; init; }

    /// <summary>Owners of objects are made their owners.</summary>
    public bool WithOwners { get; init; } = true;

    /// <summary>Privileges are granted.</summary>
    public bool WithPrivileges { get; init; } = true;

    /// <summary>Definitions; false: rows alone.</summary>
    public bool WithSchema { get; init; } = true;

    /// <summary>Rows; false: definitions alone.</summary>
    public bool WithData { get; init; } = true;

    /// <summary>Where the operation is logged, with what it warns of and what failed; null: nowhere. May be called by several threads at
    /// once, and the operation waits for it.</summary>
    public ILogger? Logger { get; init; }
}
