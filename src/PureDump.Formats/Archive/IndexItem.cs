using System.Buffers.Binary;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Archive;

/// <summary>Where a rows record is: formats/pdump.md, section 4.2.</summary>
/// <param name="Entry">The entry it belongs to.</param>
/// <param name="Flags">The flags of its header.</param>
/// <param name="Sequence">Its number among the records of the entry.</param>
/// <param name="Offset">Of its header from the start of the archive, in bytes.</param>
/// <param name="RawLength">In bytes.</param>
/// <param name="StoredLength">In bytes.</param>
/// <param name="RowCount">Rows that begin in it.</param>
internal readonly record struct IndexItem(int Entry, uint Flags, long Sequence, long Offset, int RawLength, int StoredLength, int RowCount)
{
    /// <summary>Its length in bytes.</summary>
    public const int Size = 40;

    internal const int FlagsOffset = 4;
    internal const int SequenceOffset = 8;
    internal const int OffsetOffset = 16;
    internal const int RawOffset = 24;
    internal const int StoredOffset = 28;
    internal const int RowsOffset = 32;
    internal const int ReservedOffset = 36;

    /// <summary>The record goes on with a row of the one before.</summary>
    public bool IsContinuation => (Flags & RecordHeader.ContinuationFlag) != 0;

    /// <summary>What the header of the record says, as far as the item tells.</summary>
    public RecordHeader Header => new()
    {
        Type = RecordType.Rows,
        Flags = Flags,
        Entry = Entry,
        Sequence = Sequence,
        RawLength = RawLength,
        StoredLength = StoredLength,
        RowCount = RowCount,
    };

    /// <summary>Writes the item into <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, Entry);
        BinaryPrimitives.WriteUInt32LittleEndian(target[FlagsOffset..], Flags);
        BinaryPrimitives.WriteInt64LittleEndian(target[SequenceOffset..], Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(target[OffsetOffset..], Offset);
        BinaryPrimitives.WriteInt32LittleEndian(target[RawOffset..], RawLength);
        BinaryPrimitives.WriteInt32LittleEndian(target[StoredOffset..], StoredLength);
        BinaryPrimitives.WriteInt32LittleEndian(target[RowsOffset..], RowCount);
        BinaryPrimitives.WriteInt32LittleEndian(target[ReservedOffset..], 0);
    }

    /// <summary>Reads an item out of <see cref="Size"/> bytes.</summary>
    /// <exception cref="PureDumpException">Numbers that cannot be (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public static IndexItem Read(ReadOnlySpan<byte> source)
    {
        var item = new IndexItem(
            BinaryPrimitives.ReadInt32LittleEndian(source),
            BinaryPrimitives.ReadUInt32LittleEndian(source[FlagsOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[SequenceOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[OffsetOffset..]),
            BinaryPrimitives.ReadInt32LittleEndian(source[RawOffset..]),
            BinaryPrimitives.ReadInt32LittleEndian(source[StoredOffset..]),
            BinaryPrimitives.ReadInt32LittleEndian(source[RowsOffset..]));
        bool isPossible = item.Entry > 0 && item.Sequence >= 0 && item.Offset >= ArchiveHeader.Size && item.RowCount >= 0
            && item.RawLength is >= 0 and <= ArchiveLimits.RecordLengthMax && item.StoredLength >= 0 && item.StoredLength <= item.RawLength
            && BinaryPrimitives.ReadInt32LittleEndian(source[ReservedOffset..]) == 0;
        return isPossible
            ? item
            : throw new PureDumpException(ErrorKind.ArchiveDamaged, "the index of the archive holds an impossible item");
    }
}
