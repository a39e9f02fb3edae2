using PureDump.Formats.Errors;
using PureDump.Formats.Pg;

namespace PureDump.Formats.Entries;

/// <summary>
/// One entry of a table of contents: a statement, or rows, with what is needed to select, order, own and drop it.
/// The fields are a superset of what pg_dump's archives hold, so that any source fills the same entry.
/// </summary>
internal sealed record TocEntry
{
    /// <summary>The entry's number; unique within the Toc, greater than 0.</summary>
    public required DumpId Id { get; init; }

    /// <summary>The catalog row the entry came from; zeros for entries that have none.</summary>
    public CatalogId CatalogId { get; init; }

    /// <summary>One of <see cref="EntryKind"/>, or a kind of an archive's producer that is unknown here.</summary>
    public required string Kind { get; init; }

    /// <summary>The bare name of the schema, or null for objects outside schemas.</summary>
    public string? Schema { get; init; }

    /// <summary>The name to show, e.g. <c>orders</c>, <c>area(integer)</c>, <c>TABLE orders</c> (pg_dump's tag).</summary>
    public required string Name { get; init; }

    /// <summary>The bare name of the owning role, or null.</summary>
    public string? Owner { get; init; }

    /// <summary>Where the entry belongs.</summary>
    public required Section Section { get; init; }

    /// <summary>The statements that make the object, each ended by <c>;</c> and a line feed; empty where there are none.</summary>
    public string CreateSql { get; init; } = "";

    /// <summary>The statement that removes the object, ended by <c>;</c> and a line feed; empty where there is none.</summary>
    public string DropSql { get; init; } = "";

    /// <summary>As <see cref="DropSql"/>, but without an error where the object does not exist.</summary>
    public string DropIfExistsSql { get; init; } = "";

    /// <summary>
    /// What stands between <c>ALTER</c> and <c>OWNER TO</c>, e.g. <c>FUNCTION public.area(integer)</c>; null where the
    /// entry's owner is not set by a statement of its own. For large objects without the number: there is one statement
    /// for each of <see cref="LargeObjectOids"/>.
    /// </summary>
    public string? OwnerTarget { get; init; }

    /// <summary>The tablespace to make it in: null = does not apply, empty = the database's default.</summary>
    public string? Tablespace { get; init; }

    /// <summary>The table access method to make it with, or null where it does not apply.</summary>
    public string? TableAccessMethod { get; init; }

    /// <summary><c>pg_class.relkind</c> of relations; <c>'f'</c> for the rows of foreign tables; else <c>'\0'</c>.</summary>
    public char RelKind { get; init; }

    /// <summary>The entries this one needs before it, ascending; only ids that stand in the same Toc.</summary>
    public IReadOnlyList<DumpId> Dependencies { get; init; } = [];

    /// <summary>What a <see cref="EntryKind.TableData"/> entry's rows are; else null.</summary>
    public TableRows? Rows { get; init; }

    /// <summary>
    /// The OIDs of the large objects of a <see cref="EntryKind.LargeObjectMetadata"/> or
    /// <see cref="EntryKind.LargeObjects"/> entry, ascending; one for a BLOB of pg_dump's archives before 1.16; else empty.
    /// </summary>
    public IReadOnlyList<uint> LargeObjectOids { get; init; } = [];

    /// <summary>True where row blocks belong to the entry.</summary>
    public bool HasBlocks => Kind is EntryKind.TableData or EntryKind.LargeObjects;

    /// <summary>True for data, whether rows or statements: large objects with all that belongs to them, values of sequences.</summary>
    public bool IsData =>
        HasBlocks
        || Kind is EntryKind.SequenceSet or EntryKind.LargeObjectMetadata or "BLOB"
        || (
            Kind is EntryKind.Acl or EntryKind.Comment or EntryKind.SecurityLabel
            && Name.StartsWith("LARGE OBJECT", StringComparison.Ordinal));

    /// <summary>True for what is neither data nor statistics.</summary>
    public bool IsDefinition => !IsData && !IsStatistics;

    /// <summary>What the planner knows of contents.</summary>
    public bool IsStatistics => Kind is EntryKind.StatisticsData or EntryKind.ExtendedStatisticsData;

    /// <summary>True for the rows of a foreign table: they are read through a query, and without a lock.</summary>
    public bool HasForeignRows => Kind == EntryKind.TableData && RelKind == 'f';

    /// <summary>The pass of the restore in which the entry acts (pg_backup_archiver.c, _tocEntryRestorePass).</summary>
    public RestorePass Pass => PassOf(Kind, Name, Section);

    /// <summary>The schema-qualified display name, for messages: <c>TABLE public.orders</c>.</summary>
    public string Label => Schema is null ? $"{Kind} {Name}" : $"{Kind} {Schema}.{Name}";

    /// <summary>What an error about the entry knows of it.</summary>
    public EntryName ErrorName =>
        new(Id.Value, Label, $"{Id}; {CatalogId.Catalog} {CatalogId.Row} {Kind} {Name} {Owner ?? "(no owner)"}");

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {Label}";

    private static RestorePass PassOf(string kind, string name, Section section) => kind switch
    {
        EntryKind.Acl or "ACL LANGUAGE" or EntryKind.DefaultAcl => RestorePass.Acl,
        EntryKind.EventTrigger or EntryKind.MaterializedViewData => RestorePass.PostAcl,
        EntryKind.Comment or EntryKind.SecurityLabel
            when name.StartsWith("EVENT TRIGGER ", StringComparison.Ordinal) => RestorePass.PostAcl,
        EntryKind.StatisticsData when section == Section.PostData => RestorePass.PostAcl,
        _ => RestorePass.Main,
    };
}
