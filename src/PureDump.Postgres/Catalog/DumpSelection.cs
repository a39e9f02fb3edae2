using PureDump.Formats.Entries;

namespace PureDump.Postgres.Catalog;

/// <summary>What the user asked to have in the dump, as pg_dump's options say it. Patterns are psql's.</summary>
internal sealed record DumpSelection
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

    /// <summary><c>--table-and-children</c>: as <see cref="Tables"/>, with all that inherit from them and all partitions.</summary>
    public IReadOnlyList<string> TablesAndChildren { get; init; } = [];

    /// <summary><c>--exclude-table-and-children</c>.</summary>
    public IReadOnlyList<string> ExcludedTablesAndChildren { get; init; } = [];

    /// <summary><c>--exclude-table-data-and-children</c>.</summary>
    public IReadOnlyList<string> ExcludedTableDataAndChildren { get; init; } = [];

    /// <summary><c>-e</c>: only extensions that match one of these.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary><c>--exclude-extension</c>: no extension that matches one of these.</summary>
    public IReadOnlyList<string> ExcludedExtensions { get; init; } = [];

    /// <summary><c>--include-foreign-data</c>: the rows of foreign tables on servers that match one of these.</summary>
    public IReadOnlyList<string> IncludedForeignServers { get; init; } = [];

    /// <summary>False for <c>--data-only</c>, <c>--statistics-only</c> and <c>--no-schema</c>.</summary>
    public bool WithSchema { get; init; } = true;

    /// <summary>False for <c>--schema-only</c>, <c>--statistics-only</c> and <c>--no-data</c>.</summary>
    public bool WithData { get; init; } = true;

    /// <summary><c>--statistics</c> and <c>--statistics-only</c>: what the planner knows of the contents.</summary>
    public bool WithStatistics { get; init; }

    /// <summary><c>--sequence-data</c>: the values of sequences even without <see cref="WithData"/>.</summary>
    public bool WithSequenceData { get; init; }

    /// <summary>False for <c>--no-unlogged-table-data</c>.</summary>
    public bool WithUnloggedData { get; init; } = true;

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

    /// <summary>False for <c>--no-policies</c>: neither policies nor whether row security is enabled.</summary>
    public bool WithPolicies { get; init; } = true;

    /// <summary>False for <c>--no-publications</c>.</summary>
    public bool WithPublications { get; init; } = true;

    /// <summary>False for <c>--no-subscriptions</c>.</summary>
    public bool WithSubscriptions { get; init; } = true;

    /// <summary>False for <c>--no-tablespaces</c>: no entry tells its tablespace.</summary>
    public bool WithTablespaces { get; init; } = true;

    /// <summary>False for <c>--no-table-access-method</c>: no entry tells its access method.</summary>
    public bool WithTableAccessMethods { get; init; } = true;

    /// <summary>False for <c>--no-toast-compression</c>: no column tells how its long values are compressed.</summary>
    public bool WithToastCompression { get; init; } = true;

    /// <summary>False for <c>--disable-dollar-quoting</c>: bodies of functions stand in single quotes.</summary>
    public bool WithDollarQuoting { get; init; } = true;

    /// <summary><c>--load-via-partition-root</c>: rows of partitions are loaded into the root, which finds their place anew.</summary>
    public bool LoadViaPartitionRoot { get; init; }

    /// <summary><c>-b</c> / <c>-B</c>; null: as the other options suggest.</summary>
    public bool? WithLargeObjects { get; init; }

    /// <summary><c>--data-format=text</c>: no rows in binary, even where that is portable.</summary>
    public bool TextOnly { get; init; }

    /// <summary>
    /// A CHECK that calls a function of a user is made after the rows, and what somebody has added to an extension is dumped; else, as
    /// pg_dump has it, the one stands inside its table, and the other is left out.
    /// </summary>
    public bool ChecksAfterRows { get; init; }

    /// <summary><c>--lock-wait-timeout</c>: how long to wait for the lock on a table; null = as long as it takes.</summary>
    public TimeSpan? LockWaitTimeout { get; init; }

    /// <summary><c>--strict</c>: a server newer than any known, or anything unknown in its catalog, is an error, not a warning.</summary>
    public bool Strict { get; init; }

    /// <summary><c>--strict-names</c>: every pattern must match something.</summary>
    public bool StrictNames { get; init; }

    /// <summary>Nothing was chosen by <c>-n</c>, <c>-t</c> and the like: what stands outside schemas is dumped too.</summary>
    public bool IncludesEverything => Schemas.Count == 0 && !NamesTables && Extensions.Count == 0;

    /// <summary>Tables were chosen: no schema is dumped, and no relation but those.</summary>
    public bool NamesTables => Tables.Count + TablesAndChildren.Count > 0;
}
