using PureDump.Engine.Files;
using PureDump.Formats.Codec;

namespace PureDump.Cli.Commands;

/// <summary>Where the script of a cluster goes.</summary>
internal sealed record ClusterScriptTarget
{
    /// <summary>The file; null for standard output.</summary>
    public string? Path { get; init; }

    /// <summary>How the script is compressed.</summary>
    public StreamCompression Compression { get; init; }

    /// <summary>How the file is brought to the medium.</summary>
    public FileSync Sync { get; init; }
}
