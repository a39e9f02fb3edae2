using PureDump.Formats.Entries;
using PureDump.Formats.Pg;

namespace PureDump.Formats.PgArchive;

/// <summary>What a custom archive says of where the data of an entry begins.</summary>
internal enum PgOffsetState : byte
{
    /// <summary>Nothing: the archive went into a pipe.</summary>
    NotSet = 1,

    /// <summary>The offset.</summary>
    Set = 2,

    /// <summary>The entry has no data.</summary>
    NoData = 3,
}

/// <summary>An entry as it stands in the file: formats/pg-archive.md, section 3 (pg_backup_archiver.c, WriteToc).</summary>
internal sealed record PgTocEntry
{
    /// <summary>The entry's number, from 1.</summary>
    public required int DumpId { get; init; }

    /// <summary>Data belongs to the entry, in a block or file of its own.</summary>
    public bool HasData { get; init; }

    /// <summary>The catalog row.</summary>
    public CatalogId CatalogId { get; init; }

    /// <summary>The name to show.</summary>
    public required string Tag { get; init; }

    /// <summary>The kind, see <see cref="EntryKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Where it belongs.</summary>
    public required Section Section { get; init; }

    /// <summary>The statements that make the object; of some kinds something else (section 3.2).</summary>
    public string? Definition { get; init; }

    /// <summary>The statement that removes it.</summary>
    public string? DropStatement { get; init; }

    /// <summary>The COPY statement before the data.</summary>
    public string? CopyStatement { get; init; }

    /// <summary>The bare schema name.</summary>
    public string? Schema { get; init; }

    /// <summary>The bare name of the tablespace; empty = the default of the database.</summary>
    public string? Tablespace { get; init; }

    /// <summary>The bare name of the table access method.</summary>
    public string? TableAccessMethod { get; init; }

    /// <summary><c>pg_class.relkind</c>, or 0.</summary>
    public char RelKind { get; init; }

    /// <summary>The bare role name.</summary>
    public string? Owner { get; init; }

    /// <summary>In the order of the file; may name entries that are not in it.</summary>
    public IReadOnlyList<int> Dependencies { get; init; } = [];

    /// <summary>Of a custom archive.</summary>
    public PgOffsetState OffsetState { get; init; }

    /// <summary>Of a custom archive, where <see cref="OffsetState"/> says so: of the block from the start of the file.</summary>
    public long Offset { get; init; }

    /// <summary>Of a directory or tar archive: the file with the data, or null. It is not a path yet: it may say anything.</summary>
    public string? FileName { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Schema is null ? $"{DumpId} {Kind} {Tag}" : $"{DumpId} {Kind} {Schema}.{Tag}";
}
