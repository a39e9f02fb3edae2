using System.Buffers.Binary;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Rows;

/// <summary>A row of a BLOBS entry: formats/pdump.md, section 4.1.</summary>
/// <param name="oid">Of the large object.</param>
/// <param name="offset">Of the piece in it, in bytes.</param>
/// <param name="data">The piece.</param>
internal readonly ref struct LargeObjectPiece(uint oid, long offset, ReadOnlySpan<byte> data)
{
    /// <summary>The fields of such a row.</summary>
    internal const int FieldCount = 3;

    private const int FixedSize = 2 + 4 + 4 + 4 + 8 + 4;

    /// <summary>Of the large object.</summary>
    public uint Oid { get; } = oid;

    /// <summary>Of the piece in it, in bytes.</summary>
    public long Offset { get; } = offset;

    /// <summary>The piece.</summary>
    public ReadOnlySpan<byte> Data { get; } = data;

    /// <summary>Adds a piece to a block, as such a row, read from a stream.</summary>
    /// <param name="block">Where to; it becomes a block of binary rows.</param>
    /// <param name="oid">Of the large object.</param>
    /// <param name="offset">Of the piece in it, in bytes.</param>
    /// <param name="content">What is left of the object.</param>
    /// <returns>How long the piece is; 0 where nothing is left (nothing is added then), -1 where the block has no room for one.</returns>
    public static int Add(RowBlock block, uint oid, long offset, Stream content)
    {
        Span<byte> room = block.Buffer.AsSpan(block.Length);
        if (room.Length < FixedSize + RowLimits.LargeObjectPieceMax)
        {
            return -1;
        }

        int length = content.ReadAtLeast(
            room.Slice(FixedSize, RowLimits.LargeObjectPieceMax),
            RowLimits.LargeObjectPieceMax,
            throwOnEndOfStream: false);
        if (length > 0)
        {
            BinaryPrimitives.WriteInt16BigEndian(room, FieldCount);
            BinaryPrimitives.WriteInt32BigEndian(room[2..], 4);
            BinaryPrimitives.WriteUInt32BigEndian(room[6..], oid);
            BinaryPrimitives.WriteInt32BigEndian(room[10..], 8);
            BinaryPrimitives.WriteInt64BigEndian(room[14..], offset);
            BinaryPrimitives.WriteInt32BigEndian(room[22..], length);
            block.Format = RowFormat.Binary;
            block.Length += FixedSize + length;
            block.RowCount++;
        }

        return length;
    }

    /// <summary>Takes the next piece off the rows of a block.</summary>
    /// <param name="rows">Binary COPY rows; moved behind the piece.</param>
    /// <exception cref="PureDumpException">They are not such rows (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public static LargeObjectPiece Take(ref ReadOnlySpan<byte> rows)
    {
        bool isPiece = rows.Length >= FixedSize
            && BinaryPrimitives.ReadInt16BigEndian(rows) == FieldCount
            && BinaryPrimitives.ReadInt32BigEndian(rows[2..]) == 4
            && BinaryPrimitives.ReadInt32BigEndian(rows[10..]) == 8;
        int length = isPiece ? BinaryPrimitives.ReadInt32BigEndian(rows[22..]) : -1;
        long offset = isPiece ? BinaryPrimitives.ReadInt64BigEndian(rows[14..]) : -1;
        if (offset < 0 || length is < 0 or > RowLimits.LargeObjectPieceMax || length > rows.Length - FixedSize)
        {
            throw new PureDumpException(ErrorKind.ArchiveDamaged, "rows of large objects are not as the format says");
        }

        var piece = new LargeObjectPiece(BinaryPrimitives.ReadUInt32BigEndian(rows[6..]), offset, rows.Slice(FixedSize, length));
        rows = rows[(FixedSize + length)..];
        return piece;
    }
}
