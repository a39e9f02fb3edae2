using System.Buffers.Binary;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Archive;

/// <summary>What an end record says of its entry: formats/pdump.md, section 4.</summary>
/// <param name="BlockCount">Rows records.</param>
/// <param name="RowCount">Rows.</param>
/// <param name="RawBytes">Bytes before the codecs.</param>
internal readonly record struct EntryTotals(long BlockCount, long RowCount, long RawBytes)
{
    /// <summary>Its length in bytes.</summary>
    public const int Size = 24;

    /// <summary>These totals and one more block.</summary>
    public EntryTotals Plus(int rowCount, int rawLength) => new(BlockCount + 1, RowCount + rowCount, RawBytes + rawLength);

    /// <summary>Writes the totals into <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteInt64LittleEndian(target, BlockCount);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], RowCount);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], RawBytes);
    }

    /// <summary>Reads the totals out of <see cref="Size"/> bytes.</summary>
    /// <exception cref="PureDumpException">Another length (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public static EntryTotals Read(ReadOnlySpan<byte> source) => source.Length == Size
        ? new EntryTotals(
            BinaryPrimitives.ReadInt64LittleEndian(source),
            BinaryPrimitives.ReadInt64LittleEndian(source[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[16..]))
        : throw new PureDumpException(ErrorKind.ArchiveDamaged, $"an end record has {source.Length} bytes, {Size} are due");
}
