using PureDump.Formats.Errors;

namespace PureDump.Formats.Script;

/// <summary>
/// A statement that is being read. It grows with what it holds, up to <see cref="LengthMax"/>, and lets go of a large buffer
/// with the statement it was for.
/// </summary>
internal sealed class StatementBuffer
{
    /// <summary>The longest statement: a server takes no longer message (MaxAllocSize in memutils.h, less the message's own
    /// frame).</summary>
    public const int LengthMax = 0x3fff_ffff - 16;

    private const int KeptMax = 1 << 20;

    private byte[] _bytes = new byte[1 << 13];

    /// <summary>How many bytes it holds.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes; valid until the next change.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>Adds bytes.</summary>
    /// <exception cref="PureDumpException">The statement would be longer than any server takes (<see cref="ErrorKind.Usage"/>).</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _bytes.Length - Length)
        {
            Grow(bytes.Length);
        }

        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Adds one byte.</summary>
    public void Append(byte value)
    {
        if (Length == _bytes.Length)
        {
            Grow(1);
        }

        _bytes[Length++] = value;
    }

    /// <summary>Puts bytes before those from a place on.</summary>
    /// <exception cref="PureDumpException">As for <see cref="Append(ReadOnlySpan{byte})"/>.</exception>
    public void Insert(int place, ReadOnlySpan<byte> bytes)
    {
        int moved = Length - place;
        Append(bytes);
        _bytes.AsSpan(place, moved).CopyTo(_bytes.AsSpan(place + bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(place));
    }

    /// <summary>Takes line ends off its end.</summary>
    public void TrimEnd()
    {
        while (Length > 0 && _bytes[Length - 1] == (byte)'\n')
        {
            Length--;
        }
    }

    /// <summary>Takes off what was added since it had this length.</summary>
    public void Truncate(int length) => Length = Math.Min(Length, length);

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > KeptMax)
        {
            _bytes = new byte[1 << 13];
        }
    }

    private void Grow(int count)
    {
        long needed = (long)Length + count;
        if (needed > LengthMax)
        {
            throw new PureDumpException(
                ErrorKind.ScriptRefused,
                $"a statement is longer than {LengthMax} bytes, which no server takes",
                "a quote, a comment or a parenthesis that is never closed makes the rest of a script one statement");
        }

        Array.Resize(ref _bytes, (int)Math.Min(LengthMax, Math.Max(needed, 2L * _bytes.Length)));
    }
}
