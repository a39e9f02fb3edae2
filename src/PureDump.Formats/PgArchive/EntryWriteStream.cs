using PureDump.Formats.Codec;

namespace PureDump.Formats.PgArchive;

/// <summary>
/// Takes the data of an entry or large object, and compresses them. Disposing of it ends the data, unless writing them failed.
/// </summary>
/// <param name="target">Where to; not owned.</param>
/// <param name="compressor">Writes to the target, and is owned; null: data are written as they are.</param>
/// <param name="end">What is to be done behind the last byte.</param>
/// <param name="abandon">What is to be done where writing failed.</param>
internal sealed class EntryWriteStream(Stream target, Stream? compressor, Action end, Action? abandon = null) : WriteOnlyStream
{
    private bool _hasFailed;
    private bool _isEnded;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_isEnded, this);
        bool isWritten = false;
        try
        {
            (compressor ?? target).Write(buffer);
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
            if (_hasFailed)
            {
                abandon?.Invoke();
            }
            else
            {
                compressor?.Dispose();
                end();
            }
        }

        base.Dispose(disposing);
    }
}
