using Microsoft.Extensions.Logging;

namespace PureDump;

/// <summary>What is dumped, and how.</summary>
public sealed record DumpOptions
{
    /// <summary>How many connections read rows at the same time; at least 1.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Patterns of schemas, as <c>pg_dump --schema</c> takes them; none: all.</summary>
    public IReadOnlyList<string> Schemas { get; init; } = [];

    /// <summary>Patterns of schemas that are left out.</summary>
    public IReadOnlyList<string> ExcludedSchemas { get; init; } = [];

    /// <summary>Patterns of tables, as <c>pg_dump --table</c> takes them; none: all.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>Patterns of tables that are left out.</summary>
    public IReadOnlyList<string> ExcludedTables { get; init; } = [];

    /// <summary>Patterns of tables whose rows are left out.</summary>
    public IReadOnlyList<string> ExcludedTableData { get; init; } = [];

    /// <summary>Definitions; false: rows alone.</summary>
    public bool WithSchema { get; init; } = true;

    /// <summary>Rows; false: definitions alone.</summary>
    public bool WithData { get; init; } = true;

    /// <summary>How the archive is compressed: <c>zstd</c> (the default), <c>zstd:1</c> to <c>zstd:22</c>, <c>lz4</c>, <c>lz4:1</c> to
    /// <c>lz4:12</c>, <c>none</c>.</summary>
    public string? Compression { get; init; }

    /// <summary>How long to wait for a lock on a table; null: for ever.</summary>
    public TimeSpan? LockWaitTimeout { get; init; }

    /// <summary>Where the operation is logged, with what it warns of and what failed; null: nowhere. May be called by several threads at
    /// once, and the operation waits for it.</summary>
    public ILogger? Logger { get; init; }
}
