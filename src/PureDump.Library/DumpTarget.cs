using System.IO.Pipelines;
using PureDump.Storage;

namespace PureDump;

/// <summary>Where an archive goes.</summary>
public sealed class DumpTarget
{
    private readonly string? _path;
    private readonly PipeWriter? _pipe;

    private DumpTarget(string? path, PipeWriter? pipe) => (_path, _pipe) = (path, pipe);

    /// <summary>The file, or null.</summary>
    internal string? Path => _path;

    /// <summary>A file, which appears under its name when it is whole; what has the name is replaced.</summary>
    public static DumpTarget File(string path) => new(path, null);

    /// <summary>A stream, which is written asynchronously and stays open. After a failure it holds the beginning of an archive, which no
    /// reader takes for a whole one.</summary>
    public static DumpTarget Stream(Stream stream) =>
        new(null, PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true)));

    /// <summary>A pipe, such as the body of an HTTP response. It is not completed: that is its owner's. After a failure it holds the
    /// beginning of an archive.</summary>
    public static DumpTarget Pipe(PipeWriter pipe) => new(null, pipe);

    /// <summary>The stream to write to, where it is no file.</summary>
    internal Stream Open(CancellationToken cancellation) => new PipeWriterStream(_pipe!, null, cancellation);
}
