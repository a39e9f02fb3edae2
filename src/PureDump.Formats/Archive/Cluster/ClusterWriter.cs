using System.Buffers;
using System.IO.Hashing;

namespace PureDump.Formats.Archive.Cluster;

/// <summary>Writes what stands behind the members of a cluster, which write themselves (<see cref="ArchiveWriter"/>), one behind the
/// other.</summary>
/// <param name="output">Where to; written front to back, not disposed of.</param>
/// <remarks>
/// The archive of a cluster is whole archives one behind the other, each of a database: every reader, sink and check works on a member as
/// it is; damage stays inside one; one database is taken out by its place.
/// </remarks>
internal sealed class ClusterWriter(Stream output)
{
    private readonly List<ClusterMember> _members = [];
    private readonly byte[] _header = new byte[RecordHeader.Size];
    private ClusterTotals _totals;

    /// <summary>A member has been written to its end.</summary>
    /// <param name="name">Of the database, to connect with; empty for the globals, which come first.</param>
    /// <param name="totals">Of the member.</param>
    public void Add(string name, ArchiveTotals totals)
    {
        MemberKind kind = _members.Count == 0 ? MemberKind.Globals : MemberKind.Database;
        _members.Add(new ClusterMember(kind, _members.Count == 0 ? 0 : _members[^1].End, totals.Length, name));
        _totals = _totals with
        {
            RowCount = _totals.RowCount + totals.RowCount,
            RawBytes = _totals.RawBytes + totals.RawBytes,
            StoredBytes = _totals.StoredBytes + totals.StoredBytes,
        };
    }

    /// <summary>Writes the directory and the footer of the cluster. The output is not flushed to its medium.</summary>
    public ClusterTotals Complete()
    {
        long start = _members[^1].End;
        var directory = new ArrayBufferWriter<byte>();
        ClusterDirectory.Write(_members, directory);
        ReadOnlySpan<byte> rest = directory.WrittenSpan;
        long offset = start;
        long sequence = 0;
        do
        {
            ReadOnlySpan<byte> piece = rest[..Math.Min(rest.Length, ArchiveLimits.RecordLengthMax)];
            rest = rest[piece.Length..];
            offset += Write(RecordType.Directory, sequence++, rest.IsEmpty ? 0 : RecordHeader.ContinuesFlag, piece);
        }
        while (!rest.IsEmpty);

        ClusterTotals totals = _totals with
        {
            DirectoryOffset = start,
            DirectoryRecordCount = sequence,
            MemberCount = _members.Count,
            Length = offset + ClusterTotals.RecordSize,
        };
        Span<byte> footer = stackalloc byte[ClusterTotals.Size];
        totals.Write(footer);
        Write(RecordType.ClusterFooter, 0, 0, footer);
        output.Flush();
        return totals;
    }

    private int Write(RecordType type, long sequence, uint flags, ReadOnlySpan<byte> payload)
    {
        new RecordHeader
        {
            Type = type,
            Sequence = sequence,
            Flags = flags,
            RawLength = payload.Length,
            StoredLength = payload.Length,
            PayloadChecksum = XxHash3.HashToUInt64(payload),
        }.Write(_header);
        output.Write(_header);
        output.Write(payload);
        return _header.Length + payload.Length;
    }
}
