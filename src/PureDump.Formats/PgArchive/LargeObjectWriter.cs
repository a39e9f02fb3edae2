namespace PureDump.Formats.PgArchive;

/// <summary>Takes the large objects of a BLOBS entry, one after the other. Disposing of it ends the entry.</summary>
internal sealed class LargeObjectWriter : IDisposable
{
    private readonly Func<uint, Stream> _begin;
    private readonly Action _end;
    private bool _isEnded;

    internal LargeObjectWriter(Func<uint, Stream> begin, Action end) => (_begin, _end) = (begin, end);

    /// <summary>Begins a large object; an empty one too must be begun.</summary>
    /// <param name="oid">Its OID.</param>
    /// <returns>Takes its bytes; disposing of it ends the object, which must be before the next begins.</returns>
    public Stream Begin(uint oid) => _begin(oid);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isEnded)
        {
            _isEnded = true;
            _end();
        }
    }
}
