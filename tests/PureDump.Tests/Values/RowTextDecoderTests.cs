using System.Buffers;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Values;
using PureDump.Fuzz;

namespace PureDump.Tests.Values;

/// <summary>What the decoder of binary rows makes of rows that are wrong, huge or many. What it makes of right ones is compared with
/// servers.</summary>
public sealed class RowTextDecoderTests
{
    private static readonly byte[] s_nestedArray = Convert.FromHexString(
        "00000001" + "00000000" + "00000017" + "00000001" + "00000001" + "00000004" + "00000007");

    // A type, a value in hexadecimal, and what is wrong with it.
    public static TheoryData<string, string, string> Malformed =>
        new()
        {
            { "integer", "0000", "it ends 2 bytes too early" },
            { "integer", "0000000000", "1 bytes follow its end" },
            { "integer", "", "it ends 4 bytes too early" },
            { "jsonb", "027b7d", "its form has version 2" },
            { "jsonb", "", "it ends 1 bytes too early" },
            { "numeric", "ffff000000000000", "it ends 131070 bytes too early" },
            { "numeric", "0001000000002710", "it ends 2 bytes too early" },
            { "numeric", "00010000000000002710", "a digit to the base of 10000 is 10000" },
            { "numeric", "0000000012340000", "its sign is 0x1234" },
            { "numeric", "000000000000ffff", "its scale is 65535" },
            { "date", "80000001", "it is out of range" },
            { "timestamp without time zone", "8000000000000001", "it is out of range" },
            { "time without time zone", "ffffffffffffffff", "it is out of range" },
            { "inet", "02210004" + "01020304", "there is no address of family 2" },
            { "inet", "02200010" + "01020304", "there is no address of family 2" },
            { "bit varying", "7fffffff00", "it announces 2147483647 bits in 1 bytes" },
            { "bit varying", "ffffffff", "it announces -1 bits" },
            { "path", "017fffffff", "it announces 2147483647 parts" },
            { "polygon", "ffffffff", "it announces -1 parts" },
            { "pg_snapshot", "10000000", "it announces 268435456 parts" },
            { "tsvector", "00000001616263", "too early" },
            { "integer[]", "000000070000000000000017", "it announces 7 dimensions" },
            { "integer[]", "000000010000000000000017" + "7fffffff00000001", "it announces 2147483647 elements" },
            {
                "integer[]",
                "000000060000000000000017"
                    + "000100000000000100010000000000010001000000000001000100000000000100010000000000010001000000000001",
                "elements in"
            },
            { "integer[]", "000000010000000000000017" + "000000017fffffff" + "ffffffff" + "00", "1 bytes follow its end" },
            {
                "integer[]",
                "000000010000000000000017" + "000000027fffffff" + "ffffffffffffffff",
                "a dimension has 2 elements from 2147483647 on"
            },
            { "integer[]", "000000010000000000000017" + "0000000000000001", "a dimension has 0 elements" },
            { "int4range", "20", "its flags are 0x20" },
            { "int4range", "02ffffffff", "a bound is null" },
            { "int4multirange", "00000001ffffffff" + "00", "a range is null" },
            { "one.pair", "0000000000", "it has 0 columns, the type 2" },
            { "one.pair", "00000002" + "00000017" + "80000000" + "00000000", "too early" },
        };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_value_is_an_error_that_names_its_column(string type, string value, string what)
    {
        byte[] bytes = Convert.FromHexString(value);
        RowTextDecoder decoder = Open(type);
        PureDumpException e = Assert.Throws<PureDumpException>(() => decoder.Decode(Row(bytes), new ArrayBufferWriter<byte>()));

        Assert.Equal(ErrorKind.ArchiveDamaged, e.Kind);
        Assert.StartsWith("one.t, row 1, column v: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(what, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0002", "it has 2 fields, the table 1 columns")]
    [InlineData("ffff", "it has -1 fields")]
    [InlineData("0001" + "fffffffe", "a value has the length -2")]
    public void A_malformed_row_is_an_error(string row, string what)
    {
        PureDumpException e = Assert.Throws<PureDumpException>(() =>
            Open("text").Decode(Convert.FromHexString(row), new ArrayBufferWriter<byte>()));
        Assert.Contains(what, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00")]
    [InlineData("0001")]
    [InlineData("000100")]
    [InlineData("0001" + "00000002" + "61")]
    [InlineData("0001" + "7fffffff" + "61")]
    public void Rows_that_end_inside_a_row_are_an_error(string rows)
    {
        RowTextDecoder decoder = Open("text");
        decoder.Decode(Convert.FromHexString(rows), new ArrayBufferWriter<byte>());
        Assert.Contains("end inside a row", Assert.Throws<PureDumpException>(decoder.End).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bytea")]
    [InlineData("text")]
    [InlineData("jsonb")]
    public void A_value_of_half_a_gigabyte_takes_no_more_memory_than_a_small_one(string type)
    {
        const int pieceSize = 1 << 20;
        const int pieceCount = 500;
        byte[] piece = new byte[pieceSize];
        piece.AsSpan().Fill((byte)'a');
        RowTextDecoder decoder = Open(type);
        var target = new CountingWriter();
        decoder.Decode(
            [0, 1, .. Length((pieceCount * pieceSize) + (type == "jsonb" ? 1 : 0)), .. type == "jsonb" ? [1] : Array.Empty<byte>()],
            target);
        decoder.Decode(piece, target);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1; i < pieceCount; i++)
        {
            decoder.Decode(piece, target);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 16);
        decoder.End();
        Assert.Equal(type == "bytea" ? 3 + (2L * pieceCount * pieceSize) + 1 : (pieceCount * (long)pieceSize) + 1, target.Count);
    }

    [Fact]
    public void A_length_that_is_not_there_is_not_allocated()
    {
        RowTextDecoder decoder = Open("integer[]");
        var target = new CountingWriter();
        long before = GC.GetAllocatedBytesForCurrentThread();
        decoder.Decode(Convert.FromHexString("0001" + "7fffffff" + "00"), target);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 16);
    }

    [Fact]
    public void Rows_cost_no_allocation()
    {
        const int rowCount = 10_000;
        string[] types =
        [
            "integer",
            "text",
            "timestamp with time zone",
            "numeric",
            "double precision",
            "uuid",
            "boolean",
            "integer[]",
            "one.pair",
            "jsonb",
            "interval",
        ];
        byte[][] values =
        [
            [0, 0, 0, 1],
            "a\tb"u8.ToArray(),
            [0, 2, 0, 0, 0, 0, 0, 1],
            Convert.FromHexString("0002000000000002" + "0001" + "1388"),
            [63, 185, 153, 153, 153, 153, 153, 154],
            new byte[16],
            [1],
            s_nestedArray,
            Convert.FromHexString("00000002" + "00000017" + "0000000400000001" + "00000019" + "0000000161"),
            [1, (byte)'{', (byte)'}'],
            new byte[16],
        ];
        byte[] row = Row(values);
        byte[] rows = [.. Enumerable.Repeat(row, rowCount).SelectMany(bytes => bytes)];
        RowTextDecoder decoder = Open(types);
        var target = new CountingWriter();
        decoder.Decode(rows, target);
        long before = GC.GetAllocatedBytesForCurrentThread();
        decoder.Decode(rows, target);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 16);
    }

    [Fact]
    public void The_rows_that_are_mutated_to_find_faults_are_whole() => ValueRows.Read(ValueRows.Rows());

    [Fact]
    public void Types_that_hold_themselves_or_go_too_deep_are_unknown()
    {
        const int count = 100_000;
        TocEntry[] chain = [.. Enumerable.Range(1, count).Select(i => TypeEntry(i, $"d{i}", $"CREATE DOMAIN one.d{i} AS one.d{i + 1};\n"))];
        var types = new ValueTypes(
            new Toc(Origin, [.. chain, TypeEntry(count + 1, $"d{count + 1}", $"CREATE DOMAIN one.d{count + 1} AS one.d1;\n")]));
        Assert.Equal("v", types.FirstUnknown(Table("one.d1"))?.Name);

        types = new ValueTypes(new Toc(Origin, [TypeEntry(1, "a", "CREATE TYPE one.a AS (\n\tx one.a[],\n\ty integer\n);\n")]));
        Assert.Equal("v", types.FirstUnknown(Table("one.a"))?.Name);
    }

    [Theory]
    [InlineData("CREATE TYPE one.x;\n")]
    [InlineData("CREATE TYPE one.x (\n    INTERNALLENGTH = 4\n);\n")]
    [InlineData("CREATE TYPE one.x AS (\n\ta integer")]
    [InlineData("CREATE TYPE one.x AS (\n\t\"a integer\n);\n")]
    [InlineData("CREATE TYPE one.x AS RANGE (\n    subtype = ")]
    [InlineData("CREATE DOMAIN one.x AS ")]
    [InlineData("CREATE DOMAIN one.x AS money;\n")]
    [InlineData("DROP TABLE x;\n")]
    public void What_does_not_say_how_a_type_is_made_leaves_it_unknown(string sql)
    {
        var types = new ValueTypes(new Toc(Origin, [TypeEntry(1, "x", sql)]));
        Assert.Equal("v", types.FirstUnknown(Table("one.x"))?.Name);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("integer[][]")]
    [InlineData("one.")]
    [InlineData("")]
    [InlineData("integer x")]
    [InlineData("regclass")]
    [InlineData("one.unknown")]
    public void A_name_that_names_no_type_is_unknown(string name) =>
        Assert.Equal("v", new ValueTypes(new Toc(Origin, [])).FirstUnknown(Table(name))?.Name);

    private static DumpOrigin Origin => new()
    {
        Database = "d", ServerVersion = "18.0", ServerVersionNumber = 180000, Encoding = "UTF8", Producer = "test",
    };

    private static RowTextDecoder Open(params string[] types)
    {
        TocEntry pair = TypeEntry(1, "pair", "CREATE TYPE one.pair AS (\n\ta integer,\n\tb text\n);\n");
        return new ValueTypes(new Toc(Origin, [pair])).OpenDecoder(Table(types));
    }

    private static TocEntry TypeEntry(int id, string name, string sql) => new()
    {
        Id = new DumpId(id), Kind = EntryKind.Type, Schema = "one", Name = name, Section = Section.PreData, CreateSql = sql,
    };

    private static TableRows Table(params string[] types) => new()
    {
        Schema = "one",
        Table = "t",
        Format = RowFormat.Binary,
        Columns = [.. types.Select((type, i) => new RowColumn(i == 0 ? "v" : $"v{i}", type))],
    };

    private static byte[] Row(params byte[][] values) =>
        [0, (byte)values.Length, .. values.SelectMany(value => (byte[])[.. Length(value.Length), .. value])];

    private static byte[] Length(int length) => [(byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length];

    private sealed class CountingWriter : IBufferWriter<byte>
    {
        private readonly byte[] _room = new byte[1 << 17];

        public long Count { get; private set; }

        public void Advance(int count) => Count += count;

        public Memory<byte> GetMemory(int sizeHint = 0) => _room;

        public Span<byte> GetSpan(int sizeHint = 0) => _room;
    }
}
