using PureDump.Formats.Codec;

namespace PureDump.Formats.PgArchive;

/// <summary>
/// Takes the data of an entry or large object, and compresses them. Disposing of it ends the data, unless writing them failed.
/// </summary>
/// <param name="target">Where to; not owned.</param>
/// <param name="compression">How data are compressed.</param>
/// <param name="isZlib">gzip means the format of RFC 1950, not that of RFC 1952.</param>
/// <param name="end">What is to be done behind the last byte.</param>
internal sealed class EntryWriteStream(Stream target, StreamCompression compression, bool isZlib, Action end) : WriteOnlyStream
{
    private readonly Stream? _compressor = compression.Into(target, isZlib);
    private bool _hasContent;
    private bool _hasFailed;
    private bool _isEnded;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_isEnded, this);
        bool isWritten = false;
        try
        {
            (_compressor ?? target).Write(buffer);
            _hasContent |= !buffer.IsEmpty;
            isWritten = true;
        }
        finally
        {
            _hasFailed |= !isWritten;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isEnded)
        {
            _isEnded = true;
            if (!_hasFailed)
            {
                _compressor?.Dispose();
                target.Write(_hasContent ? [] : compression.OfNothing(isZlib));
                end();
            }
        }

        base.Dispose(disposing);
    }
}
