using PureDump.Engine.Files;
using PureDump.Formats.Archive;
using PureDump.Formats.PgArchive;

namespace PureDump.Engine.Transfer;

/// <summary>Opens an archive of any format, by what stands in it.</summary>
internal static class ArchiveSources
{
    /// <summary>An archive in a file or a directory.</summary>
    /// <param name="path">Of it.</param>
    /// <param name="partCountMax">Into how many parts the rows of a table may be cut.</param>
    /// <exception cref="Formats.Errors.PureDumpException">It cannot be read, or is not an archive.</exception>
    public static IDumpSource Open(string path, int partCountMax) =>
        InputFile.IsPgArchive(path) ? new PgArchiveFileSource(PgArchiveReader.Open(path)) : new ArchiveFileSource(new ArchiveFile(path), partCountMax);

    /// <summary>An archive in a pipe.</summary>
    /// <param name="input">At its first byte; belongs to what is made.</param>
    /// <param name="onLost">Told of damage that is passed over; null: damage is an error. Not for archives of pg_dump.</param>
    /// <exception cref="Formats.Errors.PureDumpException">It cannot be read, or is not an archive.</exception>
    public static IDumpSource Open(Stream input, Action<ArchiveFinding>? onLost = null)
    {
        var stream = new LookedAtStream(input);
        return PgArchiveReader.IsArchive(stream.Look(PgArchiveReader.LookSize, PgArchiveReader.IsEnough))
            ? new PgArchiveStreamSource(PgArchiveReader.Open(stream))
            : new ArchiveStreamSource(new ArchiveStreamReader(stream, onLost));
    }
}
