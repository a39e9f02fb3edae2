using PureDump.Cli.Terminals;
using PureDump.Formats.Archive;
using PureDump.Formats.Archive.Cluster;
using PureDump.Formats.Bytes;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.PgArchive;
using PureDump.Postgres.Catalog;
using PureDump.Storage.Local;

namespace PureDump.Cli.Commands;

/// <summary>The archive a command reads: a file, or standard input.</summary>
internal sealed class ArchiveInput
{
    private readonly Surroundings _surroundings;
    private LookedAtStream? _stream;

    private ArchiveInput(Surroundings surroundings, string? path)
    {
        _surroundings = surroundings;
        Path = path;
    }

    /// <summary>The file's path; null for standard input.</summary>
    public string? Path { get; }

    /// <summary>What it is called in messages.</summary>
    public string Name => Path ?? "standard input";

    /// <summary>True where it can only be read front to back: standard input, a named pipe, a shell's <c>&lt;(...)</c>.</summary>
    public bool IsStream => Path is null || (!IsDirectory && SpecialFile.IsAt(Path));

    /// <summary>The archive that the first operand names.</summary>
    /// <exception cref="PureDumpException">It is a terminal, a directory, or not there.</exception>
    public static ArchiveInput Of(Invocation invocation)
    {
        string? path = invocation.Options.Operands is [not "-", ..] ? invocation.Options.Operands[0] : null;
        if (path is null && invocation.Surroundings.InputIsTerminal)
        {
            throw new PureDumpException(
                ErrorKind.Usage, "refusing to read an archive from a terminal", "name a file, or redirect standard input");
        }

        return new ArchiveInput(invocation.Surroundings, path);
    }

    /// <summary>True for a directory, which can only be an archive of pg_dump.</summary>
    public bool IsDirectory => Path is not null && Directory.Exists(Path);

    /// <summary>True for a file or directory that holds an archive of pg_dump.</summary>
    public bool IsOfPgDump => Path is not null && !IsStream && PgArchiveReader.IsAt(Path);

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
    public Toc ReadGlobals()
    {
        if (!IsStream)
        {
            using var file = new ClusterFile(FileRange.Open(Path!));
            return file.Globals;
        }

        return Read(static stream =>
        {
            using var cluster = new ClusterStreamReader(stream);
            return cluster.Globals;
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
            return (_stream ??= new LookedAtStream(OpenAnew())).Look(countMax, isEnough);
        }

        using var file = new LookedAtStream(OpenAnew());
        return file.Look(countMax, isEnough);
    }

    /// <summary>Opens it to be read front to back; to be disposed of either way.</summary>
    public Stream Open() => (Stream?)_stream ?? OpenAnew();

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

    private Stream OpenAnew() => Path is null ? _surroundings.Input : DescriptorStream.OpenFile(Path, _surroundings.Cancellation);
}
