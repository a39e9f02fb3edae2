using PureDump.Formats;

namespace PureDump.Postgres.Catalog;

/// <summary>What the user asked to have in the dump, as pg_dump's options say it. Patterns are psql's.</summary>
public sealed record DumpSelection
{
    /// <summary><c>-n</c>: only schemas that match one of these.</summary>
    public IReadOnlyList<string> Schemas { get; init; } = [];

    /// <summary><c>-N</c>: no schema that matches one of these.</summary>
    public IReadOnlyList<string> ExcludedSchemas { get; init; } = [];

    /// <summary><c>-t</c>: only relations that match one of these.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary><c>-T</c>: no relation that matches one of these.</summary>
    public IReadOnlyList<string> ExcludedTables { get; init; } = [];

    /// <summary><c>--exclude-table-data</c>: no rows of relations that match one of these.</summary>
    public IReadOnlyList<string> ExcludedTableData { get; init; } = [];

    /// <summary>False for <c>--data-only</c>.</summary>
    public bool WithSchema { get; init; } = true;

    /// <summary>False for <c>--schema-only</c>.</summary>
    public bool WithData { get; init; } = true;

    /// <summary>True for <c>--statistics</c> and, with neither definitions nor data, <c>--statistics-only</c>.</summary>
    public bool WithStatistics { get; init; }

    /// <summary><c>--include-foreign-data</c>: rows of foreign tables too, where their server matches one of these.</summary>
    public IReadOnlyList<string> IncludedForeignServers { get; init; } = [];

    /// <summary><c>--section</c>: only these; empty = all.</summary>
    public IReadOnlyList<Section> Sections { get; init; } = [];

    /// <summary>False for <c>--no-owner</c>: no entry tells its owner.</summary>
    public bool WithOwners { get; init; } = true;

    /// <summary>False for <c>--no-privileges</c>.</summary>
    public bool WithPrivileges { get; init; } = true;

    /// <summary>False for <c>--no-comments</c>.</summary>
    public bool WithComments { get; init; } = true;

    /// <summary>False for <c>--no-security-labels</c>.</summary>
    public bool WithSecurityLabels { get; init; } = true;

    /// <summary>False for <c>--no-policies</c>: neither policies nor ROW SECURITY.</summary>
    public bool WithPolicies { get; init; } = true;

    /// <summary>False for <c>--no-publications</c>.</summary>
    public bool WithPublications { get; init; } = true;

    /// <summary>False for <c>--no-subscriptions</c>.</summary>
    public bool WithSubscriptions { get; init; } = true;

    /// <summary><c>-b</c> / <c>-B</c>; null: as the other options suggest.</summary>
    public bool? WithLargeObjects { get; init; }

    /// <summary><c>--data-format=text</c>: no rows in binary, even where that is portable.</summary>
    public bool TextOnly { get; init; }

    /// <summary><c>--lock-wait-timeout</c>: how long to wait for the lock on a table; null = as long as it takes.</summary>
    public TimeSpan? LockWaitTimeout { get; init; }

    /// <summary><c>--strict</c>: a server newer than any known, or anything unknown in its catalog, is an error, not a warning.</summary>
    public bool Strict { get; init; }

    /// <summary><c>--strict-names</c>: every pattern must match something.</summary>
    public bool StrictNames { get; init; }

    /// <summary>No <c>-n</c> and no <c>-t</c>: what stands outside schemas is dumped too.</summary>
    public bool IncludesEverything => Schemas.Count == 0 && Tables.Count == 0;
}
