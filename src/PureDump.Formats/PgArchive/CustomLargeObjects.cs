using PureDump.Formats.Codec;

namespace PureDump.Formats.PgArchive;

/// <summary>The large objects of a block of a custom archive: an OID and a sequence of chunks each, until an OID of 0.</summary>
/// <param name="input">Behind the head of the block.</param>
/// <param name="ownsInput">Disposes of it in the end.</param>
/// <param name="method">How each object is compressed, by itself.</param>
/// <param name="name">For messages: whose objects.</param>
internal sealed class CustomLargeObjects(PgArchiveInput input, bool ownsInput, StreamMethod method, string name) : LargeObjectReader
{
    private ChunkReadStream? _chunks;
    private bool _isAtEnd;

    /// <summary>Passes over what is left, so that the input stands behind the block.</summary>
    public void Drain()
    {
        while (NextChunks(out _) is not null)
        {
            // Going to the next passes over the one before.
        }
    }

    private protected override Stream? Next(out uint oid) =>
        NextChunks(out oid) is { } chunks
            ? new DecompressedStream(chunks, method, isZlib: true, $"large object {oid} of {name}")
            : null;

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing)
    {
        if (ownsInput)
        {
            input.Dispose();
        }
    }

    private ChunkReadStream? NextChunks(out uint oid)
    {
        oid = 0;
        if (_isAtEnd)
        {
            return null;
        }

        _chunks?.Drain();
        oid = input.Oid("OID of a large object");
        _isAtEnd = oid == 0;
        return _chunks = _isAtEnd ? null : new ChunkReadStream(input);
    }
}
