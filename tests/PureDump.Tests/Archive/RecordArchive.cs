using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using PureDump.Formats.Archive;
using PureDump.Formats.Archive.Cluster;
using PureDump.Formats.Entries;
using PureDump.Formats.Pg;
using PureDump.Tests.Columns;

namespace PureDump.Tests.Archive;

/// <summary>
/// An archive made record by record, so that any of them can be wrong: two tables, one with binary rows and one with text. What
/// follows from the records (offsets, checksums, index, footer) is right, but for what is changed on purpose.
/// </summary>
internal sealed class RecordArchive
{
    public const int Orders = 3;
    public const int Notes = 4;

    public RecordArchive()
    {
        Toc = TocBytes(SampleToc());
        Body =
        [
            new(RecordType.Rows, SampleArchive.Row(65)) { Entry = Orders, Format = RowFormat.Binary, RowCount = 1 },
            new(RecordType.Rows, SampleArchive.Row(66, 66)) { Entry = Orders, Format = RowFormat.Binary, Sequence = 1, RowCount = 1 },
            new(RecordType.Rows, "1\tx\n2\t\\N\n"u8.ToArray()) { Entry = Notes, RowCount = 2 },
            End(Orders, 2, 2),
            End(Notes, 1, 2),
        ];
    }

    /// <summary>The file header.</summary>
    public byte[] Header { get; } = HeaderBytes(null);

    /// <summary>The serialized Toc; null: the archive has none.</summary>
    public byte[]? Toc { get; set; }

    /// <summary>Is given the records of the Toc.</summary>
    public Func<BuiltRecord, IEnumerable<BuiltRecord>> ChangeToc { get; set; } = static record => [record];

    /// <summary>What stands between Toc and index.</summary>
    public List<BuiltRecord> Body { get; set; }

    /// <summary>Is given the items of the index.</summary>
    public Func<List<IndexItem>, IEnumerable<IndexItem>> ChangeItems { get; set; } = static items => items;

    /// <summary>Is given the record of the index.</summary>
    public Func<BuiltRecord, IEnumerable<BuiltRecord>> ChangeIndex { get; set; } = static record => [record];

    /// <summary>Is given what the footer says.</summary>
    public Func<ArchiveTotals, ArchiveTotals> ChangeTotals { get; set; } = static totals => totals;

    /// <summary>Is given the record of the footer.</summary>
    public Func<BuiltRecord, IEnumerable<BuiltRecord>> ChangeFooter { get; set; } = static record => [record];

    /// <summary>Stands behind the footer.</summary>
    public byte[] Tail { get; set; } = [];

    /// <summary>The only rows record of the table with binary rows, in place of those it has.</summary>
    public RecordArchive WithOrders(BuiltRecord record) => With(Orders, record);

    /// <summary>The only rows record of the table with text.</summary>
    public RecordArchive WithNotes(string rows, int rowCount) =>
        With(Notes, new(RecordType.Rows, Encoding.UTF8.GetBytes(rows)) { RowCount = rowCount });

    public byte[] Build()
    {
        using var output = new MemoryStream();
        output.Write(Header);
        foreach (BuiltRecord record in Toc is null ? [] : ChangeToc(new BuiltRecord(RecordType.Toc, Toc)))
        {
            output.Write(record.Bytes());
        }

        var items = new List<IndexItem>();
        foreach (BuiltRecord record in Body)
        {
            if (record.Type == RecordType.Rows)
            {
                items.Add(
                    new IndexItem(
                        record.Entry,
                        record.Flags,
                        record.Sequence,
                        output.Position,
                        record.RawLength,
                        record.Stored.Length,
                        record.RowCount));
            }

            output.Write(record.Bytes());
        }

        var totals = new ArchiveTotals
        {
            IndexOffset = output.Position,
            BlockCount = items.Count,
            EndCount = Body.Count(static record => record.Type == RecordType.End),
            RowCount = items.Sum(static item => item.RowCount),
            RawBytes = items.Sum(static item => item.RawLength),
            StoredBytes = items.Sum(static item => item.StoredLength),
        };
        byte[] index = [.. ChangeItems(items).SelectMany(static item => BytesOf(IndexItem.Size, item.Write))];
        foreach (BuiltRecord record in ChangeIndex(new BuiltRecord(RecordType.Index, index)))
        {
            output.Write(record.Bytes());
            totals = totals with { IndexRecordCount = totals.IndexRecordCount + 1 };
        }

        totals = ChangeTotals(totals with { Length = output.Position + RecordHeader.Size + ArchiveTotals.Size });
        foreach (BuiltRecord record in ChangeFooter(new BuiltRecord(RecordType.Footer, BytesOf(ArchiveTotals.Size, totals.Write))))
        {
            output.Write(record.Bytes());
        }

        output.Write(Tail);
        return output.ToArray();
    }

    public static BuiltRecord End(int entry, long blockCount, long rowCount, long? rawBytes = null) =>
        new(RecordType.End, [])
        {
            Entry = entry,
            Totals = new EntryTotals(
                blockCount,
                rowCount,
                rawBytes ?? (entry == Orders ? SampleArchive.Row(65).Length + SampleArchive.Row(66, 66).Length : 9)),
        };

    public static byte[] HeaderBytes(MemberKind? member) => BytesOf(ArchiveHeader.Size, new ArchiveHeader(null, member).Write);

    /// <summary>A changed file header with a checksum that is right.</summary>
    public static void ChangeHeader(byte[] header, Action<byte[]> change)
    {
        change(header);
        BinaryPrimitives.WriteUInt64LittleEndian(
            header.AsSpan(ArchiveHeader.ChecksumOffset),
            XxHash3.HashToUInt64(header.AsSpan(0, ArchiveHeader.ChecksumOffset)));
    }

    public static Toc SampleToc()
    {
        TocEntry orders = SampleArchive.Toc.Entries[2];
        TocEntry notes = SampleArchive.Toc.Entries[3];
        return new Toc(
            SampleArchive.Toc.Origin,
            [
                SampleArchive.Toc.Entries[0],
                SampleArchive.Toc.Entries[1] with { CreateSql = "CREATE TABLE public.empty (\n    id integer,\n    \"Größe\" text\n);\n" },
                orders,
                notes with { Rows = notes.Rows! with { Format = RowFormat.Text, Columns = orders.Rows!.Columns } },
            ]);
    }

    public static byte[] TocBytes(Toc toc)
    {
        var buffer = new ArrayBufferWriter<byte>();
        TocFormat.Write(toc, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] BytesOf(int size, SpanAction write)
    {
        byte[] bytes = new byte[size];
        write(bytes);
        return bytes;
    }

    public delegate void SpanAction(Span<byte> target);

    private RecordArchive With(int entry, BuiltRecord record)
    {
        Body.RemoveAll(one => one.Entry == entry);
        Body.Insert(0, record with { Entry = entry, Format = entry == Orders ? record.Format | RowFormat.Binary : record.Format });
        Body.Add(End(entry, 1, record.RowCount, record.RawLength));
        return this;
    }
}

/// <summary>A record with right checksums, and a header that may say anything.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Raw">The payload before the codec.</param>
internal sealed record BuiltRecord(RecordType Type, byte[] Raw)
{
    private readonly byte[]? _stored;
    private readonly int? _rawLength;

    public int Entry { get; init; }

    public RowFormat Format { get; init; }

    public long Sequence { get; init; }

    public uint Flags { get; init; }

    public int RowCount { get; init; }

    public Formats.Codec.PayloadCodec Codec { get; init; }

    public RowLayout Layout { get; init; }

    /// <summary>Of an end record.</summary>
    public EntryTotals? Totals { get; init; }

    /// <summary>The payload as it stands; usually the raw one.</summary>
    public byte[] Stored
    {
        get => _stored ?? (Totals is { } totals ? RecordArchive.BytesOf(EntryTotals.Size, totals.Write) : Raw);
        init => _stored = value;
    }

    public int RawLength
    {
        get => _rawLength ?? (Totals is null ? Raw.Length : Stored.Length);
        init => _rawLength = value;
    }

    /// <summary>Changes bytes of the header, whose checksum is made after it.</summary>
    public Action<byte[]>? Change { get; init; }

    /// <summary>Changes bytes of the whole record, after all checksums.</summary>
    public Action<byte[]>? Damage { get; init; }

    /// <summary>Bytes that stand behind the record and belong to none.</summary>
    public byte[] Behind { get; init; } = [];

    public byte[] Bytes()
    {
        byte[] header = RecordArchive.BytesOf(RecordHeader.Size, new RecordHeader
        {
            Type = Type,
            Codec = Codec,
            Format = Format,
            Layout = Layout,
            Flags = Flags,
            Entry = Entry,
            Sequence = Sequence,
            RawLength = RawLength,
            StoredLength = Stored.Length,
            RowCount = RowCount,
            PayloadChecksum = XxHash3.HashToUInt64(Stored),
        }.Write);
        Change?.Invoke(header);
        BinaryPrimitives.WriteUInt64LittleEndian(
            header.AsSpan(RecordHeader.HeaderChecksumOffset),
            XxHash3.HashToUInt64(header.AsSpan(0, RecordHeader.HeaderChecksumOffset)));
        byte[] record = [.. header, .. Stored, .. Behind];
        Damage?.Invoke(record);
        return record;
    }
}
