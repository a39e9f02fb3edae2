namespace PureDump.Storage.Local;

/// <summary>A file that is there and is written anew as it is. What it holds stays until the first byte comes.</summary>
internal sealed class InPlaceStream(FileStream file) : Stream
{
    private bool _isEmptied;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => file.CanSeek;

    /// <inheritdoc/>
    public override bool CanWrite => file.CanWrite;

    /// <inheritdoc/>
    public override long Length => _isEmptied ? file.Length : 0;

    /// <inheritdoc/>
    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Empty();
        file.Write(buffer);
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Takes away what it held.</summary>
    public void Empty()
    {
        if (!_isEmptied)
        {
            file.SetLength(0);
            _isEmptied = true;
        }
    }

    /// <inheritdoc/>
    public override void Flush() => file.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    /// <inheritdoc/>
    public override void SetLength(long value)
    {
        Empty();
        file.SetLength(value);
    }
}
