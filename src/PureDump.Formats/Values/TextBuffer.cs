using System.Buffers.Text;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Values;

/// <summary>
/// Text being made, in a buffer that grows and is used again. One that drains hands on what it holds when there is much of
/// it, at the points where its writer lets it (<see cref="Relieve"/>).
/// </summary>
internal sealed class TextBuffer(Action<ReadOnlySpan<byte>>? drain = null)
{
    private const int SizeMin = 256;
    private const int RelieveSize = 1 << 16;

    // No value of a server is longer, and no text of one (memutils.h, MaxAllocSize).
    private const int LengthMax = 0x3fffffff;

    private byte[] _bytes = new byte[SizeMin];

    /// <summary>How many bytes it holds.</summary>
    public int Length { get; private set; }

    /// <summary>What it holds.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>Room behind what it holds; <see cref="Advance"/> says how much of it was used.</summary>
    /// <exception cref="PureDumpException">It would hold more than a value can (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public Span<byte> Room(int size)
    {
        if (size > _bytes.Length - Length)
        {
            Grow(size);
        }

        return _bytes.AsSpan(Length, size);
    }

    /// <summary>Keeps the first bytes of the room.</summary>
    public void Advance(int count) => Length += count;

    /// <summary>Adds a byte.</summary>
    public void Add(byte value)
    {
        Room(1)[0] = value;
        Length++;
    }

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Adds a number in decimal.</summary>
    public void Add(long number)
    {
        Utf8Formatter.TryFormat(number, Room(20), out int length);
        Length += length;
    }

    /// <inheritdoc cref="Add(long)"/>
    public void Add(ulong number)
    {
        Utf8Formatter.TryFormat(number, Room(20), out int length);
        Length += length;
    }

    /// <summary>Adds a number in decimal, with zeros before it where it has fewer digits.</summary>
    public void AddPadded(long number, int digitCount)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(number, digits, out int length);
        for (int i = length; i < digitCount; i++)
        {
            Add((byte)'0');
        }

        Add(digits[..length]);
    }

    /// <summary>Empties it.</summary>
    public void Clear() => Length = 0;

    /// <summary>Hands on what it holds, where it drains and holds much.</summary>
    public void Relieve()
    {
        if (Length >= RelieveSize && drain is not null)
        {
            Drain();
        }
    }

    /// <summary>Hands on all it holds.</summary>
    public void Drain()
    {
        drain!(Bytes);
        Length = 0;
    }

    private void Grow(int size)
    {
        long needed = (long)Length + size;
        if (needed > LengthMax)
        {
            throw new PureDumpException(ErrorKind.ArchiveDamaged, $"a value has more than {LengthMax} bytes, which no server takes");
        }

        Array.Resize(ref _bytes, (int)Math.Min(LengthMax, Math.Max(needed, 2L * _bytes.Length)));
    }
}
