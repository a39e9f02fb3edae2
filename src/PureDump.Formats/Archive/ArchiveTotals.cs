using System.Buffers.Binary;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Archive;

/// <summary>What the footer says of the whole archive: formats/pdump.md, section 4.3.</summary>
internal readonly record struct ArchiveTotals
{
    /// <summary>Its length in bytes.</summary>
    public const int Size = 64;

    /// <summary>The offset of the first index record.</summary>
    public long IndexOffset { get; init; }

    /// <summary>The number of index records.</summary>
    public long IndexRecordCount { get; init; }

    /// <summary>The number of rows records.</summary>
    public long BlockCount { get; init; }

    /// <summary>The number of end records.</summary>
    public long EndCount { get; init; }

    /// <summary>The number of rows.</summary>
    public long RowCount { get; init; }

    /// <summary>Bytes of all rows records before their codecs.</summary>
    public long RawBytes { get; init; }

    /// <summary>Bytes of all rows records in the file, without their headers.</summary>
    public long StoredBytes { get; init; }

    /// <summary>The length of the whole archive in bytes.</summary>
    public long Length { get; init; }

    /// <summary>Writes the totals into <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> target)
    {
        ReadOnlySpan<long> fields = [IndexOffset, IndexRecordCount, BlockCount, EndCount, RowCount, RawBytes, StoredBytes, Length];
        for (int i = 0; i < fields.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(target[(i * 8)..], fields[i]);
        }
    }

    /// <summary>Reads the totals out of <see cref="Size"/> bytes.</summary>
    /// <exception cref="PureDumpException">Another length, or a negative number (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public static ArchiveTotals Read(ReadOnlySpan<byte> source)
    {
        Span<long> fields = stackalloc long[Size / 8];
        bool isPossible = source.Length == Size;
        for (int i = 0; isPossible && i < fields.Length; i++)
        {
            fields[i] = BinaryPrimitives.ReadInt64LittleEndian(source[(i * 8)..]);
            isPossible = fields[i] >= 0;
        }

        return isPossible
            ? new ArchiveTotals
            {
                IndexOffset = fields[0],
                IndexRecordCount = fields[1],
                BlockCount = fields[2],
                EndCount = fields[3],
                RowCount = fields[4],
                RawBytes = fields[5],
                StoredBytes = fields[6],
                Length = fields[7],
            }
            : throw new PureDumpException(ErrorKind.ArchiveDamaged, "the footer of the archive is impossible");
    }
}
