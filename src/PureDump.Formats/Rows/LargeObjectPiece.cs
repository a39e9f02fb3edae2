using System.Buffers.Binary;
using PureDump.Formats.Archive;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Rows;

/// <summary>A row of a BLOBS entry: formats/pdump.md, section 4.1.</summary>
/// <param name="oid">Of the large object.</param>
/// <param name="offset">Of the piece in it, in bytes.</param>
/// <param name="data">The piece.</param>
public readonly ref struct LargeObjectPiece(uint oid, long offset, ReadOnlySpan<byte> data)
{
    /// <summary>Of the large object.</summary>
    public uint Oid { get; } = oid;

    /// <summary>Of the piece in it, in bytes.</summary>
    public long Offset { get; } = offset;

    /// <summary>The piece.</summary>
    public ReadOnlySpan<byte> Data { get; } = data;

    /// <summary>Takes the next piece off the rows of a block.</summary>
    /// <param name="rows">Binary COPY rows; moved behind the piece.</param>
    /// <exception cref="PureDumpException">They are not such rows (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public static LargeObjectPiece Take(ref ReadOnlySpan<byte> rows)
    {
        const int fixedSize = 2 + 4 + 4 + 4 + 8 + 4;
        bool isPiece = rows.Length >= fixedSize
            && BinaryPrimitives.ReadInt16BigEndian(rows) == 3
            && BinaryPrimitives.ReadInt32BigEndian(rows[2..]) == 4
            && BinaryPrimitives.ReadInt32BigEndian(rows[10..]) == 8;
        int length = isPiece ? BinaryPrimitives.ReadInt32BigEndian(rows[22..]) : -1;
        long offset = isPiece ? BinaryPrimitives.ReadInt64BigEndian(rows[14..]) : -1;
        if (offset < 0 || length is < 0 or > ArchiveLimits.LargeObjectPieceMax || length > rows.Length - fixedSize)
        {
            throw new PureDumpException(ErrorKind.ArchiveDamaged, "rows of large objects are not as the format says");
        }

        var piece = new LargeObjectPiece(BinaryPrimitives.ReadUInt32BigEndian(rows[6..]), offset, rows.Slice(fixedSize, length));
        rows = rows[(fixedSize + length)..];
        return piece;
    }
}
