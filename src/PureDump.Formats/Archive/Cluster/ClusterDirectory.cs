using System.Buffers;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;

namespace PureDump.Formats.Archive.Cluster;

/// <summary>The directory of a cluster: formats/pdump.md, section 10.2.</summary>
internal static class ClusterDirectory
{
    /// <summary>Writes the items.</summary>
    public static void Write(IReadOnlyList<ClusterMember> members, IBufferWriter<byte> output)
    {
        var writer = new TocFormat.Writer(output, TextEncoding.Of("UTF8"));
        writer.Number((ulong)members.Count);
        foreach (ClusterMember member in members)
        {
            writer.Number((ulong)member.Kind);
            writer.Number((ulong)member.Offset);
            writer.Number((ulong)member.Length);
            writer.Text(member.Name);
        }
    }

    /// <summary>Reads the items.</summary>
    /// <param name="source">The payloads of all directory records.</param>
    /// <param name="end">The offset of the first directory record, where the last member must end.</param>
    /// <exception cref="PureDumpException">A rule of section 10.2 or 10.4 is broken (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public static IReadOnlyList<ClusterMember> Read(ReadOnlySpan<byte> source, long end)
    {
        var reader = new TocFormat.Reader(source, "directory of the members");
        int count = reader.Count(ArchiveLimits.MemberCountMax, ArchiveLimits.EntryCost, "number of members");
        var members = new List<ClusterMember>(count);
        var names = new HashSet<string>(StringComparer.Ordinal);
        long offset = 0;
        for (int i = 0; i < count; i++)
        {
            var member = new ClusterMember(
                (MemberKind)reader.Number((ulong)MemberKind.Database, "kind of a member"),
                (long)reader.Number(long.MaxValue, "offset of a member"),
                (long)reader.Number(long.MaxValue, "length of a member"),
                reader.Text("name of a member"));
            MemberKind due = i == 0 ? MemberKind.Globals : MemberKind.Database;
            bool isNamed = due == MemberKind.Globals ? member.Name.Length == 0 : ClusterNames.Checked(member.Name).Length > 0;
            if (member.Kind != due || !isNamed || !names.Add(member.Name) || member.Offset != offset || member.Length > end - offset)
            {
                throw Damaged($"member {i} cannot be {member.Label} of {member.Length} bytes at offset {member.Offset}");
            }

            members.Add(member);
            offset = member.End;
        }

        return count > 0 && offset == end && reader.IsAtEnd
            ? members
            : throw Damaged($"its members end at offset {offset}, it begins at {end}");
    }

    /// <summary>Reads the records of the directory and the cluster footer behind them.</summary>
    /// <param name="input">At the first directory record.</param>
    /// <returns>The members, and what the footer says; its totals of rows are not compared with anything.</returns>
    /// <exception cref="PureDumpException">They are damaged or cut off, or do not fit one another (<see
    /// cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public static (IReadOnlyList<ClusterMember> Members, ClusterTotals Totals) Read(MemberSplitter input)
    {
        long start = input.Offset;
        long recordCount = 0;
        var bytes = new ArrayBufferWriter<byte>();
        RecordHeader record;
        do
        {
            long at = input.Offset;
            record = input.ReadRecord(out ReadOnlySpan<byte> payload);
            bool fits = record is { Type: RecordType.Directory, Entry: 0, Codec: Codec.PayloadCodec.None } && record.Sequence == recordCount
                && bytes.WrittenCount + payload.Length <= ArchiveLimits.DirectoryLengthMax;
            if (!fits)
            {
                throw Damaged($"the record at offset {at} is {record.Type} {record.Sequence}, due is {RecordType.Directory} {recordCount}");
            }

            bytes.Write(payload);
            recordCount++;
        }
        while ((record.Flags & RecordHeader.ContinuesFlag) != 0);
        IReadOnlyList<ClusterMember> members = Read(bytes.WrittenSpan, start);
        record = input.ReadRecord(out ReadOnlySpan<byte> footer);
        if (record is not { Type: RecordType.ClusterFooter, Codec: Codec.PayloadCodec.None })
        {
            throw Damaged($"{record.Type} stands where the footer of the cluster is due");
        }

        var totals = ClusterTotals.Read(footer);
        ClusterTotals have = totals with
        {
            DirectoryOffset = start,
            DirectoryRecordCount = recordCount,
            MemberCount = members.Count,
            Length = input.Offset,
        };
        return totals == have
            ? (members, totals)
            : throw Damaged(
                $"the footer of the cluster announces {totals.MemberCount} members and {totals.Length} bytes, there are "
                    + $"{have.MemberCount} and {have.Length}");
    }

    /// <summary>Reads directory and footer behind members that were read, compares, and sees that nothing follows.</summary>
    /// <param name="input">At the first directory record, or where it should be.</param>
    /// <param name="seen">The members that were read.</param>
    /// <param name="have">The rows that were read, in all of them.</param>
    /// <returns>What the footer says.</returns>
    /// <exception cref="PureDumpException">They are damaged or cut off, or say something else (<see
    /// cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public static ClusterTotals Compare(MemberSplitter input, IReadOnlyList<ClusterMember> seen, ClusterTotals have)
    {
        (IReadOnlyList<ClusterMember> members, ClusterTotals totals) = Read(input);
        for (int i = 0; i < Math.Max(members.Count, seen.Count); i++)
        {
            if (i >= members.Count || i >= seen.Count || members[i] != seen[i])
            {
                throw Damaged($"it announces {Describe(members, i)} as member {i}, there is {Describe(seen, i)}");
            }
        }

        if ((totals.RowCount, totals.RawBytes, totals.StoredBytes) != (have.RowCount, have.RawBytes, have.StoredBytes))
        {
            throw Damaged(
                $"the footer of the cluster announces {totals.RowCount} rows of {totals.RawBytes} bytes, there are {have.RowCount} of "
                    + $"{have.RawBytes}");
        }

        return input.Look() == ClusterPart.End
            ? totals
            : throw new PureDumpException(ErrorKind.ArchiveDamaged, $"bytes follow the footer of the cluster, at offset {input.Offset}");
    }

    private static string Describe(IReadOnlyList<ClusterMember> members, int index) =>
        index < members.Count ? $"{members[index].Label} of {members[index].Length} bytes at offset {members[index].Offset}" : "none";

    private static PureDumpException Damaged(string what) =>
        new(ErrorKind.ArchiveDamaged, $"the directory of the cluster is damaged: {what}");
}
