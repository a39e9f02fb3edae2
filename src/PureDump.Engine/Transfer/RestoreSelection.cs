using PureDump.Formats;

namespace PureDump.Engine.Transfer;

/// <summary>What of an archive is to be restored. Patterns are psql's.</summary>
public sealed record RestoreSelection
{
    /// <summary><c>-n</c>: only what is in schemas that match one of these.</summary>
    public IReadOnlyList<string> Schemas { get; init; } = [];

    /// <summary><c>-N</c>: nothing in schemas that match one of these.</summary>
    public IReadOnlyList<string> ExcludedSchemas { get; init; } = [];

    /// <summary><c>-t</c>: only relations that match one of these, with what belongs to them.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary><c>-T</c>: no relation that matches one of these.</summary>
    public IReadOnlyList<string> ExcludedTables { get; init; } = [];

    /// <summary><c>--exclude-table-data</c>: no rows of relations that match one of these.</summary>
    public IReadOnlyList<string> ExcludedTableData { get; init; } = [];

    /// <summary>False for <c>--data-only</c>.</summary>
    public bool WithSchema { get; init; } = true;

    /// <summary>False for <c>--schema-only</c>.</summary>
    public bool WithData { get; init; } = true;

    /// <summary><c>--section</c>: only these; empty = all.</summary>
    public IReadOnlyList<Section> Sections { get; init; } = [];

    /// <summary>False for <c>--no-owner</c>.</summary>
    public bool WithOwners { get; init; } = true;

    /// <summary>False for <c>--no-privileges</c>.</summary>
    public bool WithPrivileges { get; init; } = true;

    /// <summary>False for <c>--no-comments</c>.</summary>
    public bool WithComments { get; init; } = true;

    /// <summary>False for <c>--no-tablespaces</c>.</summary>
    public bool WithTablespaces { get; init; } = true;
}
