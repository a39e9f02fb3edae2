using System.IO.Pipelines;
using PureDump.Formats.Bytes;
using PureDump.Formats.Errors;

namespace PureDump.Storage;

/// <summary>
/// A blob that is written like a file, by a thread that may wait: its bytes go through a pipe to the store, which takes them meanwhile.
/// </summary>
internal sealed class BlobOutput : StagedOutput
{
    // As much as may lie between the writer and the store.
    private const int PipeSize = 4 << 20;

    private readonly IBlobStore _store;
    private readonly BlobName _name;
    private readonly Pipe _pipe = new(
        new PipeOptions(pauseWriterThreshold: PipeSize, resumeWriterThreshold: PipeSize / 2, useSynchronizationContext: false));
    private readonly CancellationTokenSource _stop;
    private readonly Task<BlobInfo?> _put;

    private BlobOutput(IBlobStore store, BlobName name, PutCondition condition, CancellationToken cancellation)
    {
        (_store, _name) = (store, name);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Stream = new PipeWriterStream(_pipe.Writer, () => Waited(_put!), _stop.Token);
        _put = Task.Run(() => store.PutAsync(name, _pipe.Reader, condition, _stop.Token), CancellationToken.None);
    }

    /// <inheritdoc/>
    public override Stream Stream { get; }

    /// <summary>Begins to write a blob.</summary>
    /// <param name="store">Where.</param>
    /// <param name="name">What it is to be called.</param>
    /// <param name="condition">When it counts.</param>
    /// <param name="cancellation">Ends it.</param>
    public static BlobOutput Open(IBlobStore store, BlobName name, PutCondition condition, CancellationToken cancellation) =>
        new(store, name, condition, cancellation);

    /// <inheritdoc/>
    /// <remarks>A store shows nothing before it is whole: it is read back when it has its name, and removed where it is not
    /// right.</remarks>
    public override void Commit(Action<IRangeReader> check)
    {
        _pipe.Writer.Complete();
        BlobInfo stored = Waited(_put) ?? throw new PureDumpException(
            ErrorKind.File, $"could not write \"{_store.Name}/{_name}\": the object is there already, or has changed");
        try
        {
            check(new BlobRange(_store, stored, _stop.Token));
        }
        catch
        {
            Waited(_store.DeleteAsync(_name, CancellationToken.None));
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!_put.IsCompleted)
        {
            _stop.Cancel();
            _pipe.Writer.Complete(new OperationCanceledException());
            Task.WhenAny(_put).GetAwaiter().GetResult();
        }

        _stop.Dispose();
    }

    // Called by threads of a transfer, never by one of the pool.
    private static T Waited<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static void Waited(Task task) => task.GetAwaiter().GetResult();
}
