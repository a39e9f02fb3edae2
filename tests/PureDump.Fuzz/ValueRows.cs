using System.Buffers;
using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Values;

namespace PureDump.Fuzz;

/// <summary>Binary rows of a table with a column of each kind that has counts and lengths inside, and the types' statements.</summary>
internal static class ValueRows
{
    private static readonly DumpOrigin s_origin = new()
    {
        Database = "d",
        ServerVersion = "18.0",
        ServerVersionNumber = 180000,
        Encoding = "UTF8",
        Producer = "fuzz",
    };

    // A type, and a value of it in hexadecimal.
    private static readonly (string Type, string Value)[] s_columns =
    [
        ("integer", "00000007"),
        ("text", "615c09"),
        ("bytea", "00ff"),
        ("jsonb", "017b7d"),
        ("numeric", "0002000000000002" + "00011388"),
        ("date", "00001000"),
        ("timestamp with time zone", "0002000000000001"),
        ("interval", "0000000000000001" + "00000002" + "fffffff3"),
        ("double precision", "3fb999999999999a"),
        ("real", "7f7fffff"),
        ("inet", "03800010" + "20010db8000000000000000000000001"),
        ("bit varying", "00000009ff80"),
        ("polygon", "00000001" + "3ff0000000000000" + "4000000000000000"),
        ("pg_snapshot", "00000001" + "000000000000000a" + "0000000000000014" + "000000000000000b"),
        ("tsvector", "00000001" + "6100" + "0001" + "c001"),
        ("int4range", "02" + "00000004" + "00000001" + "00000004" + "00000005"),
        ("tstzmultirange", "00000001" + "00000019" + "02" + "00000008" + "0002000000000001" + "00000008" + "0002000000000002"),
        (
            "text[]",
            "00000002" + "00000001" + "00000019" + "00000001" + "00000000" + "00000002" + "00000001" + "00000001" + "61" + "ffffffff"),
        ("one.pair", "00000002" + "00000017" + "00000004" + "00000001" + "00000019" + "00000002" + "2c22"),
        (
            "one.pair[]",
            "00000001"
                + "00000000"
                + "00004000"
                + "00000001"
                + "00000001"
                + "00000014"
                + "00000002"
                + "00000017"
                + "ffffffff"
                + "00000019"
                + "00000000"),
    ];

    /// <summary>Statements that make types.</summary>
    public static IReadOnlyList<byte[]> Statements { get; } =
    [
        "CREATE TYPE one.pair AS (\n\ta integer,\n\t\"b b\" character varying(7) COLLATE \"C\"\n);\n"u8.ToArray(),
        "CREATE DOMAIN one.pair AS public.\"x y\"[] DEFAULT 1;\n"u8.ToArray(),
        "CREATE TYPE one.pair AS RANGE (\n    subtype = timestamp(3) with time zone,\n    multirange_type_name = one.m\n);\n"u8.ToArray(),
        "CREATE TYPE one.pair AS ENUM (\n    'a'\n);\n"u8.ToArray(),
    ];

    /// <summary>Two rows.</summary>
    public static byte[] Rows()
    {
        var rows = new List<byte>();
        for (int row = 0; row < 2; row++)
        {
            rows.AddRange([0, (byte)s_columns.Length]);
            foreach ((_, string value) in s_columns)
            {
                byte[] bytes = Convert.FromHexString(value);
                rows.AddRange([0, 0, 0, (byte)bytes.Length, .. bytes]);
            }
        }

        return [.. rows];
    }

    /// <summary>Reads them, whole and in pieces.</summary>
    public static void Read(byte[] bytes)
    {
        var types = new ValueTypes(new Toc(s_origin, [TypeEntry("CREATE TYPE one.pair AS (\n\ta integer,\n\tb text\n);\n")]));
        RowTextDecoder decoder = types.OpenDecoder(Table([.. s_columns.Select(column => column.Type)]));
        var target = new ArrayBufferWriter<byte>();
        int half = bytes.Length / 2;
        decoder.Decode(bytes.AsSpan(0, half), target);
        decoder.Decode(bytes.AsSpan(half), target);
        decoder.End();
    }

    /// <summary>Reads a statement, and asks for a column of its type.</summary>
    public static void ReadStatement(byte[] bytes)
    {
        string text = Encoding.Latin1.GetString(bytes);
        var types = new ValueTypes(new Toc(s_origin, [TypeEntry(text)]));
        types.FirstUnknown(Table("one.pair"));
        types.FirstUnknown(Table(text));
    }

    private static TocEntry TypeEntry(string sql) => new()
    {
        Id = new DumpId(1), Kind = EntryKind.Type, Schema = "one", Name = "pair", Section = Section.PreData, CreateSql = sql,
    };

    private static TableRows Table(params string[] types) => new()
    {
        Schema = "one",
        Table = "t",
        Format = RowFormat.Binary,
        Columns = [.. types.Select((type, i) => new RowColumn($"c{i}", type))],
    };
}
