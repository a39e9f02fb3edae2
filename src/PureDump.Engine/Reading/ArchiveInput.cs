using PureDump.Formats.Archive;
using PureDump.Formats.Archive.Cluster;
using PureDump.Formats.Bytes;
using PureDump.Formats.Errors;
using PureDump.Formats.PgArchive;
using PureDump.Storage.Local;

namespace PureDump.Engine.Reading;

/// <summary>An archive that is read, of whatever format: a file, a directory of pg_dump's, or a stream.</summary>
internal sealed class ArchiveInput
{
    private readonly Func<Stream> _open;
    private LookedAtStream? _stream;

    /// <summary>An archive that nobody has looked at yet.</summary>
    /// <param name="path">Of the file or directory; null for a stream.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="open">Opens it to be read front to back: a file as often as it is asked to, a stream once.</param>
    public ArchiveInput(string? path, string name, Func<Stream> open)
    {
        Path = path;
        Name = name;
        _open = open;
    }

    /// <summary>The path; null for a stream that has none.</summary>
    public string? Path { get; }

    /// <summary>What it is called in messages.</summary>
    public string Name { get; }

    /// <summary>True where it can only be read front to back: a stream, a named pipe, a shell's <c>&lt;(...)</c>.</summary>
    public bool IsStream => Path is null || (!IsDirectory && SpecialFile.IsAt(Path));

    /// <summary>True for a directory, which can only be an archive of pg_dump.</summary>
    public bool IsDirectory => Path is not null && Directory.Exists(Path);

    /// <summary>True for a file or directory that holds an archive of pg_dump.</summary>
    public bool IsOfPgDump => Path is not null && !IsStream && PgArchiveReader.IsAt(Path);

    /// <summary>True for an archive of pg_dump, in a stream too.</summary>
    public bool HasPgDumpFormat =>
        IsOfPgDump || (IsStream && PgArchiveReader.IsArchive(Look(PgArchiveReader.LookSize, PgArchiveReader.IsEnough)));

    /// <summary>True for the archive of a cluster.</summary>
    public bool IsOfCluster => ArchiveHeader.IsOfCluster(Look(ArchiveHeader.Size, static head => head.Length >= ArchiveHeader.Size));

    /// <summary>Opens an archive in a file, or a member of it.</summary>
    /// <param name="member">Which database of a cluster; null: it is that of one database.</param>
    public ArchiveFile OpenArchive(string? member)
    {
        var range = FileRange.Open(Path!);
        return member is null ? new ArchiveFile(range) : ClusterFile.OpenDatabase(range, member);
    }

    /// <summary>Reads an archive front to back, or a member of it; what fails is named by the file.</summary>
    /// <param name="member">As for a file.</param>
    /// <param name="read">Given the reader.</param>
    public T ReadArchive<T>(string? member, Func<ArchiveStreamReader, T> read) => Read(stream =>
    {
        if (member is null)
        {
            using var reader = new ArchiveStreamReader(stream);
            return read(reader);
        }

        using var cluster = new ClusterStreamReader(stream);
        _ = ClusterFile.Find(cluster.Databases, member);
        while (cluster.Next() is { } reader)
        {
            if (cluster.Name == member)
            {
                return read(reader);
            }
        }

        throw new PureDumpException(ErrorKind.ArchiveDamaged, $"database \"{member}\" is missing");
    });

    /// <summary>The table of contents of a cluster's globals.</summary>
    public ArchiveToc ReadGlobals()
    {
        if (!IsStream)
        {
            using var file = new ClusterFile(FileRange.Open(Path!));
            return ArchiveToc.Of(file.Header, file.Globals);
        }

        return Read(static stream =>
        {
            using var cluster = new ClusterStreamReader(stream);
            return ArchiveToc.Of(cluster.Header, cluster.Globals);
        });
    }

    /// <summary>Refuses an archive of pg_dump, for what only PureDump's own archives offer.</summary>
    /// <exception cref="PureDumpException">It is one (<see cref="ErrorKind.ArchiveVersion"/>).</exception>
    public void RequireOwn(string what)
    {
        if (IsOfPgDump)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveVersion,
                $"{Name} is an archive of pg_dump, {what}",
                "puredump convert -F pdump makes one of PureDump's own format of it");
        }
    }

    /// <summary>Its first bytes; nothing is lost by it. As <see cref="LookedAtStream.Look"/>.</summary>
    public ReadOnlySpan<byte> Look(int countMax, Func<ReadOnlySpan<byte>, bool> isEnough)
    {
        if (IsDirectory)
        {
            return [];
        }

        if (IsStream)
        {
            return (_stream ??= new LookedAtStream(_open())).Look(countMax, isEnough);
        }

        using var file = new LookedAtStream(_open());
        return file.Look(countMax, isEnough);
    }

    /// <summary>Opens it to be read front to back; to be disposed of either way.</summary>
    public Stream Open() => (Stream?)_stream ?? _open();

    /// <summary>Reads it; what fails is named by the file.</summary>
    public T Read<T>(Func<Stream, T> read)
    {
        using Stream stream = Open();
        try
        {
            return read(stream);
        }
        catch (PureDumpException e)
        {
            throw e.Named(Name);
        }
    }
}
