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

    // A message up to here is taken at its word; a longer one gets its room as its bytes come.
    private const int TrustedSizeMax = 1 << 24;

    private byte[] _overflow = [];

    /// <summary>Received bytes; <see cref="Start"/> to <see cref="End"/> are not consumed yet.</summary>
    public byte[] Buffer { get; } = GC.AllocateUninitializedArray<byte>(BufferSize, pinned: true);

    /// <summary>The index of the first byte that is not consumed.</summary>
    public int Start { get; set; }

    /// <summary>The index after the last received byte.</summary>
    public int End { get; private set; }

    /// <summary>Takes one message: whole, but for data that nobody wants, and for what an error or notice has beyond
    /// <see cref="WireLimits.ReportSizeMax"/>.</summary>
    /// <param name="body">The bytes after the length; valid until the next call. Empty for CopyData, and for rows that are passed
    /// over.</param>
    /// <param name="rowSizeMax">The longest row; <see cref="WireLimits.RowsSkipped"/> to pass over rows.</param>
    /// <returns>The type byte.</returns>
    /// <exception cref="PureDumpException">The connection was closed (<see cref="ErrorKind.Connection"/>), or the length
    /// cannot be (<see cref="ErrorKind.Protocol"/>).</exception>
    public byte ReadMessage(out ReadOnlySpan<byte> body, int rowSizeMax = WireLimits.CatalogRowSizeMax)
    {
        if (_overflow.Length > TrustedSizeMax)
        {
            _overflow = [];
        }

        Require(HeaderSize, "between two messages");
        byte type = Buffer[Start];
        int length = BodyLength(Buffer.AsSpan(Start, HeaderSize), SizeMax(type, rowSizeMax));
        bool isReport = type is (byte)'E' or (byte)'N';
        if (type == (byte)'d' || (type == (byte)'D' && rowSizeMax == WireLimits.RowsSkipped))
        {
            Start += HeaderSize;
            Skip(length);
            body = [];
        }
        else if (length <= BufferSize - HeaderSize)
        {
            Require(HeaderSize + length, "inside a message");
            body = Buffer.AsSpan(Start + HeaderSize, length);
            Start += HeaderSize + length;
        }
        else
        {
            Start += HeaderSize;
            int kept = isReport ? Math.Min(length, WireLimits.ReportSizeMax) : length;
            Fill(kept);
            body = _overflow.AsSpan(0, kept);
            if (kept < length)
            {
                Skip(length - kept);
                ServerMessage.EndCut(_overflow.AsSpan(0, kept));
            }
        }

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

    /// <summary>Passes over so many bytes.</summary>
    public void Skip(int count)
    {
        while (count > 0)
        {
            Require(1, "inside a message");
            int part = Math.Min(count, End - Start);
            Start += part;
            count -= part;
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

    private static int SizeMax(byte type, int rowSizeMax) => type switch
    {
        (byte)'D' when rowSizeMax >= 0 => rowSizeMax,
        (byte)'D' or (byte)'d' or (byte)'E' or (byte)'N' => WireLimits.MessageSizeMax,
        (byte)'T' => WireLimits.RowDescriptionSizeMax,
        _ => WireLimits.ShortMessageSizeMax,
    };

    // The overflow, grown as bytes come: a length alone is no reason to take a gigabyte.
    private void Fill(int count)
    {
        int filled = 0;
        while (filled < count)
        {
            if (filled == _overflow.Length)
            {
                byte[] grown = GC.AllocateUninitializedArray<byte>((int)Math.Min(count, Math.Max(TrustedSizeMax, 2L * _overflow.Length)));
                _overflow.AsSpan(0, filled).CopyTo(grown);
                _overflow = grown;
            }

            int part = Math.Min(count, _overflow.Length) - filled;
            ReadExactly(_overflow.AsSpan(filled, part));
            filled += part;
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
            : throw new PureDumpException(
                ErrorKind.Connection,
                $"the server closed the connection {where}",
                "look into the server's log for the reason");
    }
}
