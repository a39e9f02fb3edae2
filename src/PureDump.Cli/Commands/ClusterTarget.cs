using PureDump.Formats.Codec;
using PureDump.Storage.Local;

namespace PureDump.Cli.Commands;

/// <summary>What the dump of a cluster becomes, and where it goes.</summary>
internal sealed record ClusterTarget
{
    /// <summary>The file; null for standard output.</summary>
    public string? Path { get; init; }

    /// <summary>An archive of PureDump's own; else a script.</summary>
    public bool IsArchive { get; init; }

    /// <summary>How an archive is compressed.</summary>
    public CodecSetting Codec { get; init; } = CodecSetting.Default;

    /// <summary>How many connections read rows for an archive.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>An archive of the same bytes for the same content.</summary>
    public bool Deterministic { get; init; }

    /// <summary>How the script is compressed.</summary>
    public StreamCompression Compression { get; init; }

    /// <summary>How the file is brought to the medium.</summary>
    public FileSync Sync { get; init; }
}
