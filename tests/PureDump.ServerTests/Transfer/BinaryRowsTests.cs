using PureDump.Engine;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.Formats.Values;
using PureDump.Postgres.Catalog;
using PureDump.ServerTests.Fixture;
using PureDump.Storage.Local;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>Rows in binary, values of every type that travels so, between every pair of servers.</summary>
public sealed class BinaryRowsTests
{
    // Each line: a type, and values of it as SQL. All types of the portability rule's list of built-in types.
    private static readonly (string Type, string[] Values)[] Types =
    [
        ("boolean", ["true", "false"]),
        ("bytea", [@"'\x'", @"'\x00ff7f'", "decode(repeat('ab', 1048576), 'hex')"]),
        ("\"char\"", ["'a'", "''"]),
        ("name", ["'some_name'", "''"]),
        ("bigint", ["'-9223372036854775808'", "'9223372036854775807'", "0"]),
        ("smallint", ["'-32768'", "'32767'"]),
        ("int2vector", ["'1 2 3'", "''"]),
        ("integer", ["'-2147483648'", "'2147483647'"]),
        ("text", ["''", "'a\ttab, a\nline, a \\ and Grüße 🐘'", "repeat('x', 1048576)"]),
        ("oid", ["0", "4294967295"]),
        ("tid", ["'(0,1)'", "'(4294967295,65535)'"]),
        ("xid", ["'0'", "'4294967295'"]),
        ("cid", ["'0'", "'7'"]),
        ("oidvector", ["'1 2 4294967295'"]),
        ("json", ["'{ \"a\" : [1, 2.50, null] }'", "'\"\"'"]),
        ("xml", ["'<a>ü</a>'", "'text only'"]),
        ("point", ["'(1.5,-2)'", "'(Infinity,NaN)'"]),
        ("lseg", ["'[(1,2),(3,4)]'"]),
        ("path", ["'((1,2),(3,4))'", "'[(1,2),(3,4)]'"]),
        ("box", ["'(3,4),(1,2)'"]),
        ("polygon", ["'((1,2),(3,4),(5,6))'"]),
        ("line", ["'{1,2,3}'"]),
        ("cidr", ["'10.0.0.0/8'", "'2001:db8::/32'"]),
        ("real", ["'NaN'", "'Infinity'", "'-Infinity'", "1.1754944e-38", "'-0'"]),
        ("double precision", ["'NaN'", "'Infinity'", "'-Infinity'", "2.2250738585072014e-308", "0.1"]),
        ("circle", ["'<(1,2),3>'"]),
        ("macaddr8", ["'08:00:2b:01:02:03:04:05'"]),
        ("money", ["'-92233720368547758.08'", "'12.34'"]),
        ("macaddr", ["'08:00:2b:01:02:03'"]),
        ("inet", ["'192.168.1.1/24'", "'::1'"]),
        ("character(5)", ["'ab'", "'Größe'"]),
        ("character varying(20)", ["''", "'abc  '"]),
        ("date", ["'4713-01-01 BC'", "'infinity'", "'-infinity'", "'5874897-12-31'"]),
        ("time", ["'00:00'", "'24:00'", "'23:59:59.999999'"]),
        ("timestamp", ["'4713-01-01 00:00:00 BC'", "'infinity'", "'-infinity'", "'294276-12-31 23:59:59.999999'"]),
        ("timestamptz", ["'0044-03-15 12:00:00+00 BC'", "'infinity'", "'-infinity'"]),
        ("interval", ["'178000000 years'", "'-1 mon 2 days -00:00:00.000001'", "'0'"]),
        ("timetz", ["'12:00:00+15:59'", "'00:00-15:59'"]),
        ("bit(9)", ["B'101010101'"]),
        ("bit varying", ["B''", "B'1'"]),
        ("numeric", ["'NaN'", "0", "'-0.000000000000000000000000000001'", "12345678901234567890123456789012345678901234567890.5", "1.50"]),
        ("refcursor", ["'cur'"]),
        ("uuid", ["'00000000-0000-0000-0000-000000000000'", "'ffffffff-ffff-ffff-ffff-ffffffffffff'"]),
        ("txid_snapshot", ["'10:20:10,14,15'"]),
        ("pg_lsn", ["'0/0'", "'FFFFFFFF/FFFFFFFF'"]),
        ("tsvector", ["'a fat:2A,4 cat:3'", "''"]),
        ("tsquery", ["'fat & (rat | !cat:*)'", "''"]),
        ("jsonb", ["'{\"b\": [1, {\"c\": null}], \"a\": 1.10}'", "'\"\\u00fc\"'"]),
        ("jsonpath", ["'$.a[*] ? (@ > 1)'"]),
        ("pg_snapshot", ["'10:20:10,14,15'"]),
        ("xid8", ["'18446744073709551615'"]),
        ("int4range", ["'[1,5)'", "'empty'", "'(,)'"]),
        ("tstzrange", ["'[2020-01-01 00:00+00,infinity)'"]),
        ("integer[]", ["'{}'", "'{1,NULL,3}'", "'[0:1][-1:0]={{1,2},{3,4}}'"]),
        ("text[]", ["'{\"\",\"NULL\",NULL,\"a,b\"}'"]),
        ("mood", ["'very sad'", "'ok'"]),
        ("mood[]", ["'{ok,NULL,\"very sad\"}'", "'{}'"]),
        ("pair", ["ROW(1, 'very sad', ARRAY['ok']::mood[])", "ROW(NULL, NULL, NULL)"]),
        ("pair[]", ["ARRAY[ROW(1, 'ok', '{}')::pair, NULL]"]),
        ("positive", ["1", "2147483647"]),
        ("positives", ["ARRAY[1, NULL, 7]"]),
        ("mood_range", ["'[\"very sad\",ok]'"]),
    ];

    public static TheoryData<int, int> Pairs => new() { { 15, 15 }, { 15, 18 }, { 18, 18 } };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_portable_type_comes_back_from_binary_rows(int sourceMajor, int targetMajor)
    {
        PostgresServer source = ServerPool.Get(sourceMajor);
        PostgresServer target = ServerPool.Get(targetMajor);
        string database = source.CreateDatabase();
        string copy = target.CreateDatabase();
        source.Execute(database, """
            CREATE TYPE mood AS ENUM ('very sad', 'ok', 'happy');
            CREATE TYPE pair AS (id integer, feeling mood, feelings mood[]);
            CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
            CREATE DOMAIN positives AS integer[] CHECK (cardinality(VALUE) < 10);
            CREATE TYPE mood_range AS RANGE (subtype = mood);
            """);
        for (int i = 0; i < Types.Length; i++)
        {
            (string type, string[] values) = Types[i];
            source.Execute(database, $"CREATE TABLE t{i} (id integer, value {type})");
            string rows = string.Join(", ", values.Append("NULL").Select((value, at) => $"({at}, {value}::{type})"));
            source.Execute(database, $"INSERT INTO t{i} VALUES {rows}");
        }

        using var file = new TemporaryFile();
        Operations.Dump(source, database, file.Path);
        using (var archive = new ArchiveFile(FileRange.Open(file.Path)))
        {
            IEnumerable<string> inText = archive
                .Toc.Entries.Where(entry => entry.Rows is { Format: RowFormat.Text })
                .Select(entry => entry.Rows!.Columns[1].TypeName);
            // The empty values of these three are sent in binary but not received; they come back by text.
            Assert.Equal(["int2vector", "oidvector", "tsquery"], inText.Order());
        }

        Operations.Restore(target, copy, file.Path);
        for (int i = 0; i < Types.Length; i++)
        {
            string sql = $"SELECT id, value::text FROM t{i} ORDER BY id";
            Assert.Equal(source.Rows(database, sql), target.Rows(copy, sql));
        }

        Operations.AssertSame(source, database, target, copy);
    }

    [Theory]
    [EveryMajor]
    public void Types_that_are_not_portable_travel_as_text(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = server.CreateDatabase();
        string copy = server.CreateDatabase();
        server.Execute(database, """
            CREATE TABLE other (id integer);
            CREATE TYPE with_regclass AS (c regclass);
            CREATE TABLE a (value regclass); INSERT INTO a VALUES ('other'), (NULL);
            CREATE TABLE b (value regtype[]); INSERT INTO b VALUES ('{integer,text}');
            CREATE TABLE c (value aclitem[]); INSERT INTO c VALUES ('{postgres=r/postgres}');
            CREATE TABLE d (value with_regclass); INSERT INTO d VALUES (ROW('other'));
            CREATE TABLE e (tab text, value regrole); INSERT INTO e VALUES (E'\t\n\\N\r', 'postgres');
            """);
        using var file = new TemporaryFile();
        Operations.Dump(server, database, file.Path);
        using (var archive = new ArchiveFile(FileRange.Open(file.Path)))
        {
            Assert.All(
                archive.Toc.Entries.Where(entry => entry.Rows is not null && entry.Name != "other"),
                entry => Assert.Equal(RowFormat.Text, entry.Rows!.Format));
        }

        Operations.Restore(server, copy, file.Path);
        Operations.AssertSame(server, database, server, copy);
    }

    [Fact]
    public void Rows_travel_as_text_where_that_is_asked_for()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Oldest);
        string database = server.CreateDatabase();
        string copy = server.CreateDatabase();
        Samples.LoadChinook(server, database);
        using var file = new TemporaryFile();
        Operations.Dump(server, database, file.Path, new Postgres.Catalog.DumpSelection { TextOnly = true });
        using (var archive = new ArchiveFile(FileRange.Open(file.Path)))
        {
            Assert.All(
                archive.Toc.Entries.Where(entry => entry.Rows is not null),
                entry => Assert.Equal(RowFormat.Text, entry.Rows!.Format));
        }

        Operations.Restore(server, copy, file.Path);
        Operations.AssertSame(server, database, server, copy);
    }

    [Fact]
    public void An_infinite_interval_is_not_loaded_into_a_server_that_would_misread_it()
    {
        PostgresServer source = ServerPool.Get(18);
        PostgresServer target = ServerPool.Get(15);
        string database = source.CreateDatabase();
        source.Execute(
            database,
            "CREATE TABLE fine (v interval); INSERT INTO fine VALUES ('1 day'); CREATE TABLE bad (v interval); INSERT INTO bad VALUES "
                + "('infinity')");
        using var file = new TemporaryFile();
        Operations.Dump(source, database, file.Path);
        string copy = target.CreateDatabase();
        var observer = new RecordingObserver();
        Engine.RestoreResult result = Engine.RestoreOperation.FromFile(
            new Engine.RestoreRequest { Target = Operations.TargetOf(target, copy) },
            file.Path,
            observer,
            TestContext.Current.CancellationToken);
        Assert.Equal(1, result.FailureCount);
        Assert.Contains("column v of public.bad holds an infinite interval", Assert.Single(observer.Failures), StringComparison.Ordinal);
        Assert.Equal("1 day", target.Scalar(copy, "SELECT v::text FROM fine"));
        Assert.Equal("0", target.Scalar(copy, "SELECT count(*)::text FROM bad"));
    }
}
