using PureDump.Cli.Options;
using PureDump.Cli.Talking;
using PureDump.Cli.Terminals;
using PureDump.Engine;
using PureDump.Formats.Codec;
using PureDump.Formats.PgArchive;
using PureDump.Storage.Local;

namespace PureDump.Cli.Commands;

/// <summary>What a dump or a conversion is to become, as <c>-F</c> and <c>-Z</c> say.</summary>
/// <param name="Kind">pdump, or a script, or an archive of pg_dump.</param>
/// <param name="PgArchive">Its format where it is one of pg_dump.</param>
internal readonly record struct OutputFormat(OutputKind Kind, PgArchiveFormat PgArchive = default)
{
    /// <summary>Reads the value of <c>-F</c>.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="usual">What is meant where none is given.</param>
    /// <exception cref="PureDumpException">It is no format.</exception>
    public static OutputFormat Read(GivenOptions options, OutputFormat usual) =>
        options.Value(OptionTable.Format)?.ToLowerInvariant() switch
        {
            null => usual,
            "pdump" when options.Verb.ClientName is null => new OutputFormat(OutputKind.Pdump),
            "p" or "plain" => new OutputFormat(OutputKind.Script),
            "a" or "append" when options.Verb.ClientName is not null => new OutputFormat(OutputKind.AppendedScript),
            "c" or "custom" => new OutputFormat(OutputKind.PgArchive, PgArchiveFormat.Custom),
            "d" or "directory" => new OutputFormat(OutputKind.PgArchive, PgArchiveFormat.Directory),
            "t" or "tar" => new OutputFormat(OutputKind.PgArchive, PgArchiveFormat.Tar),
            _ => throw options.Unusable($"invalid output format \"{options.Value(OptionTable.Format)}\" specified"),
        };

    /// <summary>True for what is one text.</summary>
    public bool IsScript => Kind is OutputKind.Script or OutputKind.AppendedScript;

    /// <summary>True for a directory.</summary>
    public bool IsDirectory => Kind == OutputKind.PgArchive && PgArchive == PgArchiveFormat.Directory;

    /// <summary>What is known of a run that writes it.</summary>
    public OptionScope Scope => Kind switch
    {
        OutputKind.Pdump => OptionScope.Archive | OptionScope.OwnArchive,
        OutputKind.PgArchive => OptionScope.Archive | OptionScope.PgArchive | (IsDirectory ? OptionScope.None : OptionScope.Serial),
        _ => OptionScope.Script | OptionScope.Serial,
    };

    /// <summary>The version of an archive of pg_dump; null: the one for the server it is for.</summary>
    /// <exception cref="PureDumpException">It is none that is written.</exception>
    public PgArchiveVersion? Version(GivenOptions options)
    {
        string? text = options.Value(OptionTable.ArchiveVersion);
        return text is null ? null
            : text == PgArchiveVersion.Newest.ToString() ? PgArchiveVersion.Newest
            : text == PgArchiveVersion.ForOldReaders.ToString() ? PgArchiveVersion.ForOldReaders
            : throw options.Unusable(
                $"an archive is written in version {PgArchiveVersion.ForOldReaders} or {PgArchiveVersion.Newest}, not \"{text}\"");
    }

    /// <summary>The archive of pg_dump to be written.</summary>
    /// <param name="invocation">The call.</param>
    /// <param name="path">Of the file or directory; null for standard output.</param>
    /// <param name="compression">Of its data.</param>
    /// <param name="sync">How it is brought to the medium.</param>
    public PgArchiveTarget Target(Invocation invocation, string? path, StreamCompression compression, FileSync sync) => new()
    {
        Format = PgArchive,
        Path = path,
        Output = path is null ? invocation.Surroundings.OpenArchive() : null,
        Compression = compression,
        Version = Version(invocation.Options),
        Sync = sync,
        Access = DumpArguments.Access(invocation.Options),
    };

    /// <summary>The compression of a script or an archive of pg_dump: the given one, else what pg_dump takes.</summary>
    /// <exception cref="PureDumpException">It is none, or a tar cannot have it.</exception>
    public StreamCompression Compression(Invocation invocation)
    {
        if (invocation.Options.Value(OptionTable.Compress) is not { } text)
        {
            return Kind == OutputKind.PgArchive && PgArchive != PgArchiveFormat.Tar
                ? StreamCompression.Parse("gzip", invocation.Talk.Warn)
                : default;
        }

        var compression = StreamCompression.Parse(text, invocation.Talk.Warn);
        return Kind == OutputKind.PgArchive && PgArchive == PgArchiveFormat.Tar && compression.Method != StreamMethod.None
            ? throw invocation.Options.Unusable("compression is not supported by tar archive format")
            : compression;
    }
}

/// <summary>The families of outputs.</summary>
internal enum OutputKind
{
    /// <summary>PureDump's own archive.</summary>
    Pdump,

    /// <summary>An SQL script.</summary>
    Script,

    /// <summary>An SQL script behind what a file holds already; pg_dumpall asks for it, nobody else.</summary>
    AppendedScript,

    /// <summary>An archive of pg_dump.</summary>
    PgArchive,
}
