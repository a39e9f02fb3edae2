namespace PureDump.Formats.PgArchive;

/// <summary>pg_dump's archive formats, by what <c>-F</c> calls them.</summary>
internal enum PgArchiveFormat
{
    /// <summary>One file, written front to back (<c>-Fc</c>).</summary>
    Custom,

    /// <summary>A directory with a file for each table (<c>-Fd</c>).</summary>
    Directory,

    /// <summary>A tar file with the same members as a directory, not compressed (<c>-Ft</c>).</summary>
    Tar,
}
