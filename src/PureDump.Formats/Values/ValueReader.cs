using System.Buffers.Binary;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Values;

/// <summary>Takes a value in binary apart, front to back. What is not there is an error that names the type.</summary>
/// <param name="value">The value.</param>
/// <param name="type">Whose value.</param>
internal ref struct ValueReader(ReadOnlySpan<byte> value, ValueType type)
{
    private ReadOnlySpan<byte> _rest = value;

    /// <summary>How many bytes are left.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>The next byte.</summary>
    public byte Byte() => Take(1)[0];

    /// <summary>The next number of two bytes.</summary>
    public short Int2() => BinaryPrimitives.ReadInt16BigEndian(Take(2));

    /// <inheritdoc cref="Int2"/>
    public ushort UInt2() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    /// <summary>The next number of four bytes.</summary>
    public int Int4() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    /// <inheritdoc cref="Int4"/>
    public uint UInt4() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    /// <summary>The next number of eight bytes.</summary>
    public long Int8() => BinaryPrimitives.ReadInt64BigEndian(Take(8));

    /// <inheritdoc cref="Int8"/>
    public ulong UInt8() => BinaryPrimitives.ReadUInt64BigEndian(Take(8));

    /// <summary>The next floating-point number of four bytes.</summary>
    public float Float4() => BinaryPrimitives.ReadSingleBigEndian(Take(4));

    /// <summary>The next floating-point number of eight bytes.</summary>
    public double Float8() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>A number of things, which each take at least so many of the bytes that are left.</summary>
    public int Count(int sizeMin)
    {
        int count = Int4();
        return count >= 0 && count <= _rest.Length / sizeMin
            ? count
            : throw Malformed($"it announces {count} parts in {_rest.Length} bytes");
    }

    /// <summary>A value with its length before it. False for NULL.</summary>
    public bool TryField(out ReadOnlySpan<byte> field)
    {
        int length = Int4();
        field = length == -1 ? default : Take(length);
        return length != -1;
    }

    /// <summary>Text up to a zero byte, which is passed over.</summary>
    public ReadOnlySpan<byte> ZeroEnded()
    {
        int length = _rest.IndexOf((byte)0);
        ReadOnlySpan<byte> text = Take(length);
        Take(1);
        return text;
    }

    /// <summary>The next bytes.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)_rest.Length)
        {
            throw Malformed($"it ends {count - (long)_rest.Length} bytes too early");
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    /// <summary>Refuses bytes that are left.</summary>
    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            throw Malformed($"{_rest.Length} bytes follow its end");
        }
    }

    /// <summary>The error of a value that is not as its type says (<see cref="ErrorKind.ArchiveDamaged"/>).</summary>
    public readonly PureDumpException Malformed(string how) =>
        new(ErrorKind.ArchiveDamaged, $"a value in binary is no {type.Name}: {how}");
}
