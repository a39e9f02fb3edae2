using PureDump.Engine.Sinks;
using PureDump.Formats.Bytes;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.PgArchive;
using PureDump.Formats.Script;
using PureDump.Storage.Local;

namespace PureDump.Engine;

/// <summary>An archive of pg_dump that is to be written.</summary>
internal sealed record PgArchiveTarget
{
    /// <summary>Its format.</summary>
    public required PgArchiveFormat Format { get; init; }

    /// <summary>Of the file or directory; null: <see cref="Output"/>.</summary>
    public string? Path { get; init; }

    /// <summary>Where no path is given; stays open. Not for a directory.</summary>
    public Stream? Output { get; init; }

    /// <summary>How data are compressed.</summary>
    public StreamCompression Compression { get; init; }

    /// <summary>Which readers are to read it; null: the pg_restore of the server it is for, or the newest where that is any.</summary>
    public PgArchiveVersion? Version { get; init; }

    /// <summary>How files are brought to the medium.</summary>
    public FileSync Sync { get; init; } = FileSync.File;

    /// <summary>Whose the file or directory is.</summary>
    public OutputAccess Access { get; init; } = OutputAccess.Private;

    /// <summary>Opens it, has it written, and makes it last; where that fails, nothing stays under its name.</summary>
    /// <param name="origin">Of what is written.</param>
    /// <param name="script">What rows become, and which server it is for.</param>
    /// <param name="write">Writes it.</param>
    internal T Write<T>(DumpOrigin origin, ScriptOptions script, Func<PgArchiveWriter, T> write)
    {
        DateTime now = DateTime.Now;
        var settings = new PgArchiveSettings
        {
            Version = Version ?? TargetServer.Of(script, origin)?.ArchiveVersion(Compression) ?? PgArchiveVersion.Newest,
            Compression = Compression,
            Rows = script.Rows,
            WithoutTransactionTimeout = script.WithoutTransactionTimeout,
            Created = now,
            IsDaylightSaving = now.IsDaylightSavingTime(),
            FlushToDisk = Sync == FileSync.File,
        };
        try
        {
            return Path is null ? WriteInto(Output!, settings, write)
                : Format == PgArchiveFormat.Directory ? WriteDirectory(Path, settings, write)
                : OutputFile.Write(
                    Path,
                    Sync,
                    stream => WriteInto(stream, settings, write),
                    ReadBack,
                    Access);
        }
        catch (IOException e)
        {
            throw new PureDumpException(ErrorKind.File, $"could not write the archive: {e.Message}", null, e);
        }
    }

    // Archives of pg_dump are opened by path; what was written is a file.
    private static void ReadBack(IRangeReader written)
    {
        written.Dispose();
        PgArchiveReader.Open(written.Name).Dispose();
    }

    private T WriteDirectory<T>(string path, PgArchiveSettings settings, Func<PgArchiveWriter, T> write)
    {
        using var directory = new OutputDirectory(path, Sync, Access);
        T result;
        using (var writer = PgArchiveWriter.ToDirectory(directory.Content, settings, shownAs: path))
        {
            result = write(writer);
        }

        directory.Commit(last: PgArchiveWriter.TocFile);
        return result;
    }

    private T WriteInto<T>(Stream output, PgArchiveSettings settings, Func<PgArchiveWriter, T> write)
    {
        using PgArchiveWriter writer = Format == PgArchiveFormat.Tar
            ? PgArchiveWriter.ToTar(output, settings)
            : PgArchiveWriter.ToCustom(output, settings);
        return write(writer);
    }
}
