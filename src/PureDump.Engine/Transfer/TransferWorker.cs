using PureDump.Engine.Workers;

namespace PureDump.Engine.Transfer;

/// <summary>What one thread of a transfer works with: a reader of parts, where the source has such, and a taker of rows.</summary>
/// <param name="number">From 0.</param>
/// <param name="source">Null where rows come as a stream.</param>
/// <param name="sink">Where they go.</param>
internal sealed class TransferWorker(int number, ISourceWorker? source, IRowWorker sink) : IWorker
{
    /// <summary>Which of the workers.</summary>
    public int Number => number;

    /// <summary>Reads parts.</summary>
    public ISourceWorker Source => source ?? throw new InvalidOperationException("rows that come as a stream have no parts");

    /// <summary>Takes rows.</summary>
    public IRowWorker Sink => sink;

    /// <summary>Runs statements.</summary>
    public IStatementWorker Statements =>
        sink as IStatementWorker ?? throw new InvalidOperationException("statements go into a sink that only takes rows");

    /// <inheritdoc/>
    public void Abort()
    {
        sink.Abort();
        source?.Abort();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        sink.Dispose();
        source?.Dispose();
    }
}
