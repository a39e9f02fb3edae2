using PureDump.Formats.Codec;

namespace PureDump.Storage.Local;

/// <summary>A stream whose first bytes can be looked at before it is read from its beginning.</summary>
internal sealed class LookedAtStream(Stream inner) : ReadOnlyStream
{
    private byte[] _head = [];
    private int _position;

    /// <summary>
    /// The first bytes, as many as it takes to tell; fewer where there are no more. Before anything is read. It does not wait for a
    /// byte more than that: a pipe's writer may be silent for as long as it likes.
    /// </summary>
    /// <param name="countMax">The most that are looked at.</param>
    /// <param name="isEnough">True where these tell.</param>
    public ReadOnlySpan<byte> Look(int countMax, Func<ReadOnlySpan<byte>, bool> isEnough)
    {
        if (_head.Length >= countMax || (_head.Length > 0 && isEnough(_head)))
        {
            return _head;
        }

        byte[] head = new byte[countMax];
        _head.CopyTo(head, 0);
        int count = _head.Length;
        int more;
        do
        {
            more = inner.Read(head, count, countMax - count);
            count += more;
        }
        while (more > 0 && count < countMax && !isEnough(head.AsSpan(0, count)));

        return _head = head[..count];
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_position == _head.Length)
        {
            return inner.Read(buffer);
        }

        int count = Math.Min(buffer.Length, _head.Length - _position);
        _head.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
