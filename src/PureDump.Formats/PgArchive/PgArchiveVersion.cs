using PureDump.Formats.Errors;

namespace PureDump.Formats.PgArchive;

/// <summary>
/// The version of the layout, and what it has: formats/pg-archive.md, section 2 (pg_backup_archiver.h, K_VERS_*).
/// Versions are asked for by feature and compared nowhere else.
/// </summary>
/// <param name="Major">Always 1.</param>
/// <param name="Minor">12 to 16.</param>
/// <param name="Revision">Of no meaning.</param>
internal readonly record struct PgArchiveVersion(byte Major, byte Minor, byte Revision)
{
    /// <summary>The oldest that is read.</summary>
    public static PgArchiveVersion Oldest => new(1, 12, 0);

    /// <summary>What pg_dump 17 and 18 write.</summary>
    public static PgArchiveVersion Newest => new(1, 16, 0);

    /// <summary>What pg_dump 12 to 15 write: every supported pg_restore reads it.</summary>
    public static PgArchiveVersion ForOldReaders => new(1, 14, 0);

    /// <summary>Entries name the table access method.</summary>
    public bool HasTableAccessMethod => Minor >= 14;

    /// <summary>The header names the method of compression; before, it gives a zlib level.</summary>
    public bool HasCompressionMethod => Minor >= 15;

    /// <summary>
    /// Large objects are made by entries for up to 1000 of one owner, each with its own entry of contents; before, by an
    /// entry for each, with one entry for all contents.
    /// </summary>
    public bool HasLargeObjectGroups => Minor >= 16;

    /// <summary>Entries hold <c>pg_class.relkind</c>.</summary>
    public bool HasRelKind => Minor >= 16;

    /// <inheritdoc/>
    public override string ToString() => $"{Major}.{Minor}";

    /// <summary>This version, if it is one that is read.</summary>
    /// <exception cref="PureDumpException">It is not (<see cref="ErrorKind.ArchiveVersion"/>).</exception>
    internal PgArchiveVersion Checked()
    {
        if (Major != Newest.Major || Minor > Newest.Minor)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveVersion,
                $"the archive has version {this}, this program reads {Oldest} to {Newest}",
                "use a newer puredump");
        }

        return Minor >= Oldest.Minor
            ? this
            : throw new PureDumpException(
                ErrorKind.ArchiveVersion,
                $"the archive has version {this}, this program reads {Oldest} to {Newest}",
                "it was made before PostgreSQL 9.0: let pg_restore of an older release write it as a script");
    }
}
