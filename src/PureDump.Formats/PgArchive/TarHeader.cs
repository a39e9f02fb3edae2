using System.Buffers.Binary;
using System.Text;

namespace PureDump.Formats.PgArchive;

/// <summary>The header of a tar member, as far as archives need it: formats/pg-archive.md, section 6 (POSIX ustar).</summary>
/// <param name="Name">Of the member; each byte one character.</param>
/// <param name="Length">Of its content in bytes.</param>
/// <param name="Type"><c>'0'</c> or NUL for files.</param>
internal readonly record struct TarHeader(string Name, long Length, byte Type)
{
    /// <summary>Of a header; contents are filled up to a multiple of it.</summary>
    public const int Size = 512;

    internal const int NameOffset = 0;
    internal const int NameSize = 100;
    internal const int ModeOffset = 100;
    internal const int UserOffset = 108;
    internal const int GroupOffset = 116;
    internal const int LengthOffset = 124;
    internal const int LengthSize = 12;
    internal const int TimeOffset = 136;
    internal const int ChecksumOffset = 148;
    internal const int ChecksumSize = 8;
    internal const int TypeOffset = 156;
    internal const int MagicOffset = 257;
    internal const int UserNameOffset = 265;
    internal const int GroupNameOffset = 297;

    // 12 octal digits less the NUL that may end them.
    private const long OctalLengthMax = (1L << 33) - 1;
    private const byte Base256Mark = 0x80;

    /// <summary>Whether bytes begin with a header.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> block) =>
        block.Length >= Size && block[0] != 0 && Octal(block.Slice(ChecksumOffset, ChecksumSize)) == Checksum(block);

    /// <summary>Reads a header that <see cref="IsHeader"/>; null where its length is none.</summary>
    public static TarHeader? Read(ReadOnlySpan<byte> block)
    {
        ReadOnlySpan<byte> name = block.Slice(NameOffset, NameSize);
        int end = name.IndexOf((byte)0);
        ReadOnlySpan<byte> field = block.Slice(LengthOffset, LengthSize);
        long length = (field[0] & Base256Mark) != 0 ? Base256(field) : Octal(field);
        return length < 0 ? null : new TarHeader(Encoding.Latin1.GetString(end < 0 ? name : name[..end]), length, block[TypeOffset]);
    }

    /// <summary>Writes a header of a file.</summary>
    /// <param name="block">512 bytes.</param>
    /// <param name="time">Seconds since 1970.</param>
    public void Write(Span<byte> block, long time)
    {
        block.Clear();
        Encoding.ASCII.GetBytes(Name, block[NameOffset..]);
        WriteOctal(block.Slice(ModeOffset, 8), 0x180);
        WriteOctal(block.Slice(UserOffset, 8), 0);
        WriteOctal(block.Slice(GroupOffset, 8), 0);
        if (Length <= OctalLengthMax)
        {
            WriteOctal(block.Slice(LengthOffset, LengthSize), Length);
        }
        else
        {
            BinaryPrimitives.WriteInt64BigEndian(block.Slice(LengthOffset + LengthSize - sizeof(long)), Length);
            block[LengthOffset] = Base256Mark;
        }

        WriteOctal(block.Slice(TimeOffset, 12), time);
        block[TypeOffset] = (byte)'0';
        "ustar\0"u8.CopyTo(block[MagicOffset..]);
        "00"u8.CopyTo(block[(MagicOffset + 6)..]);
        "postgres"u8.CopyTo(block[UserNameOffset..]);
        "postgres"u8.CopyTo(block[GroupNameOffset..]);
        WriteOctal(block.Slice(ChecksumOffset, 7), Checksum(block));
        block[ChecksumOffset + 7] = (byte)' ';
    }

    /// <summary>The bytes that fill up a content.</summary>
    public static int PaddingOf(long length) => (int)(-length & (Size - 1));

    // The sum of all bytes, those of the checksum taken for blanks.
    private static long Checksum(ReadOnlySpan<byte> block)
    {
        long sum = ChecksumSize * ' ';
        for (int i = 0; i < Size; i++)
        {
            sum += i is >= ChecksumOffset and < ChecksumOffset + ChecksumSize ? 0 : block[i];
        }

        return sum;
    }

    private static long Octal(ReadOnlySpan<byte> field)
    {
        ReadOnlySpan<byte> digits = field.Trim(" \0"u8);
        long value = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                return -1;
            }

            value = (value << 3) | (long)(digit - (byte)'0');
        }

        return value;
    }

    private static long Base256(ReadOnlySpan<byte> field) =>
        field[0] == Base256Mark && field[1..^sizeof(long)].IndexOfAnyExcept((byte)0) < 0
            ? BinaryPrimitives.ReadInt64BigEndian(field[^sizeof(long)..])
            : -1;

    private static void WriteOctal(Span<byte> field, long value)
    {
        for (int i = field.Length - 2; i >= 0; i--)
        {
            field[i] = (byte)('0' + (value & 7));
            value >>= 3;
        }
    }
}
