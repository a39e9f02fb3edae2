using System.Diagnostics;
using PureDump.Formats.Entries;

namespace PureDump.Formats.Rows;

/// <summary>
/// A frame of rows on its way from a source to a sink: whole rows in the table's <see cref="RowFormat"/>, without COPY's
/// header or trailer, so that any block fits into any COPY of its table. Only a row that is larger than a frame spans
/// several: the first ones then have <see cref="Continues"/>, and they must reach the same COPY one after the other.
/// Owned by whoever rented it; give it back with <see cref="Dispose"/>, once.
/// </summary>
internal sealed class RowBlock : IDisposable
{
    /// <summary>The room for rows in every block: 1 MiB.</summary>
    public const int Capacity = 1 << 20;

    private readonly RowBlockPool _pool;
    private int _isOut;

    internal RowBlock(RowBlockPool pool)
    {
        _pool = pool;
        Buffer = GC.AllocateUninitializedArray<byte>(Capacity, pinned: true);
    }

    /// <summary>The bytes; the first <see cref="Length"/> of them count.</summary>
    public byte[] Buffer { get; }

    /// <summary>How many bytes of <see cref="Buffer"/> are filled, 0 to <see cref="Capacity"/>.</summary>
    public int Length { get; set; }

    /// <summary>The entry the rows belong to.</summary>
    public DumpId Entry { get; set; }

    /// <summary>How the rows are written.</summary>
    public RowFormat Format { get; set; }

    /// <summary>How many rows begin in this frame.</summary>
    public int RowCount { get; set; }

    /// <summary>The frame begins inside a row of the frame before it.</summary>
    public bool IsContinuation { get; set; }

    /// <summary>The last row goes on in the next frame.</summary>
    public bool Continues { get; set; }

    /// <summary>The filled part.</summary>
    public ReadOnlySpan<byte> Bytes => Buffer.AsSpan(0, Length);

    /// <summary>Gives the block back to its pool. It is the pool's from then on: a second time is a defect of who holds it.</summary>
    public void Dispose()
    {
        bool wasOut = Interlocked.Exchange(ref _isOut, 0) == 1;
        Debug.Assert(wasOut, "a block is given back once");
        if (wasOut)
        {
            _pool.Return(this);
        }
    }

    internal void Clear()
    {
        _isOut = 1;
        Length = 0;
        RowCount = 0;
        Entry = default;
        IsContinuation = false;
        Continues = false;
    }
}
