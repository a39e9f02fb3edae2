using System.Buffers.Binary;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Columns;

/// <summary>The two parts of a column image while they are read: formats/pdump.md, section 4.4. Nothing is taken that is not
/// there.</summary>
internal ref struct ImageInput(ReadOnlySpan<byte> coded, ReadOnlySpan<byte> plain)
{
    private ReadOnlySpan<byte> _coded = coded;
    private ReadOnlySpan<byte> _plain = plain;

    /// <summary>Whether everything was taken.</summary>
    public readonly bool IsAtEnd => _coded.IsEmpty && _plain.IsEmpty;

    public static PureDumpException Damaged(string what) => new(ErrorKind.ArchiveDamaged, $"a block of columns {what}");

    public ReadOnlySpan<byte> Take(bool isPlain, int count)
    {
        if (isPlain)
        {
            return TakePlain(count);
        }

        if (count > _coded.Length)
        {
            throw TooShort(count, _coded.Length);
        }

        ReadOnlySpan<byte> taken = _coded[..count];
        _coded = _coded[count..];
        return taken;
    }

    /// <summary>All that is left of the plain part, which stays where it is.</summary>
    public readonly ReadOnlySpan<byte> PlainLeft => _plain;

    public byte ReadByte() => Take(isPlain: false, 1)[0];

    public int ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(isPlain: false, sizeof(ushort)));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(isPlain: false, sizeof(uint)));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(isPlain: false, sizeof(ulong)));

    private ReadOnlySpan<byte> TakePlain(int count)
    {
        if (count > _plain.Length)
        {
            throw TooShort(count, _plain.Length);
        }

        ReadOnlySpan<byte> taken = _plain[..count];
        _plain = _plain[count..];
        return taken;
    }

    private static PureDumpException TooShort(int due, int there) => Damaged($"ends early: {due} bytes are due, {there} are there");
}
