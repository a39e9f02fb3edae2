using System.Globalization;
using System.Text;

namespace PureDump.ServerTests.Values;

/// <summary>Values of a type: the edges by hand, and some hundred made by the server at random.</summary>
/// <param name="Type">The type, in SQL.</param>
/// <param name="Edges">Literals of it.</param>
/// <param name="Random">An expression of it, evaluated for <c>g</c> = 1, 2, ...; null where the edges say all.</param>
internal sealed record SampleValues(string Type, string[] Edges, string? Random = null)
{
    private const int RandomCount = 300;

    /// <summary>The first major that has them.</summary>
    public int Since { get; init; }

    // A random word of bytes that all have a meaning somewhere: quotes, brackets, white space, letters of two bytes.
    private const string Word =
        """(SELECT coalesce(string_agg(substr(E' \t\n\r\v\f\b\\"''{}()[],;:abNULLüé🐘', 1 + floor(random() * 31)::int, 1), ''), '')"""
        + " FROM generate_series(1, floor(random() * 9)::int + g * 0))";

    private const string Number = "((random() - 0.5) * pow(10, floor(random() * 40)::int - 20))::numeric";
    private const string Day = "(date '2000-01-01' + floor((random() - 0.5) * 1000000)::int)";
    private const string Time =
        "(timestamp '2000-01-01' + make_interval(secs => floor((random() - 0.5) * 1e11) + CASE g % 3 WHEN 0 THEN 0 WHEN 1 THEN "
            + "round(random()::numeric, 2) ELSE random() END::float8))";
    private const string Integer = "(floor((random() - 0.5) * pow(10, floor(random() * 9)::int)))::int";
    private const string Bytes = "decode(md5(g::text), 'hex')";
    private const string Point = "point((random() - 0.5) * pow(10, g % 20), -random() / pow(10, g % 12))";

    /// <summary>Values of all built-in types that are read in binary, and of types made of them.</summary>
    public static IReadOnlyList<SampleValues> All { get; } =
    [
        new("boolean", ["true", "false"]),
        new("smallint", ["-32768", "0", "32767"], "floor((random() - 0.5) * 65536)::int2"),
        new("integer", ["-2147483648", "0", "2147483647"], Integer),
        new(
            "bigint",
            ["-9223372036854775808", "0", "9223372036854775807"],
            "floor((random() - 0.5) * pow(10, floor(random() * 18)::int))::int8"),
        new("oid", ["0", "4294967295"], "floor(random() * 4294967295)::int8::oid"),
        new("xid", ["0", "4294967295"]),
        new("cid", ["0", "4294967295"]),
        new("xid8", ["0", "18446744073709551615"]),
        new("real", Reals()),
        new("double precision", Doubles()),
        new(
            "numeric",
            [
                "NaN",
                "0",
                "-0.0",
                "0.000",
                "1e-16383",
                "1e131071",
                "-1e-30",
                "9999",
                "10000",
                "10000.0000",
                "0.0001",
                "0.00010",
                "12345678901234567890123456789012345678901234567890.5",
                "1.50",
            ],
            $"round({Number}, g % 25)"),
        new("numeric", ["Infinity", "-Infinity"]) { Since = 14 },
        new("numeric(20,3)", ["0", "-0.001", "99999999999999999.999"], "random() * 100000"),
        new("text", ["", " ", @"\", @"\N", @"\.", "Grüße 🐘"], Word),
        new("character varying(20)", ["", "abc  "], Word),
        new("character(5)", ["ab", "Größe", ""], $"substr({Word}, 1, 5)"),
        new("bpchar", ["ab  ", ""]),
        new("name", ["", "some name"], Word),
        new("\"char\"", ["", "a", @"\"], "chr(1 + g % 127)::\"char\""),
        new("\"char\"", [@"\377", @"\200"]) { Since = 16 },
        new("bytea", [@"\x", @"\x00ff7f5c"], $"substr({Bytes}, 1 + g % 16)"),
        new(
            "date",
            [
                "4713-01-01 BC",
                "0001-01-01 BC",
                "0001-12-31 BC",
                "0001-01-01",
                "infinity",
                "-infinity",
                "5874897-12-31",
                "2000-02-29",
                "1900-02-28",
                "10000-01-01",
            ],
            Day),
        new("date", [], "date '4713-01-01 BC' + g * 19000"),
        new("date", [], "date '1999-12-01' + g * 5"),
        new(
            "time",
            ["00:00", "24:00", "23:59:59.999999", "12:00:00.1", "12:00:00.000001"],
            "time '00:00' + make_interval(secs => random() * 86000)"),
        new("time(2)", ["12:00:00.126"]),
        new("timetz", ["12:00:00+15:59", "00:00-15:59:59", "24:00+00", "01:02:03.4-00:30", "01:02+00:00:01"]),
        new(
            "timestamp",
            [
                "4713-01-01 00:00:00 BC",
                "infinity",
                "-infinity",
                "294276-12-31 23:59:59.999999",
                "1999-12-31 23:59:59.999999",
                "2000-01-01",
                "0001-12-31 23:59:59.5 BC",
            ],
            Time),
        new("timestamp(3)", ["2000-01-01 00:00:00.1236"]),
        new(
            "timestamptz",
            ["4713-01-02 00:00:00+00 BC", "0044-03-15 12:00:00+00 BC", "infinity", "-infinity", "294276-12-31 23:59:59.999999+00"],
            $"({Time} AT TIME ZONE 'UTC')"),
        new(
            "interval",
            [
                "0",
                "1 year",
                "-1 year",
                "1 mon",
                "-1 mon 2 days -00:00:00.000001",
                "178000000 years",
                "-178956970 years -8 mons",
                "1 year -1 mon 1 day -1 hour",
                "-1 day 1 hour",
                "-1 day -1 hour",
                "1 day -00:00:01",
                "-2147483648 days",
                "00:00:00.1",
                "-13 mon",
            ],
            "make_interval(floor((random() - 0.5) * 9)::int, floor((random() - 0.5) * 25)::int, 0, floor((random() - 0.5) * 5)::int, 0, "
                + "0, (CASE g % 2 WHEN 0 THEN 0 ELSE random() - 0.5 END * 100000)::float8)"),
        new("interval day to second(2)", ["1 day 00:00:00.129"]),
        new("interval", ["2562047788:00:54.775807"]) { Since = 15 },
        new("interval", ["infinity", "-infinity"]) { Since = 17 },
        new("uuid", ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"], "md5(g::text)::uuid"),
        new("json", ["{ \"a\" : [1, 2.50, null] }", "\"\\t\\\\\"", "[\n\t1 ]"]),
        new("jsonb", ["{\"b\": [1, {\"c\": null}], \"a\": 1.10}", "\"\\u00fc\\t\\\\\"", "[]"], $"to_jsonb({Word})"),
        new("jsonpath", ["$.a[*] ? (@ > 1)", "strict $.\"x\\\\y\""]),
        new("xml", ["<a>ü</a>", "text only", "<?xml version=\"1.0\" standalone=\"yes\"?><a\n b='\\'/>"]),
        new("refcursor", ["a cursor", ""]),
        new(
            "inet",
            [
                "0.0.0.0",
                "192.168.1.1/24",
                "255.255.255.255/0",
                "::",
                "::1",
                "::1.2.3.4",
                "::ffff:1.2.3.4/96",
                "1::",
                "1:0:0:2::3",
                "0:0:1::",
                "1:2:3:4:5:6:7:8",
                "2001:db8::/32",
                "1:0:2:0:3:0:4:0",
                "::2:3:4:5:6:7",
                "0:1:0:0:1:0:0:1",
                "::1:0",
                "::ffff:0:0",
            ],
            $"set_masklen(CASE WHEN g % 2 = 0 THEN ('1.2.3.0'::inet + g) ELSE replace(regexp_replace(md5(g::text), "
            + "'(....)(....)(....)(....)(....)(....)(....)(....)', CASE g % 6 WHEN 1 THEN '\\1:0:0:0:\\5:0:0:0' WHEN 3 THEN "
            + "'0:0:0:0:0:0:\\7:\\8' ELSE '\\1:\\2:0:0:\\5:\\6:\\7:\\8' END), ' ', '')::inet END, g % 32)"),
        new("cidr", ["0.0.0.0/0", "10.0.0.0/8", "10.1.2.3/32", "2001:db8::/32", "::/0", "::1/128"]),
        new("macaddr", ["00:00:00:00:00:00", "08:00:2b:ff:02:03"]),
        new("macaddr8", ["08:00:2b:01:02:03:04:05", "ff:ff:ff:ff:ff:ff:ff:ff"]),
        new("bit(9)", ["101010101", "000000000"]),
        new("bit varying", ["", "1", "10101010", "110011001"], "g::bit(32)::text::varbit"),
        new("\"bit\"", ["1"]),
        new("point", ["(1.5,-2)", "(Infinity,NaN)", "(-0,1e300)"], Point),
        new("lseg", ["[(1,2),(3,4)]"], $"lseg({Point}, {Point})"),
        new("box", ["(3,4),(1,2)"], $"box({Point}, {Point})"),
        new("path", ["((1,2),(3,4))", "[(1,2),(3,4)]", "[(1,2)]"]),
        new("polygon", ["((1,2),(3,4),(5,6))", "((1,2))"], $"polygon(3 + g % 5, circle({Point}, random()))"),
        new("line", ["{1,2,3}", "{-1,0,0.1}"]),
        new("circle", ["<(1,2),3>", "<(0,0),0>"], $"circle({Point}, random() * g)"),
        new("pg_lsn", ["0/0", "FFFFFFFF/FFFFFFFF", "16/B374D848"]),
        new("tid", ["(0,1)", "(4294967295,65535)"]),
        new("txid_snapshot", ["10:20:10,14,15", "1:1:"]),
        new("pg_snapshot", ["10:20:10,14,15", "1:9223372036854775807:"]),
        new(
            "tsvector",
            ["a fat:2A,4 cat:3", "", @"'a b':1B,2C,16383 '\\ '''", "'ü\t'"],
            $"array_to_tsvector(ARRAY[{Word} || 'x', 'y' || {Word}])"),
        new("int4range", ["[1,5)", "empty", "(,)", "[,1)"], $"int4range(-abs({Integer}), abs({Integer}), '[]')"),
        new("int8range", ["[1,9223372036854775807)"]),
        new("numrange", ["(1.50,2]", "[1,1]"], $"numrange(-abs({Number}), abs({Number}), '(]')"),
        new("daterange", ["[2020-01-01,infinity)", "[0044-03-15 BC,2000-01-01)"]),
        new("tsrange", ["[2020-01-01 00:00,2020-01-01 12:00]"]),
        new("tstzrange", ["[2020-01-01 00:00+00,infinity)", "[,0044-03-15 00:00+00 BC]"]),
        new("int4multirange", ["{}", "{[1,2),[3,4)}", "{(,)}"]) { Since = 14 },
        new("tstzmultirange", ["{[2020-01-01 00:00+00,2021-01-01 00:00+00),[2022-01-01 00:00+00,)}"]) { Since = 14 },
        new(
            "integer[]",
            ["{}", "{1,NULL,3}", "[0:1][-1:0]={{1,2},{3,4}}", "[2147483646:2147483646]={1}", "{{{1},{2}},{{3},{4}}}"],
            "ARRAY[g, NULL, -g]"),
        new("text[]", ["{\"\",\"NULL\",null,\"a,b\",NuLL}", "{{\"a b\",\"\\\\\"},{\"\\\"\",x}}"], $"ARRAY[{Word}, {Word}, NULL]"),
        new("box[]", ["{(1,2),(3,4);(5,6),(7,8);NULL}"]),
        new("point[]", ["{\"(1,2)\",\"(3,4)\"}"]),
        new("bytea[]", [@"{""\\x00ff"",""\\x""}"]),
        new("date[]", ["{2020-01-01,\"0044-03-15 BC\",infinity}"]),
        new("timestamptz[]", ["{\"2020-01-01 00:00+00\"}"]),
        new("jsonb[]", [@"{""{\""a\"": \""\\\\\\\\\""}"",null}"]),
        new("int4range[]", ["{\"[1,2)\",empty,NULL}"]),
        new("numeric[]", ["{NaN,1.50,-0.001}"]),
        new("\"char\"[]", ["{a,\"\",\",\"}"]),
        new("name[]", ["{a,\"b c\"}"]),
        new("one.\"Mood\"", ["very sad", "ok", "it's \\ \"so\"", ""]),
        new("one.\"Mood\"[]", ["{ok,NULL,\"very sad\",\"\"}", "{}"]),
        new("one.positive", ["1", "2147483647"]),
        new("one.positives", ["{1,NULL,7}"]),
        new("one.positive[]", ["{1,NULL,7}"]),
        new("one.stamp", ["2020-01-01 00:00:00.129+00"]),
        new("one.pair", ["(1,\"very sad\",\"{ok,\"\"very sad\"\"}\")", "(,,)", "(,\"\",)"], $"ROW(g, 'ok', NULL)::one.pair"),
        new("one.words", [@"("""","" "")", @"(""\\"",""\"""")", "(,x)"], $"ROW({Word}, {Word})::one.words"),
        new("one.words[]", [], $"ARRAY[ROW({Word}, {Word})::one.words, NULL, ROW(NULL, '')::one.words]"),
        new("one.nested", [], $"ROW(ARRAY[ROW({Word}, {Word})::one.words], ROW(g, NULL, '{{ok}}')::one.pair)::one.nested"),
        new("one.mood_range", ["[\"very sad\",ok]", "(,ok]"]),
        new("one.word_range", [], $"one.word_range({Word}, '🙈' COLLATE \"C\")"),
        new("one.mood_multirange", ["{[\"very sad\",ok]}"]) { Since = 14 },
        new("information_schema.sql_identifier", ["a b"]),
        new("information_schema.cardinal_number", ["7"]),
    ];

    /// <summary>The types of the values above.</summary>
    public const string Types = """
        CREATE SCHEMA one;
        CREATE TYPE one."Mood" AS ENUM ('very sad', 'ok', 'it''s \ "so"', '');
        CREATE DOMAIN one.positive AS integer DEFAULT 1 CHECK (VALUE > 0);
        CREATE DOMAIN one.positives AS integer[] CHECK (cardinality(VALUE) < 10);
        CREATE DOMAIN one.stamp AS timestamp(2) with time zone;
        CREATE TYPE one.pair AS (id integer, "how it is" one."Mood", moods one."Mood"[]);
        CREATE TYPE one.words AS (a character varying(50) COLLATE "C", b text);
        CREATE TYPE one.nested AS (w one.words[], p one.pair);
        CREATE TYPE one.mood_range AS RANGE (subtype = one."Mood");
        CREATE TYPE one.word_range AS RANGE (subtype = text, collation = "C");
        """;

    /// <summary>A table of them: the statements that make and fill it.</summary>
    public string Table(string name)
    {
        var sql = new StringBuilder($"CREATE TABLE {name} (id serial, v {Type});\nINSERT INTO {name} (v) VALUES ");
        sql.AppendJoin(", ", Edges.Select(edge => $"('{edge.Replace("'", "''", StringComparison.Ordinal)}')").Append("(NULL)"))
            .Append(";\n");
        if (Random is not null)
        {
            sql.Append(CultureInfo.InvariantCulture, $"INSERT INTO {name} (v) SELECT {Random} FROM generate_series(1, {RandomCount}) g;\n");
        }

        return sql.ToString();
    }

    private static string[] Doubles()
    {
        var random = new Random(4711);
        var values = new List<double>
        {
            double.NaN,
            double.PositiveInfinity,
            double.NegativeInfinity,
            0,
            -0.0,
            double.Epsilon,
            double.MaxValue,
            double.MinValue,
            0.1,
            1e15,
            1e14,
            999999999999999,
            123456789012345678,
            1e23,
            9e22,
            0.0001,
            0.00001,
            0.000123456,
            2.2250738585072014e-308,
            1.7976931348623157e308,
            4503599627370496.5,
            9007199254740993,
            5e-324,
            1e-5,
            1.5e-5,
            100,
            1e300,
        };

        // Powers of two have one neighbour nearer than the other; large round numbers can lie in the middle between two.
        for (int power = -1074; power < 1024; power += 3)
        {
            values.Add(Math.ScaleB(1, power));
        }

        for (int i = 0; i < 2000; i++)
        {
            values.Add(BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)));
            values.Add(Math.ScaleB((2 * random.NextInt64(1L << 52)) + 1, random.Next(1, 60)));
            values.Add(random.Next(1, 1_000_000) * Math.Pow(10, random.Next(10, 24)));
            values.Add((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 18)));
        }

        return
        [
            .. values.Where(double.IsFinite).Select(value => value.ToString("G17", CultureInfo.InvariantCulture)),
            "NaN",
            "Infinity",
            "-Infinity",
        ];
    }

    private static string[] Reals()
    {
        var random = new Random(4711);
        var values = new List<float>
        {
            0,
            -0f,
            float.Epsilon,
            float.MaxValue,
            float.MinValue,
            0.1f,
            1e5f,
            1e6f,
            999999f,
            9999999f,
            16777216f,
            33554432f,
            1e10f,
            8.5e9f,
            1.1754944e-38f,
            0.0001f,
            0.00001f,
        };
        for (int power = -149; power < 128; power++)
        {
            values.Add(MathF.ScaleB(1, power));
        }

        for (int i = 0; i < 2000; i++)
        {
            values.Add(BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)));
            values.Add(random.Next(1, 1000) * MathF.Pow(10, random.Next(3, 12)));
            values.Add(MathF.ScaleB(random.Next(1 << 24), random.Next(1, 30)));
        }

        return
        [
            .. values.Where(float.IsFinite).Select(value => value.ToString("G9", CultureInfo.InvariantCulture)),
            "NaN",
            "Infinity",
            "-Infinity",
        ];
    }
}
