using System.IO.Pipelines;

namespace PureDump;

/// <summary>Where an archive comes from: one of PureDump's own, or of pg_dump's.</summary>
public sealed class DumpSource
{
    private readonly string? _path;
    private readonly PipeReader? _pipe;

    private DumpSource(string? path, PipeReader? pipe) => (_path, _pipe) = (path, pipe);

    /// <summary>The file, or null.</summary>
    internal string? Path => _path;

    /// <summary>A file, or a directory of pg_dump's.</summary>
    public static DumpSource File(string path) => new(path, null);

    /// <summary>A stream, which is read asynchronously, front to back, and stays open.</summary>
    public static DumpSource Stream(Stream stream) =>
        new(null, PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true)));

    /// <summary>A pipe, such as the body of an HTTP request. It is not completed: that is its owner's.</summary>
    public static DumpSource Pipe(PipeReader pipe) => new(null, pipe);

    /// <summary>The stream to read from, where it is no file.</summary>
    internal Stream Open(CancellationToken cancellation) => new PipeReaderStream(_pipe!, cancellation);
}
