using System.Collections.Concurrent;

namespace PureDump.Formats.Rows;

/// <summary>
/// A fixed number of row blocks. Renting waits while all are out: that is the back-pressure from a slow sink to a fast
/// source, and the memory ceiling of a transfer.
/// </summary>
internal sealed class RowBlockPool : IDisposable
{
    private readonly ConcurrentBag<RowBlock> _free = [];
    private readonly SemaphoreSlim _available;

    /// <summary>A pool of at most <paramref name="count"/> blocks of <see cref="RowBlock.Capacity"/> bytes, made as needed.</summary>
    public RowBlockPool(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = count;
        _available = new SemaphoreSlim(count, count);
    }

    /// <summary>The number of blocks there can be.</summary>
    public int Count { get; }

    /// <summary>An empty block, as soon as there is one.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public RowBlock Rent(CancellationToken cancellation)
    {
        _available.Wait(cancellation);
        if (!_free.TryTake(out RowBlock? block))
        {
            block = new RowBlock(this);
        }

        block.Clear();
        return block;
    }

    /// <summary>How many blocks are out.</summary>
    public int OutCount => Count - _available.CurrentCount;

    /// <inheritdoc/>
    public void Dispose() => _available.Dispose();

    internal void Return(RowBlock block)
    {
        _free.Add(block);
        _available.Release();
    }
}
