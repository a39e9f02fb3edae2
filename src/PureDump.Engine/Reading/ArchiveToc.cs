using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.Formats.PgArchive;

namespace PureDump.Engine.Reading;

/// <summary>The table of contents of an archive of any format.</summary>
/// <param name="Summary">What the archive says of itself.</param>
/// <param name="Toc">The table of contents.</param>
internal sealed record ArchiveToc(ArchiveSummary Summary, Toc Toc)
{
    /// <summary>Reads it; an archive in a file is opened whole, and refused where its end is missing.</summary>
    /// <param name="input">The archive.</param>
    /// <param name="member">Which database of a cluster, empty for its globals; null: it is that of one database.</param>
    /// <exception cref="PureDumpException">It cannot be read, or has no such member.</exception>
    public static ArchiveToc Read(ArchiveInput input, string? member)
    {
        if (member is { Length: 0 })
        {
            return input.ReadGlobals();
        }

        if (input.IsStream)
        {
            return input.HasPgDumpFormat
                ? input.Read(stream => Of(PgArchiveReader.Open(stream, input.Name)))
                : input.ReadArchive(member, static reader => Of(reader.Header, reader.Toc));
        }

        if (input.IsOfPgDump)
        {
            return Of(PgArchiveReader.Open(input.Path!));
        }

        using ArchiveFile file = input.OpenArchive(member);
        return Of(file.Header, file.Toc);
    }

    /// <summary>As <see cref="Read"/>, but no more is looked at: an archive whose end is missing has it too.</summary>
    /// <inheritdoc cref="Read"/>
    public static ArchiveToc ReadFront(ArchiveInput input, string? member) =>
        member is { Length: 0 } || input.HasPgDumpFormat
            ? Read(input, member)
            : input.ReadArchive(member, static reader => Of(reader.Header, reader.Toc));

    /// <summary>Of an archive of PureDump's own.</summary>
    public static ArchiveToc Of(ArchiveHeader header, Toc toc) =>
        new(new ArchiveSummary("PDUMP", $"{ArchiveHeader.Major}.{ArchiveHeader.Minor}", header.Created), toc);

    private static ArchiveToc Of(PgArchiveReader archive)
    {
        using (archive)
        {
            return new ArchiveToc(archive.Summary, archive.Toc);
        }
    }
}
