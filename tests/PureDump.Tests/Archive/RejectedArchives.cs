using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using PureDump.Formats.Archive;
using PureDump.Formats.Archive.Cluster;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.Pg;
using PureDump.Tests.Columns;

namespace PureDump.Tests.Archive;

/// <summary>
/// An archive that breaks one rule of formats/pdump.md, section 11, and no other. Its name is RULE-PLACE or RULE-PLACE-NUMBER; the place
/// says who must find it: <c>toc</c> whoever reads the table of contents, <c>order</c> whoever goes over the records, <c>rows</c> whoever
/// reads that rows record, <c>payload</c> whoever decodes it, <c>cluster</c> whoever reads the cluster.
/// </summary>
internal sealed record RejectedArchive(string Name, Func<byte[]> Make)
{
    public string Rule => Name.Split('-')[0];

    public string Place => Name.Split('-')[1];
}

/// <summary>All archives of formats/golden/rejected.</summary>
internal static class RejectedArchives
{
    private static readonly byte[] s_long = SampleArchive.Row(new byte[600]);

    public static IReadOnlyList<RejectedArchive> All { get; } =
    [
        .. FileHeaders(),
        .. RecordHeaders(),
        .. Codecs(),
        .. Orders(),
        .. Indexes(),
        .. TextRows(),
        .. BinaryRows(),
        .. Columns(),
        .. Tocs(),
        .. Limits(),
        .. Clusters(),
    ];

    private static IEnumerable<RejectedArchive> FileHeaders()
    {
        yield return new("H1-toc", static () => Edited(static bytes => bytes[1] = (byte)'Q'));
        yield return new("H1-toc-2", static () => new RecordArchive().Build()[..40]);
        yield return new("H2-toc", static () => Edited(static bytes => bytes[ArchiveHeader.CreatedOffset] ^= 1));
        yield return new("H3-toc", static () => WithHeader(static header => header[ArchiveHeader.MajorOffset] = 2));
        yield return new("H4-toc", static () => WithHeader(static header => header[ArchiveHeader.FlagsOffset] |= 8));
        yield return new("H4-toc-2", static () => WithHeader(static header => header[ArchiveHeader.ReservedOffset] = 1));
        yield return new("H5-toc", static () => WithHeader(static header => header[ArchiveHeader.FlagsOffset] |= 4));
    }

    private static IEnumerable<RejectedArchive> RecordHeaders()
    {
        yield return new("R1-toc", static () => Toc(static record => record with { Damage = static bytes => bytes[0] ^= 1 }));
        yield return new("R1-rows", static () => Rows(static record => record with { Damage = static bytes => bytes[0] ^= 1 }));
        yield return new("R1-order", static () => Body(static body => body[3] = body[3] with { Damage = static bytes => bytes[0] ^= 1 }));
        yield return new(
            "R2-toc",
            static () => Toc(static record => record with { Damage = static bytes => bytes[RecordHeader.RowsOffset] ^= 1 }));
        yield return new(
            "R2-rows",
            static () => Rows(static record => record with { Damage = static bytes => bytes[RecordHeader.RowsOffset] ^= 1 }));
        yield return new(
            "R2-order",
            static () => Body(static body => body[3] = body[3] with { Damage = static bytes => bytes[RecordHeader.EntryOffset] ^= 1 }));
        foreach (
            (string rule, int offset, byte value) in ((string, int, byte)[])
                [
                    ("R3", RecordHeader.TypeOffset, 0),
                    ("R3", RecordHeader.TypeOffset, 8),
                    ("R4", RecordHeader.CodecOffset, 3),
                    ("R5", RecordHeader.FormatOffset, 2),
                    ("R6", RecordHeader.LayoutOffset, 2),
                    ("R7", RecordHeader.FlagsOffset, 4),
                    ("R8", RecordHeader.ReservedOffset, 1),
                    ("R8", RecordHeader.ContentHashOffset + 7, 1),
                ])
        {
            string number = value == 8 || offset > RecordHeader.ReservedOffset ? "-2" : "";
            yield return new($"{rule}-toc{number}", () => Toc(record => record with { Change = header => header[offset] = value }));
            yield return new($"{rule}-rows{number}", () => Rows(record => record with { Change = header => header[offset] = value }));
            yield return new(
                $"{rule}-order{number}",
                () => Body(body => body[3] = body[3] with { Change = header => header[offset] = value }));
        }

        yield return new("R7-order-3", static () => Body(static body => body[3] = body[3] with { Flags = RecordHeader.ContinuesFlag }));
        yield return new("R7-toc-3", static () => Toc(static record => record with { Flags = RecordHeader.ContinuationFlag }));
        yield return new(
            "R9-rows",
            static () =>
                Rows(static record => record with { Change = static header => WriteLengths(header, ArchiveLimits.RecordLengthMax + 1, 20) })
        );
        yield return new(
            "R9-toc",
            static () =>
                Toc(static record =>
                    record with
                    {
                        Change = static header =>
                            WriteLengths(header, ArchiveLimits.RecordLengthMax + 1, ArchiveLimits.RecordLengthMax + 1),
                    }
                ));
        yield return new(
            "R10-toc",
            static () => Toc(static record => record with { Change = static header => WriteLengths(header, 1000, 999) }));
        yield return new(
            "R10-rows",
            static () =>
                Rows(static record => record with { Change = header => WriteLengths(header, record.Raw.Length + 1, record.Raw.Length) }));
        yield return new("R11-toc", static () => Toc(static record => record with { Codec = PayloadCodec.Lz4 }));
        yield return new("R11-rows", static () => Rows(static record => record with { Codec = PayloadCodec.Zstd }));
        yield return new(
            "R12-rows",
            static () => Body(static body => body[2] = body[2] with { Change = header => ChangeToColumns(header, body[2].Raw.Length) }));
        yield return new("R12-toc", static () => Toc(static record => record with { Layout = RowLayout.Columns, RawLength = 100_000 }));
        yield return new(
            "R13-rows",
            static () =>
                Body(static body =>
                {
                    body[0] = body[0] with
                    {
                        Change = header => ChangeToColumns(header, body[0].Raw.Length),
                        Flags = RecordHeader.ContinuesFlag,
                    };
                    body[1] = body[1] with { Flags = RecordHeader.ContinuationFlag };
                }));
        yield return new("R14-rows", static () => Rows(static record => record with { Layout = RowLayout.Columns }));
        yield return new("R15-toc", static () => Toc(static record => record with { Damage = static bytes => bytes[^1] ^= 1 }));
        yield return new("R15-rows", static () => Rows(static record => record with { Damage = static bytes => bytes[^1] ^= 1 }));
        yield return new("R15-order", static () => Body(static body => body[3] = body[3] with { Damage = static bytes => bytes[^1] ^= 1 }));
        yield return new("R16-toc", static () => Toc(static record => record with { Format = RowFormat.Binary }));
        yield return new("R16-toc-2", static () => Toc(static record => record with { RowCount = 1 }));
        yield return new("R16-order", static () => Body(static body => body[3] = body[3] with { RowCount = 2 }));
    }

    private static IEnumerable<RejectedArchive> Codecs()
    {
        byte[] zstd = Compressed("zstd:1", s_long);
        byte[] lz4 = Compressed("lz4", s_long);
        byte[] empty = [0x28, 0xb5, 0x2f, 0xfd, 0x20, 0x00, 0x01, 0x00, 0x00];
        byte[] passedOver = [0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4];
        yield return Payload("R17-payload", PayloadCodec.Lz4, lz4, s_long.Length + 1);
        yield return Payload("R17-payload-2", PayloadCodec.Zstd, zstd, s_long.Length - 1);
        yield return new(
            "R17-toc",
            () =>
                Toc(record =>
                    record with
                    {
                        Codec = PayloadCodec.Lz4,
                        Stored = Compressed("lz4", record.Raw),
                        RawLength = record.Raw.Length + 1,
                    }
                ));
        yield return Payload("R18-payload", PayloadCodec.Lz4, [0xff, 1, 2, 3]);
        yield return Payload("R18-payload-2", PayloadCodec.Lz4, lz4[..^1]);
        yield return Payload("R19-payload", PayloadCodec.Zstd, [1, 2, 3, 4, 5, 6, 7]);
        yield return Payload("R19-payload-2", PayloadCodec.Zstd, [.. zstd, .. empty]);
        yield return Payload("R19-payload-3", PayloadCodec.Zstd, [.. passedOver, .. zstd]);
        yield return Payload("R19-payload-4", PayloadCodec.Zstd, [.. zstd, .. passedOver]);
        yield return Payload("R19-payload-5", PayloadCodec.Zstd, [.. zstd, 0]);
        yield return Payload("R19-payload-6", PayloadCodec.Zstd, [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58, .. RleBlock(s_long.Length)]);
        yield return new(
            "R19-toc",
            () => Toc(record => record with { Codec = PayloadCodec.Zstd, Stored = [.. Compressed("zstd:1", record.Raw), .. passedOver] }));

        static RejectedArchive Payload(string name, PayloadCodec codec, byte[] stored, int? rawLength = null) =>
            new(
                name,
                () =>
                    new RecordArchive()
                        .WithOrders(
                            new(RecordType.Rows, s_long)
                            {
                                Codec = codec,
                                Stored = stored,
                                RawLength = rawLength ?? s_long.Length,
                                RowCount = 1,
                            }
                        )
                        .Build());
    }

    private static IEnumerable<RejectedArchive> Orders()
    {
        yield return new("O1-toc", static () => new RecordArchive { Toc = null }.Build());
        yield return new("O1-toc-2", static () => Toc(static record => record with { Sequence = 1 }));
        yield return new("O1-toc-3", static () => Toc(static record => record with { Flags = RecordHeader.ContinuesFlag }));
        yield return new(
            "O2-order",
            static () => new RecordArchive { ChangeToc = static record => [record, record with { Sequence = 1 }] }.Build());
        yield return new(
            "O3-order",
            static () =>
                Body(static body =>
                    body.Add(
                        new(RecordType.Rows, SampleArchive.Row(67))
                        {
                            Entry = 99,
                            Format = RowFormat.Binary,
                            RowCount = 1,
                        }
                    )));
        yield return new(
            "O3-order-2",
            static () =>
                Body(static body =>
                    body.Add(
                        new(RecordType.Rows, SampleArchive.Row(67))
                        {
                            Entry = 1,
                            Format = RowFormat.Binary,
                            RowCount = 1,
                        }
                    )));
        yield return new("O3-order-3", static () => Body(static body => body.Add(RecordArchive.End(1, 0, 0, 0))));
        yield return new(
            "O4-order",
            static () => Body(static body => (body[0], body[1]) = (body[0] with { Sequence = 1 }, body[1] with { Sequence = 2 })));
        yield return new("O5-order", static () => Body(static body => body[1] = body[1] with { Sequence = 0 }));
        yield return new("O6-order", static () => Body(static body => (body[2], body[4]) = (body[4], body[2])));
        yield return new("O7-order", static () => Body(static body => body.RemoveAt(3)));
        yield return new("O7-order-2", static () => Body(static body => body.RemoveRange(3, 2)));
        yield return new("O8-order", static () => Body(static body => body.Add(body[3])));
        yield return new("O9-order", static () => Body(static body => body[3] = RecordArchive.End(RecordArchive.Orders, 3, 2)));
        yield return new("O9-order-2", static () => Body(static body => body[3] = RecordArchive.End(RecordArchive.Orders, 2, 3)));
        yield return new("O9-order-3", static () => Body(static body => body[3] = RecordArchive.End(RecordArchive.Orders, 2, 2, 1)));
        yield return new("O10-order", static () => Body(static body => body[3] = body[3] with { Sequence = 1 }));
        yield return new(
            "O10-order-2",
            static () => Body(static body => body[3] = new(RecordType.End, [.. body[3].Stored, 0]) { Entry = RecordArchive.Orders }));
        yield return new("O11-order", static () => Pieces((SampleArchive.Row(65), RecordHeader.ContinuationFlag, 0)));
        yield return new("O11-order-2", static () => Pieces((s_long[..300], 0, 1), (s_long[300..], RecordHeader.ContinuationFlag, 0)));
        yield return new("O12-order", static () => Pieces((s_long[..300], RecordHeader.ContinuesFlag, 1)));
        yield return new("O12-order-2", static () => Pieces((s_long[..300], RecordHeader.ContinuesFlag, 1), (s_long, 0, 1)));
        yield return new(
            "O12-order-3",
            static () =>
                Body(static body =>
                {
                    body.RemoveAll(static record => record.Entry == RecordArchive.Orders);
                    body.Insert(
                        1,
                        new(RecordType.Rows, s_long[..300])
                        {
                            Entry = RecordArchive.Orders,
                            Format = RowFormat.Binary,
                            Flags = RecordHeader.ContinuesFlag,
                            RowCount = 1,
                        }
                    );
                    body.Insert(0, RecordArchive.End(RecordArchive.Orders, 0, 0, 0));
                }));
        yield return new(
            "O12-order-4",
            static () =>
                Body(static body =>
                {
                    body.RemoveAll(static record => record.Entry == RecordArchive.Orders);
                    body.Insert(
                        0,
                        new(RecordType.Rows, s_long[..300])
                        {
                            Entry = RecordArchive.Orders,
                            Format = RowFormat.Binary,
                            Flags = RecordHeader.ContinuesFlag,
                            RowCount = 1,
                        }
                    );
                    body.Insert(
                        2,
                        new(RecordType.Rows, s_long[300..])
                        {
                            Entry = RecordArchive.Orders,
                            Format = RowFormat.Binary,
                            Sequence = 1,
                            Flags = RecordHeader.ContinuationFlag,
                        }
                    );
                    body.Add(RecordArchive.End(RecordArchive.Orders, 2, 1, s_long.Length));
                }));
        yield return new(
            "O13-order",
            static () =>
                Pieces(
                    ([.. SampleArchive.Row(65), .. s_long[..300]], RecordHeader.ContinuesFlag, 2),
                    (s_long[300..], RecordHeader.ContinuationFlag, 0)));
        yield return new(
            "O13-order-2",
            static () =>
                Pieces(
                    (s_long[..300], RecordHeader.ContinuesFlag, 1),
                    ([.. s_long[300..], .. s_long[..300]], RecordHeader.ContinuationFlag | RecordHeader.ContinuesFlag, 1),
                    (s_long[300..], RecordHeader.ContinuationFlag, 0)));
    }

    private static IEnumerable<RejectedArchive> Indexes()
    {
        yield return new("O14-order", static () => new RecordArchive { ChangeIndex = static _ => [] }.Build());
        yield return new("O15-order", static () => Items(static items => items[..^1]));
        yield return new("O15-order-2", static () => Items(static items => [.. items, items[^1]]));
        yield return new("O15-order-3", static () => Items(static items => [items[1], items[0], items[2]]));
        yield return new(
            "O15-order-4",
            static () => Items(static items => [items[0] with { Offset = items[0].Offset + 1 }, .. items[1..]]));
        yield return new("O15-order-5", static () => Items(static items => [items[0] with { RowCount = 2 }, .. items[1..]]));
        yield return new(
            "O15-order-6",
            static () => Items(static items => [items[0] with { RawLength = items[0].RawLength + 1 }, .. items[1..]]));
        yield return new("O15-order-7", static () => Items(static items => [items[0] with { Entry = RecordArchive.Notes }, .. items[1..]]));
        yield return new(
            "O16-order",
            static () => new RecordArchive { ChangeIndex = static record => [record with { Sequence = 1 }] }.Build());
        yield return new(
            "O16-order-2",
            static () => new RecordArchive { ChangeIndex = static record => [record with { Flags = RecordHeader.ContinuesFlag }] }.Build());
        yield return new(
            "O16-order-3",
            static () => new RecordArchive { ChangeIndex = static record => [record, new(RecordType.Index, []) { Sequence = 1 }] }.Build());
        yield return new(
            "O16-order-4",
            static () => new RecordArchive { ChangeIndex = static record => [record with { Entry = RecordArchive.Orders }] }.Build());
        yield return new(
            "O17-order",
            static () => new RecordArchive { ChangeIndex = static record => [new(RecordType.Index, [.. record.Raw, 0])] }.Build());
        yield return new(
            "O17-order-2",
            static () =>
                new RecordArchive
                {
                    ChangeIndex = static record => [new(RecordType.Index, Changed(record.Raw, IndexItem.ReservedOffset))],
                }.Build());
        foreach (
            (int number, Func<ArchiveTotals, ArchiveTotals> change) in ((int, Func<ArchiveTotals, ArchiveTotals>)[])
                [
                    (1, static totals => totals with { IndexOffset = totals.IndexOffset + 1 }),
                    (2, static totals => totals with { IndexRecordCount = 2 }),
                    (3, static totals => totals with { BlockCount = 2 }),
                    (4, static totals => totals with { EndCount = 1 }),
                    (5, static totals => totals with { RowCount = 5 }),
                    (6, static totals => totals with { RawBytes = 0 }),
                    (7, static totals => totals with { StoredBytes = 0 }),
                    (8, static totals => totals with { Length = totals.Length - 1 }),
                ])
        {
            yield return new($"O18-order-{number}", () => new RecordArchive { ChangeTotals = change }.Build());
        }

        yield return new("O19-order", static () => new RecordArchive { ChangeFooter = static _ => [] }.Build());
        yield return new("O19-order-2", static () => new RecordArchive().Build()[..^30]);
        yield return new(
            "O19-order-3",
            static () => new RecordArchive { ChangeFooter = static record => [record with { Sequence = 1 }] }.Build());
        yield return new(
            "O19-order-4",
            static () => new RecordArchive { ChangeFooter = static record => [record with { Entry = 1 }] }.Build());
        yield return new("O20-order", static () => new RecordArchive { Tail = [0] }.Build());
        yield return new("O20-order-2", static () => new RecordArchive { ChangeFooter = static record => [record, record] }.Build());
        yield return new("O21-order", static () => Body(static body => body.Add(new(RecordType.Directory, [1, 2, 3]))));
        yield return new("O21-order-2", static () => Body(static body => body.Add(new(RecordType.ClusterFooter, new byte[64]))));
        yield return new("O22-order", static () => Body(static body => body[^1] = body[^1] with { Behind = new byte[7] }));
    }

    private static IEnumerable<RejectedArchive> TextRows()
    {
        yield return Text("W1-payload", "1\tx", 1);
        yield return Text("W1-payload-2", "1\tx\n2\ty", 1);
        yield return Text("W2-payload", "1\tx\n2\ty\n", 1);
        yield return Text("W2-payload-2", "1\tx\n", 2);
        yield return Text("W3-payload", "1\tx\n\\.\n2\ty\n", 3);
        yield return Text("W3-payload-2", "1\tx\\.\n2\ty\n", 2);
        yield return Text("W4-payload", "1\n", 1);
        yield return Text("W4-payload-2", "1\tx\ty\n", 1);
        yield return Text("W5-payload", "1\tx\\\ny\n", 1);
        yield return new(
            "W8-payload",
            static () =>
                Body(
                    static body => body[2] = body[2] with { Raw = s_long, Format = RowFormat.Binary, RowCount = 1 },
                    static body => body[4] = RecordArchive.End(RecordArchive.Notes, 1, 1, s_long.Length)));
        yield return new("W8-payload-2", static () => Body(static body => body[1] = body[1] with { Format = RowFormat.Text }));
        yield return new(
            "W9-payload",
            static () =>
                new RecordArchive
                {
                    Toc = TocWith(static entry => entry.Id.Value == RecordArchive.Orders ? entry with { Rows = null } : entry),
                }.Build());

        static RejectedArchive Text(string name, string rows, int rowCount) =>
            new(name, () => new RecordArchive().WithNotes(rows, rowCount).Build());
    }

    private static IEnumerable<RejectedArchive> BinaryRows()
    {
        byte[] row = SampleArchive.Row(65, 66);
        yield return Binary("W1-payload-3", row[..^1]);
        yield return Binary("W1-payload-4", row[..4]);
        yield return Binary("W1-payload-5", [.. row, 0]);
        yield return Binary("W2-payload-3", [.. row, .. row]);
        yield return Binary("W2-payload-4", row, 2);
        yield return Binary("W2-payload-5", [], 1);
        yield return Binary("W3-payload-3", [.. row, 0xff, 0xff]);
        yield return Binary("W3-payload-4", [.. row, 0xff, 0xff], 2);
        yield return Binary("W4-payload-3", [0, 1, .. row.AsSpan(2, 8)]);
        yield return Binary("W4-payload-4", [0, 3, .. row.AsSpan(2), 0xff, 0xff, 0xff, 0xff]);
        yield return Binary("W4-payload-5", [.. BinaryCopy.Header, .. row]);
        yield return Binary("W6-payload", [0, 2, 0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xff, 0xff]);
        yield return Binary("W6-payload-2", [0, 2, 0x7f, 0xff, 0xff, 0xff, 1, 2, 3]);
        yield return Binary("W6-payload-3", [0, 2, 0, 0, 0, 9, 1, 2, 3]);
        yield return new(
            "W6-payload-4",
            static () =>
                Pieces(
                    ([0, 2, 0xff, 0xff, 0xff, 0xff, 0x7f], RecordHeader.ContinuesFlag, 1),
                    ([0xff, 0xff, 0xff, 1, 2], RecordHeader.ContinuationFlag, 0)));
        yield return new(
            "W7-payload",
            static () => Pieces((s_long, RecordHeader.ContinuesFlag, 1), (SampleArchive.Row(65), RecordHeader.ContinuationFlag, 0)));
        yield return new(
            "W7-payload-2",
            static () => Pieces((s_long[..300], RecordHeader.ContinuesFlag, 1), (s_long[300..^1], RecordHeader.ContinuationFlag, 0)));
        byte[] piece = [0, 3, 0, 0, 0, 4, 0, 0, 3, 233, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 65, 66];
        yield return Objects("W10-payload", [.. piece[..^6], 0xff, 0xff, 0xff, 0xff]);
        yield return Objects("W10-payload-2", [0, 3, 0, 0, 0, 3, .. piece[7..]]);
        yield return Objects("W10-payload-3", [.. piece[..14], 0xff, .. piece[15..]]);

        static RejectedArchive Binary(string name, byte[] rows, int rowCount = 1) =>
            new(name, () => new RecordArchive().WithOrders(new(RecordType.Rows, rows) { RowCount = rowCount }).Build());

        static RejectedArchive Objects(string name, byte[] rows) =>
            new(
                name,
                () =>
                    new RecordArchive
                    {
                        Toc = TocWith(static entry =>
                            entry.Id.Value == RecordArchive.Orders
                                ? entry with
                                {
                                    Kind = EntryKind.LargeObjects,
                                    Rows = null,
                                    LargeObjectOids = [1001],
                                }
                                : entry),
                    }
                        .WithOrders(new(RecordType.Rows, rows) { RowCount = 1 })
                        .Build());
    }

    // Images of ten rows of two columns without any value, but for what is wrong.
    private static IEnumerable<RejectedArchive> Columns()
    {
        const int rowCount = 10;
        byte[] nothing = new byte[8];
        byte[] huge = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f];
        yield return Lengths("K1-payload", 100, 4);
        yield return Lengths("K1-payload-2", 4, 0);
        yield return Lengths("K1-payload-3", 4, 5);
        yield return Lengths("K1-payload-4", 4, ArchiveLimits.CodedLengthMax + 1);
        yield return Image("K2-payload", [3, 0, 1, 1, 1], columnCount: 3);
        yield return Image("K2-payload-2", [0, 0], columnCount: 2);
        yield return Image("K2-payload-3", [0xff, 0xff], columnCount: 2);
        yield return Image("K3-payload", [2, 0, 1, 3]);
        yield return Image("K3-payload-2", [2, 0, 1, 0, 7]);
        yield return Image("K3-payload-3", [2, 0, 1, 0, 0, 2, 0, .. nothing, 0]);
        yield return Image("K3-payload-4", [2, 0, 1, 0, 0, 0, 0, .. nothing, 3]);
        yield return Image("K3-payload-5", [2, 0, 1, 0, 1, 3, 0, 0, .. nothing]);
        yield return Image("K3-payload-6", [2, 0, 1, 0, 0, 0, 8, .. nothing, 2]);
        yield return Image("K4-payload", [2, 0, 1]);
        yield return Image("K4-payload-2", [2, 0, 1, 0, 0, 0, 8, .. nothing, 0]);
        yield return Image("K5-payload", [2, 0, 1, 1, 0]);
        yield return Image("K5-payload-2", [2, 0, 1, 1], plain: [0]);
        yield return Image("K6-payload", [2, 0, 1, 0, 0, 0, 0, .. huge, 0]);
        yield return Image("K6-payload-2", [2, 0, 1, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0]);
        yield return Image(
            "K7-payload",
            [2, 0, 1, 0, 3, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, (byte)'x', 0, 0, 5, 0, 0, 0, 0, 0, 0, 0],
            valueLength: rowCount);
        yield return Image("K7-payload-2", [2, 0, 1, 0, 6, 1, 0, 1, 1, 2, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0, 0, .. new byte[17], 0, 0, 0, 0]);
        yield return Image(
            "K8-payload",
            [2, 0, 1, 0, 6, 1, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, (byte)'x', 10, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
        yield return Image("K9-payload", [2, 0, 1, 0, 5, 4, 1, 0, 0, 0, .. nothing], valueLength: 4 * rowCount);
        yield return Image("K9-payload-2", [2, 0, 1, 0, 5, 4, 0, 0, 0, 0, .. nothing], valueLength: 4 * rowCount);
        yield return Image("K10-payload", [2, 0, 1, 2, 0xff, 0xff, 0, 0, 0, .. nothing, 0]);

        static RejectedArchive Image(string name, byte[] coded, byte[]? plain = null, int columnCount = 2, int valueLength = 0) =>
            new(name, () => OfImage([.. Int32(coded.Length), .. Int32(coded.Length), .. coded, .. plain ?? []], columnCount, valueLength));

        static RejectedArchive Lengths(string name, int stored, int raw) =>
            new(name, () => OfImage([.. Int32(stored), .. Int32(raw), 2, 0, 1, 1], 2, 0));

        static byte[] OfImage(byte[] image, int columnCount, int valueLength) =>
            new RecordArchive()
                .WithOrders(
                    new(RecordType.Rows, [])
                    {
                        Layout = RowLayout.Columns,
                        Stored = image,
                        RawLength = (rowCount * (2 + (4 * columnCount))) + valueLength,
                        RowCount = rowCount,
                    }
                )
                .Build();
    }

    private static IEnumerable<RejectedArchive> Tocs()
    {
        byte[] toc = RecordArchive.TocBytes(RecordArchive.SampleToc());
        yield return OfToc("T1-toc", [2, .. toc[1..]]);
        yield return OfToc("T2-toc", Replaced("\u0006TABLE", "\0"u8.ToArray()));
        yield return OfToc("T2-toc-2", Replaced("\u0005UTF8", [0]));
        yield return OfToc("T3-toc", Replaced("\u0005shop", [5, 0xff, (byte)'h', (byte)'o', (byte)'p']));
        yield return OfToc("T3-toc-2", Replaced("DROP TABLE public.orders", [0xc3, .. "ROP TABLE public.orders"u8]));
        yield return OfToc("T4-toc", Replaced("\u0005shop", "\u0005sh\0p"u8.ToArray()));
        yield return OfToc("T5-toc", [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02, .. toc[1..]]);
        yield return OfToc("T6-toc", [.. toc, 0]);
        yield return OfToc("T7-toc", toc[..^1]);
        yield return OfToc("T7-toc-2", Replaced("\u0005UTF8", [0x80, 0x80, 0x02, .. "UTF8"u8]));
        yield return OfEntry("T8-toc", entry => entry with { Id = new DumpId(0) });
        yield return OfToc(
            "T8-toc-2",
            RecordArchive.TocBytes(RecordArchive.SampleToc()).AsSpan().ToArray() is var twice ? Twice(twice) : []);
        yield return OfEntry("T9-toc", entry => entry with { Section = 0 });
        yield return OfEntry("T9-toc-2", entry => entry with { Section = (Section)5 });
        yield return OfEntry("T10-toc", entry => entry with { Dependencies = [new DumpId(2), new DumpId(1)] });
        yield return OfEntry("T10-toc-2", entry => entry with { Dependencies = [new DumpId(77)] });
        yield return OfEntry("T11-toc", entry => entry with { Rows = entry.Rows! with { LoadInto = ("public", null!) } });
        yield return OfToc("T12-toc", Replaced("\u0005UTF8", "\u0005UTF9"u8.ToArray()));
        yield return OfToc("T12-toc-2", Replaced("\u0005UTF8", [1]));
        yield return OfEntry("T13-toc", entry => entry with { RelKind = (char)200 });
        yield return OfEntry("T13-toc-2", entry => entry with { Rows = entry.Rows! with { Format = RowFormat.Statements } });
        yield return OfEntry("T14-toc", entry => entry with { Section = Section.PreData });
        yield return OfEntry("T14-toc-2", entry => entry with { Section = Section.None });
        yield return OfEntry("T15-toc", entry => entry with { Dependencies = [entry.Id] });
        yield return new(
            "T15-toc-2",
            () =>
                new RecordArchive
                {
                    Toc = TocWith(entry =>
                        entry.HasBlocks
                            ? entry with
                            {
                                Dependencies =
                                [
                                    new DumpId(entry.Id.Value == RecordArchive.Orders ? RecordArchive.Notes : RecordArchive.Orders),
                                ],
                            }
                            : entry),
                }.Build());

        byte[] Twice(byte[] bytes)
        {
            // The second entry takes the number of the first.
            int at = bytes.AsSpan().IndexOf("\u0006empty"u8);
            int start = bytes.AsSpan(0, at).LastIndexOf((ReadOnlySpan<byte>)[2, 0, 0, 6]);
            bytes[start] = 1;
            return bytes;
        }

        byte[] Replaced(string old, byte[] text)
        {
            int at = toc.AsSpan().IndexOf(Encoding.UTF8.GetBytes(old));
            return [.. toc[..at], .. text, .. toc[(at + Encoding.UTF8.GetByteCount(old))..]];
        }
    }

    private static IEnumerable<RejectedArchive> Limits()
    {
        byte[] toc = RecordArchive.TocBytes(RecordArchive.SampleToc());
        int entries = toc.AsSpan().IndexOf("the tests"u8) + "the tests".Length;
        yield return OfToc(
            "L1-toc",
            [
                .. toc[..1],
                .. VarInt(ArchiveLimits.NameLengthMax + 2),
                .. new string('n', ArchiveLimits.NameLengthMax + 1).Select(static c => (byte)c),
                .. toc[6..],
            ]);
        int create = toc.AsSpan().IndexOf("CREATE TABLE"u8);
        yield return OfToc("L2-toc", [.. toc[..(create - 1)], .. VarInt(ArchiveLimits.StatementLengthMax + 2), .. toc[create..]]);
        yield return OfToc("L3-toc", [.. toc[..entries], .. VarInt(ArchiveLimits.EntryCountMax + 1), .. toc[(entries + 1)..]]);
        yield return new(
            "L4-toc",
            static () =>
                Bomb(static _ => new byte[ArchiveLimits.RecordLengthMax], (ArchiveLimits.TocMemoryFree / ArchiveLimits.RecordLengthMax) + 1)
        );
        yield return new(
            "L4-toc-2",
            () =>
                Bomb(
                    number =>
                        number == 0
                            ?
                            [
                                .. toc[..entries],
                                .. VarInt((ArchiveLimits.TocMemoryFree / ArchiveLimits.EntryCost) + 1),
                                .. new byte[ArchiveLimits.RecordLengthMax - entries - 3],
                            ]
                            : new byte[ArchiveLimits.RecordLengthMax],
                    2));
        yield return OfEntry(
            "L5-toc",
            entry =>
                entry with
                {
                    Rows = entry.Rows! with { Columns = [.. Enumerable.Repeat(new RowColumn("c", "t"), ArchiveLimits.ColumnCountMax + 1)] },
                }
        );
        yield return new(
            "L6-toc",
            static () =>
                OfChangedEntry(
                    static entry => entry with { LargeObjectOids = [] },
                    static bytes =>
                    {
                        // dependencies: one, 1; large objects: none; then the rows.
                        int at = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[1, 1, 0, 1, 7, .. "public"u8]);
                        return [.. bytes[..(at + 2)], .. VarInt(ArchiveLimits.LargeObjectCountMax + 1), .. bytes[(at + 3)..]];
                    }
                ));

        static byte[] Bomb(Func<int, byte[]> piece, int count) =>
            new RecordArchive
            {
                ChangeToc = _ =>
                    Enumerable
                        .Range(0, count)
                        .Select(number =>
                        {
                            byte[] raw = piece(number);
                            return new BuiltRecord(RecordType.Toc, raw)
                            {
                                Codec = PayloadCodec.Zstd,
                                Stored = Compressed("zstd:19", raw),
                                Sequence = number,
                                Flags = number < count - 1 ? RecordHeader.ContinuesFlag : 0,
                            };
                        }),
            }.Build();
    }

    private static IEnumerable<RejectedArchive> Clusters()
    {
        byte[] globals = Member(MemberKind.Globals, SampleCluster.GlobalsOf("shop", "toys"));
        byte[] shop = Database("shop");
        byte[] toys = Database("toys");
        yield return new("C1-cluster", () => Cluster(("", globals), ("shop", Member(null, Named("shop"))), ("toys", toys)));
        yield return new("C2-cluster", () => Cluster(("", Database("")), ("shop", shop), ("toys", toys)));
        yield return new("C3-cluster", () => Cluster(("", globals), ("shop", Member(MemberKind.Globals, Named("shop"))), ("toys", toys)));
        yield return new(
            "C4-cluster",
            () => Cluster(("", Member(MemberKind.Globals, new Toc(Named("").Origin, Named("").Entries))), ("shop", shop)));
        yield return new(
            "C5-cluster",
            () =>
                Cluster(
                    ("", Member(MemberKind.Globals, new Toc(Named("g").Origin, SampleCluster.GlobalsOf("shop").Entries))),
                    ("shop", shop)));
        yield return new("C6-cluster", () => Cluster(("", globals), ("shop", toys), ("toys", shop)));
        yield return new(
            "C7-cluster",
            () => Cluster(("", Member(MemberKind.Globals, SampleCluster.GlobalsOf("shop", "shop"))), ("shop", shop), ("shop", shop)));
        yield return new(
            "C8-cluster",
            () => Cluster(("", Member(MemberKind.Globals, SampleCluster.GlobalsOf("shop"))), ("shop", shop), ("toys", toys)));
        yield return new("C9-cluster", () => Cluster(("", globals), ("shop", shop)));
        yield return new(
            "C10-cluster",
            () => Cluster(members => [members[0], members[2], members[1]], null, ("", globals), ("shop", shop), ("toys", toys)));
        yield return new(
            "C10-cluster-2",
            () =>
                Cluster(
                    members => [members[0], members[1] with { Length = members[1].Length - 1 }, members[2]],
                    null,
                    ("", globals),
                    ("shop", shop),
                    ("toys", toys)));
        yield return new(
            "C10-cluster-3",
            () =>
                Cluster(
                    members => [members[0], members[1], members[2] with { Kind = MemberKind.Globals }],
                    null,
                    ("", globals),
                    ("shop", shop),
                    ("toys", toys)));
        yield return new("C11-cluster", () => Cluster(null, null, extra: [0], null, ("", globals), ("shop", shop), ("toys", toys)));
        yield return new(
            "C12-cluster",
            () => Cluster(null, totals => totals with { MemberCount = 2 }, ("", globals), ("shop", shop), ("toys", toys)));
        yield return new(
            "C12-cluster-2",
            () => Cluster(null, totals => totals with { Length = totals.Length + 1 }, ("", globals), ("shop", shop), ("toys", toys)));
        yield return new(
            "C12-cluster-3",
            () => Cluster(null, totals => totals with { RowCount = 1 }, ("", globals), ("shop", shop), ("toys", toys)));
        yield return new("C13-cluster", () => Cluster(("", globals), ("shop", shop), ("toys", toys))[..^ClusterTotals.RecordSize]);
        yield return new("C13-cluster-2", () => globals);
        yield return new("C14-cluster", () => [.. Cluster(("", globals), ("shop", shop), ("toys", toys)), 0]);
        yield return new("C15-cluster", () => Cluster(null, null, [], gap: [1, 2, 3], ("", globals), ("shop", shop), ("toys", toys)));
        string name = new('x', ArchiveLimits.DatabaseNameLengthMax + 1);
        yield return new(
            "C16-cluster",
            () => Cluster(("", Member(MemberKind.Globals, SampleCluster.GlobalsOf(name))), (name, Database(name))));
        yield return new("C16-cluster-2", () => Cluster(("", Member(MemberKind.Globals, SampleCluster.GlobalsOf(""))), ("", Database(""))));

        static byte[] Database(string name) => Member(MemberKind.Database, Named(name));

        static Toc Named(string name) => new(SampleArchive.Toc.Origin with { Database = name }, RecordArchive.SampleToc().Entries);

        static byte[] Member(MemberKind? kind, Toc toc)
        {
            var archive = new RecordArchive { Toc = RecordArchive.TocBytes(toc) };
            RecordArchive.HeaderBytes(kind).CopyTo(archive.Header, 0);
            if (!toc.Entries.Any(static entry => entry.HasBlocks))
            {
                archive.Body = [];
            }

            return archive.Build();
        }
    }

    private static byte[] Cluster(params (string Name, byte[] Bytes)[] members) => Cluster(null, null, members);

    private static byte[] Cluster(
        Func<List<ClusterMember>, IReadOnlyList<ClusterMember>>? change,
        Func<ClusterTotals, ClusterTotals>? changeTotals,
        params (string Name, byte[] Bytes)[] members) => Cluster(change, changeTotals, [], [], members);

    private static byte[] Cluster(
        Func<List<ClusterMember>, IReadOnlyList<ClusterMember>>? change,
        Func<ClusterTotals, ClusterTotals>? changeTotals,
        byte[] extra,
        byte[]? gap,
        params (string Name, byte[] Bytes)[] members)
    {
        using var output = new MemoryStream();
        var placed = new List<ClusterMember>();
        ClusterTotals totals = default;
        foreach ((string name, byte[] bytes) in members)
        {
            long start = output.Position;
            output.Write(bytes);
            output.Write(placed.Count == 1 ? gap ?? [] : []);
            placed.Add(
                new ClusterMember(placed.Count == 0 ? MemberKind.Globals : MemberKind.Database, start, output.Position - start, name));
            var footer = ArchiveTotals.Read(bytes.AsSpan(bytes.Length - ArchiveTotals.Size));
            totals = totals with
            {
                RowCount = totals.RowCount + footer.RowCount,
                RawBytes = totals.RawBytes + footer.RawBytes,
                StoredBytes = totals.StoredBytes + footer.StoredBytes,
            };
        }

        var directory = new ArrayBufferWriter<byte>();
        long offset = output.Position;
        ClusterDirectory.Write(change?.Invoke(placed) ?? placed, directory);
        output.Write(new BuiltRecord(RecordType.Directory, [.. directory.WrittenSpan, .. extra]).Bytes());
        totals = totals with
        {
            DirectoryOffset = offset,
            DirectoryRecordCount = 1,
            MemberCount = members.Length,
            Length = output.Position + ClusterTotals.RecordSize,
        };
        output.Write(
            new BuiltRecord(
                RecordType.ClusterFooter,
                RecordArchive.BytesOf(ClusterTotals.Size, (changeTotals?.Invoke(totals) ?? totals).Write)).Bytes());
        return output.ToArray();
    }

    private static RejectedArchive OfToc(string name, byte[] toc) => new(name, () => new RecordArchive { Toc = toc }.Build());

    private static RejectedArchive OfEntry(string name, Func<TocEntry, TocEntry> change) =>
        new(name, () => OfChangedEntry(change, static bytes => bytes));

    private static byte[] OfChangedEntry(Func<TocEntry, TocEntry> change, Func<byte[], byte[]> edit) =>
        new RecordArchive { Toc = edit(TocWith(entry => entry.Id.Value == RecordArchive.Orders ? change(entry) : entry)) }.Build();

    // Not as a Toc, which would refuse what is wrong: as the bytes of one with an entry after the other.
    private static byte[] TocWith(Func<TocEntry, TocEntry> change)
    {
        Toc toc = RecordArchive.SampleToc();
        int head = RecordArchive.TocBytes(new Toc(toc.Origin, [])).Length;
        return
        [
            .. RecordArchive.TocBytes(new Toc(toc.Origin, []))[..^1],
            (byte)toc.Entries.Count,
            .. toc.Entries.Select(change).SelectMany(entry => EntryBytes(toc.Origin, entry, head)),
        ];
    }

    private static byte[] EntryBytes(DumpOrigin origin, TocEntry entry, int head)
    {
        var buffer = new ArrayBufferWriter<byte>();
        TocFormat.Write(new Toc(origin, [entry with { Dependencies = [] }]), buffer);
        byte[] alone = buffer.WrittenSpan[head..].ToArray();
        if (entry.Dependencies.Count == 0)
        {
            return alone;
        }

        // The numbers of dependencies and of large objects stand behind the relkind, and what follows them is known.
        buffer.Clear();
        TocFormat.Write(new Toc(origin, [entry with { Dependencies = [], LargeObjectOids = [], Rows = null }]), buffer);
        int at = buffer.WrittenCount - head - 3;
        return
        [
            .. alone[..at],
            (byte)entry.Dependencies.Count,
            .. entry.Dependencies.Select(static id => (byte)id.Value),
            .. alone[(at + 1)..],
        ];
    }

    private static byte[] Edited(Action<byte[]> edit)
    {
        byte[] archive = new RecordArchive().Build();
        edit(archive);
        return archive;
    }

    private static byte[] WithHeader(Action<byte[]> change)
    {
        var archive = new RecordArchive();
        RecordArchive.ChangeHeader(archive.Header, change);
        return archive.Build();
    }

    private static byte[] Toc(Func<BuiltRecord, BuiltRecord> change) =>
        new RecordArchive { ChangeToc = record => [change(record)] }.Build();

    private static byte[] Rows(Func<BuiltRecord, BuiltRecord> change) => Body(body => body[0] = change(body[0]));

    private static byte[] Body(params Action<List<BuiltRecord>>[] changes)
    {
        var archive = new RecordArchive();
        foreach (Action<List<BuiltRecord>> change in changes)
        {
            change(archive.Body);
        }

        return archive.Build();
    }

    private static byte[] Items(Func<List<IndexItem>, IEnumerable<IndexItem>> change) => new RecordArchive { ChangeItems = change }.Build();

    // The table with binary rows out of these records alone.
    private static byte[] Pieces(params (byte[] Rows, uint Flags, int RowCount)[] pieces) =>
        Body(body =>
        {
            body.RemoveAll(static record => record.Entry == RecordArchive.Orders);
            body.InsertRange(
                0,
                pieces.Select(
                    static (piece, number) =>
                        new BuiltRecord(RecordType.Rows, piece.Rows)
                        {
                            Entry = RecordArchive.Orders,
                            Format = RowFormat.Binary,
                            Sequence = number,
                            Flags = piece.Flags,
                            RowCount = piece.RowCount,
                        }
                ));
            body.Insert(
                pieces.Length,
                RecordArchive.End(
                    RecordArchive.Orders,
                    pieces.Length,
                    pieces.Sum(static piece => piece.RowCount),
                    pieces.Sum(static piece => piece.Rows.Length)));
        });

    private static void WriteLengths(byte[] header, int raw, int stored)
    {
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(RecordHeader.RawOffset), raw);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(RecordHeader.StoredOffset), stored);
    }

    // Says that the payload holds columns; what the index says of it stays.
    private static void ChangeToColumns(byte[] header, int stored)
    {
        header[RecordHeader.LayoutOffset] = (byte)RowLayout.Columns;
        WriteLengths(header, stored + 1, stored);
    }

    private static byte[] Changed(byte[] bytes, int at)
    {
        byte[] result = [.. bytes];
        result[at] ^= 1;
        return result;
    }

    private static byte[] Compressed(string codec, byte[] raw)
    {
        using var compressor = new PayloadCompressor(CodecSetting.Parse(codec));
        byte[] room = new byte[raw.Length];
        return room[..compressor.Compress(raw, room)];
    }

    private static byte[] RleBlock(int length)
    {
        int header = (length << 3) | 3;
        return [(byte)header, (byte)(header >> 8), (byte)(header >> 16), 0];
    }

    private static byte[] Int32(int value)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] VarInt(int value)
    {
        var bytes = new List<byte>();
        for (uint rest = (uint)value; ; rest >>= 7)
        {
            if (rest < 0x80)
            {
                bytes.Add((byte)rest);
                return [.. bytes];
            }

            bytes.Add((byte)(rest | 0x80));
        }
    }
}
