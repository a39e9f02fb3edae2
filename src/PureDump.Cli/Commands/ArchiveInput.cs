using PureDump.Cli.Options;
using PureDump.Cli.Terminals;
using PureDump.Engine.Files;
using PureDump.Formats.Errors;
using PureDump.Formats.PgArchive;

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
    public bool IsOfPgDump => Path is not null && !IsStream && InputFile.IsPgArchive(Path);

    /// <summary>Refuses an archive of pg_dump, for what only PureDump's own archives offer.</summary>
    /// <exception cref="PureDumpException">It is one (<see cref="ErrorKind.ArchiveVersion"/>).</exception>
    public void RequireOwn(string what)
    {
        if (IsOfPgDump)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveVersion, $"{Name} is an archive of pg_dump, {what}", "puredump convert -F pdump makes one of PureDump's own format of it");
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
