using System.Buffers.Binary;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Archive.Cluster;

/// <summary>What the last record of a cluster says of the whole: formats/pdump.md, section 10.3.</summary>
internal readonly record struct ClusterTotals
{
    /// <summary>Its length in bytes.</summary>
    public const int Size = 64;

    /// <summary>The length of the record with its header, in bytes.</summary>
    internal const int RecordSize = RecordHeader.Size + Size;

    /// <summary>The offset of the first directory record.</summary>
    public long DirectoryOffset { get; init; }

    /// <summary>The number of directory records.</summary>
    public long DirectoryRecordCount { get; init; }

    /// <summary>The number of members.</summary>
    public long MemberCount { get; init; }

    /// <summary>The number of rows of all members.</summary>
    public long RowCount { get; init; }

    /// <summary>Bytes of all rows records before their codecs.</summary>
    public long RawBytes { get; init; }

    /// <summary>Bytes of all rows records in the file, without their headers.</summary>
    public long StoredBytes { get; init; }

    /// <summary>The length of the whole cluster in bytes.</summary>
    public long Length { get; init; }

    /// <summary>Writes the totals into <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> target)
    {
        ReadOnlySpan<long> fields = [DirectoryOffset, DirectoryRecordCount, MemberCount, RowCount, RawBytes, StoredBytes, 0, Length];
        for (int i = 0; i < fields.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(target[(i * 8)..], fields[i]);
        }
    }

    /// <summary>Reads the totals out of <see cref="Size"/> bytes.</summary>
    /// <exception cref="PureDumpException">Another length, a negative number, reserved bytes that are not zero (<see
    /// cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public static ClusterTotals Read(ReadOnlySpan<byte> source)
    {
        Span<long> fields = stackalloc long[Size / 8];
        bool isPossible = source.Length == Size;
        for (int i = 0; isPossible && i < fields.Length; i++)
        {
            fields[i] = BinaryPrimitives.ReadInt64LittleEndian(source[(i * 8)..]);
            isPossible = fields[i] >= 0;
        }

        return isPossible && fields[6] == 0
            ? new ClusterTotals
            {
                DirectoryOffset = fields[0],
                DirectoryRecordCount = fields[1],
                MemberCount = fields[2],
                RowCount = fields[3],
                RawBytes = fields[4],
                StoredBytes = fields[5],
                Length = fields[7],
            }
            : throw new PureDumpException(ErrorKind.ArchiveDamaged, "the footer of the cluster is impossible");
    }
}
