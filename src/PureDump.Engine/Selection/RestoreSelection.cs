using PureDump.Formats.Entries;

namespace PureDump.Engine.Selection;

/// <summary>
/// What of an archive is to be restored. The names are those of pg_restore's options and mean the same
/// (pg_backup_archiver.c, _tocEntryRequired); what it does not have takes psql's patterns.
/// </summary>
internal sealed record RestoreSelection
{
    /// <summary><c>-n</c>: only what is in these schemas; not the schemas themselves, which are in none.</summary>
    public IReadOnlyList<string> Schemas { get; init; } = [];

    /// <summary><c>-N</c>: nothing in these schemas.</summary>
    public IReadOnlyList<string> ExcludedSchemas { get; init; } = [];

    /// <summary>
    /// <c>-t</c>: tables, views, materialized views, sequences and foreign tables of these bare names, with their rows,
    /// comments and privileges, and nothing else that belongs to them.
    /// </summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary><c>-I</c>: indexes of these names.</summary>
    public IReadOnlyList<string> Indexes { get; init; } = [];

    /// <summary><c>-P</c>: functions, procedures and aggregates, written as they stand in the list: <c>area(integer, text)</c>.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary><c>-T</c>: triggers, written as they stand in the list: the table's name, a blank, the trigger's.</summary>
    public IReadOnlyList<string> Triggers { get; init; } = [];

    /// <summary><c>--whole-table</c>: only relations that match one of these patterns, with all that belongs to them.</summary>
    public IReadOnlyList<string> WholeTables { get; init; } = [];

    /// <summary><c>--exclude-table</c>: no relation that matches one of these patterns, and nothing that belongs to one.</summary>
    public IReadOnlyList<string> ExcludedTables { get; init; } = [];

    /// <summary><c>--exclude-table-data</c>: no rows of relations that match one of these patterns.</summary>
    public IReadOnlyList<string> ExcludedTableData { get; init; } = [];

    /// <summary>
    /// <c>-L</c>: gives for the archive's Toc the only entries that are restored, each once, in the order they are restored in
    /// (<see cref="EntryList"/> reads them out of a file); null: all, in the order of the archive.
    /// </summary>
    public Func<Toc, IReadOnlyList<DumpId>>? Order { get; init; }

    /// <summary>Definitions: false for <c>--data-only</c>, <c>--statistics-only</c> and <c>--no-schema</c>.</summary>
    public bool WithSchema { get; init; } = true;

    /// <summary>Rows, large objects, sequence values: false for <c>--schema-only</c>, <c>--statistics-only</c> and
    /// <c>--no-data</c>.</summary>
    public bool WithData { get; init; } = true;

    /// <summary>What the planner knows of the contents: false for <c>--schema-only</c>, <c>--data-only</c> and
    /// <c>--no-statistics</c>.</summary>
    public bool WithStatistics { get; init; } = true;

    /// <summary><c>--section</c>: only these; empty = all.</summary>
    public IReadOnlyList<Section> Sections { get; init; } = [];

    /// <summary>False for <c>--no-owner</c>.</summary>
    public bool WithOwners { get; init; } = true;

    /// <summary>False for <c>--no-privileges</c>.</summary>
    public bool WithPrivileges { get; init; } = true;

    /// <summary>False for <c>--no-comments</c>.</summary>
    public bool WithComments { get; init; } = true;

    /// <summary>False for <c>--no-security-labels</c>.</summary>
    public bool WithSecurityLabels { get; init; } = true;

    /// <summary>False for <c>--no-policies</c>.</summary>
    public bool WithPolicies { get; init; } = true;

    /// <summary>False for <c>--no-publications</c>.</summary>
    public bool WithPublications { get; init; } = true;

    /// <summary>False for <c>--no-subscriptions</c>.</summary>
    public bool WithSubscriptions { get; init; } = true;

    /// <summary>False for <c>--no-tablespaces</c>.</summary>
    public bool WithTablespaces { get; init; } = true;

    /// <summary>False for <c>--no-table-access-method</c>.</summary>
    public bool WithTableAccessMethods { get; init; } = true;

    /// <summary><c>--strict-names</c>: every name must be that of something in the archive.</summary>
    public bool StrictNames { get; init; }

    /// <summary>True where kinds of objects are chosen by name: then nothing of other kinds comes.</summary>
    internal bool ChoosesObjects => Tables.Count + Indexes.Count + Functions.Count + Triggers.Count > 0;

    /// <summary>True where what hangs on another entry comes only with that one.</summary>
    internal bool ChoosesByName => ChoosesObjects || Schemas.Count > 0 || ExcludedSchemas.Count > 0;
}
