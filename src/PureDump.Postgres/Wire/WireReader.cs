using System.Buffers.Binary;
using PureDump.Formats.Errors;

namespace PureDump.Postgres.Wire;

/// <summary>
/// The server's half of a started connection: a buffer over a blocking stream, walked message by message. Lengths are
/// checked before anything is awaited or allocated for them.
/// </summary>
internal sealed class WireReader(Stream stream)
{
    /// <summary>The type byte and the length.</summary>
    public const int HeaderSize = 5;

    /// <summary>The buffer: large, so that a COPY costs few system calls.</summary>
    public const int BufferSize = 1 << 20;

    /// <summary>The longest message a server can send: PostgreSQL builds them in a StringInfo of at most 1 GiB.</summary>
    public const int MessageSizeMax = 1 << 30;

    /// <summary>The longest message that is taken whole into memory (everything but CopyData).</summary>
    public const int WholeMessageSizeMax = 64 << 20;

    private byte[] _overflow = [];

    /// <summary>Received bytes; <see cref="Start"/> to <see cref="End"/> are not consumed yet.</summary>
    public byte[] Buffer { get; } = GC.AllocateUninitializedArray<byte>(BufferSize, pinned: true);

    /// <summary>The index of the first byte that is not consumed.</summary>
    public int Start { get; set; }

    /// <summary>The index after the last received byte.</summary>
    public int End { get; private set; }

    /// <summary>Takes one message whole.</summary>
    /// <param name="body">The bytes after the length; valid until the next call.</param>
    /// <returns>The type byte.</returns>
    /// <exception cref="PureDumpException">The connection was closed (<see cref="ErrorKind.Connection"/>), or the length
    /// cannot be (<see cref="ErrorKind.Protocol"/>).</exception>
    public byte ReadMessage(out ReadOnlySpan<byte> body)
    {
        Require(HeaderSize, "between two messages");
        byte type = Buffer[Start];
        int length = BodyLength(Buffer.AsSpan(Start, HeaderSize), WholeMessageSizeMax);
        if (length <= BufferSize - HeaderSize)
        {
            Require(HeaderSize + length, "inside a message");
            body = Buffer.AsSpan(Start + HeaderSize, length);
            Start += HeaderSize + length;
            return type;
        }

        Start += HeaderSize;
        if (_overflow.Length < length)
        {
            _overflow = GC.AllocateUninitializedArray<byte>(length);
        }

        ReadExactly(_overflow.AsSpan(0, length));
        body = _overflow.AsSpan(0, length);
        return type;
    }

    /// <summary>The number of bytes after the length field of a message.</summary>
    /// <param name="header">The five bytes of type and length.</param>
    /// <param name="limit">The most that is allowed.</param>
    /// <exception cref="PureDumpException">Below zero or above the limit (<see cref="ErrorKind.Protocol"/>).</exception>
    public static int BodyLength(ReadOnlySpan<byte> header, int limit)
    {
        int length = BinaryPrimitives.ReadInt32BigEndian(header[1..]);
        if (length < 4 || length - 4 > limit)
        {
            throw new PureDumpException(
                ErrorKind.Protocol,
                $"the server sent a message of type 0x{header[0]:x2} with the length {length}, allowed are 4 to {(long)limit + 4}",
                "is there really a PostgreSQL server at that address?");
        }

        return length - 4;
    }

    /// <summary>
    /// As <see cref="Require"/>, in the middle of rows: where more has to be read and little comes, lets the socket fill
    /// before the next read.
    /// </summary>
    public void RequireOfRows(int count)
    {
        if (End - Start >= count)
        {
            return;
        }

        int before = End - Start;
        Require(count, "during a COPY");
        ReadPause.After(End - Start - before);
    }

    /// <summary>Waits until so many bytes stand in the buffer.</summary>
    /// <param name="count">At most <see cref="BufferSize"/>.</param>
    /// <param name="where">For the error where the server closes the connection before.</param>
    public void Require(int count, string where)
    {
        if (End - Start >= count)
        {
            return;
        }

        if (Start > 0)
        {
            Buffer.AsSpan(Start..End).CopyTo(Buffer);
            End -= Start;
            Start = 0;
        }

        while (End < count)
        {
            End += ReadSome(Buffer.AsSpan(End), where);
        }
    }

    /// <summary>Takes exactly so many bytes, past the buffer where they are not in it.</summary>
    public void ReadExactly(Span<byte> target)
    {
        int buffered = Math.Min(target.Length, End - Start);
        Buffer.AsSpan(Start, buffered).CopyTo(target);
        Start += buffered;
        target = target[buffered..];
        while (!target.IsEmpty)
        {
            target = target[ReadSome(target, "inside a message")..];
        }
    }

    private int ReadSome(Span<byte> target, string where)
    {
        int count;
        try
        {
            count = stream.Read(target);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw new PureDumpException(ErrorKind.Connection, $"the connection to the server broke {where}: {e.Message}", null, e);
        }

        return count > 0
            ? count
            : throw new PureDumpException(ErrorKind.Connection, $"the server closed the connection {where}", "look into the server's log for the reason");
    }
}
