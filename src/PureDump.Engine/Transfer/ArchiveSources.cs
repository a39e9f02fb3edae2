using PureDump.Engine.Files;
using PureDump.Formats.Archive;
using PureDump.Formats.PgArchive;

namespace PureDump.Engine.Transfer;

/// <summary>Opens an archive of any format, by what stands in it.</summary>
internal static class ArchiveSources
{
    private const int LookSize = 512;

    /// <summary>An archive in a file or a directory.</summary>
    /// <param name="path">Of it.</param>
    /// <param name="partCountMax">Into how many parts the rows of a table may be cut.</param>
    /// <exception cref="Formats.Errors.PureDumpException">It cannot be read, or is not an archive.</exception>
    public static IDumpSource Open(string path, int partCountMax) =>
        IsOfPgDump(path) ? new PgArchiveFileSource(PgArchiveReader.Open(path)) : new ArchiveFileSource(new ArchiveFile(path), partCountMax);

    /// <summary>An archive in a pipe.</summary>
    /// <param name="input">At its first byte; belongs to what is made.</param>
    /// <param name="onLost">Told of damage that is passed over; null: damage is an error. Not for archives of pg_dump.</param>
    /// <exception cref="Formats.Errors.PureDumpException">It cannot be read, or is not an archive.</exception>
    public static IDumpSource Open(Stream input, Action<ArchiveFinding>? onLost = null)
    {
        var stream = new LookedAtStream(input);
        return PgArchiveReader.IsArchive(stream.Look(LookSize))
            ? new PgArchiveStreamSource(PgArchiveReader.Open(stream))
            : new ArchiveStreamSource(new ArchiveStreamReader(stream, onLost));
    }

    /// <summary>Whether a path is that of an archive of pg_dump: a directory, or a file that begins like one.</summary>
    public static bool IsOfPgDump(string path)
    {
        if (Directory.Exists(path))
        {
            return true;
        }

        using FileStream file = InputFile.Open(path);
        byte[] start = new byte[LookSize];
        return PgArchiveReader.IsArchive(start.AsSpan(0, file.ReadAtLeast(start, LookSize, throwOnEndOfStream: false)));
    }
}
