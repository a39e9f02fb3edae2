namespace PureDump.Formats.PgArchive;

/// <summary>
/// Header and table of contents of an archive as they stand in the file: formats/pg-archive.md, sections 2 and 3. The same
/// bytes in all three formats but for what an entry ends with.
/// </summary>
internal sealed partial record PgToc(PgArchiveHeader Header, IReadOnlyList<PgTocEntry> Entries, string Encoding)
{
    // What pg_dump writes for tar, and of a directory's toc.dat too.
    private const byte CustomCode = 1;
    private const byte TarCode = 3;
    private const byte DirectoryCode = 5;
}
