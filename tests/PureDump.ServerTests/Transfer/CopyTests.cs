using PureDump.Engine;
using PureDump.Formats.Errors;
using PureDump.Postgres.Catalog;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Oracle;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>From server to server with nothing in between: the target is the same, and what is not is named.</summary>
public sealed class CopyTests(OracleSources sources)
{
    // Arrays and composites of a user's types have OIDs in binary, which differ between databases.
    private const string UserTypes = """
        CREATE TYPE mood AS ENUM ('sad', 'glad');
        CREATE TYPE pair AS (a integer, m mood);
        CREATE TABLE typed AS SELECT g AS id, ARRAY['sad', 'glad']::mood[] AS moods, (g, 'sad')::pair AS p FROM generate_series(1, 500) g;
        """;

    [Theory]
    [EveryMajor]
    public void Every_kind_of_object_comes_over_the_same(int major)
    {
        OracleSource source = sources.Of(major);
        string target = OracleDatabase.CreateTarget(source.Server);

        CopyResult result = Copy(source.Server, source.Database, source.Server, target, request => request with { Verify = true });

        Assert.True(result.CheckedCount > 30, "too few tables were compared");
        source.AssertSame(target);
    }

    [Fact]
    public void A_database_comes_over_to_a_newer_server_and_back()
    {
        (PostgresServer old, PostgresServer recent) = Ends();
        string first = old.CreateDatabase();
        Samples.LoadPagila(old, first);
        old.Execute(first, UserTypes);
        string second = recent.CreateDatabase();
        string third = old.CreateDatabase();

        Copy(old, first, recent, second, request => request with { Jobs = 3, IndexJobs = 2, Verify = true });
        Operations.AssertSame(old, first, recent, second);
        Copy(recent, second, old, third, request => request with { Jobs = 1, IndexJobs = 4 });
        Assert.Empty(TableHashes.Of(old, first).Differences(TableHashes.Of(old, third)));
    }

    [Fact]
    public void Large_tables_and_large_rows_are_the_same()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string source = server.CreateDatabase();
        string target = server.CreateDatabase();
        server.Execute(source, """
            CREATE TABLE big (id bigint PRIMARY KEY, filler text);
            INSERT INTO big SELECT g, repeat(md5(g::text), 12) FROM generate_series(1, 700000) g;
            CREATE TABLE large (id integer, data bytea, words text);
            INSERT INTO large SELECT g, decode(repeat(md5(g::text), 160000 * g), 'hex'), repeat('x', 400000) FROM generate_series(1, 5) g;
            CREATE TABLE large_text (id integer, kind regtype, words text);
            INSERT INTO large_text SELECT g, 'integer', repeat('tab	and \ ', 300000) FROM generate_series(1, 3) g;
            SELECT lo_from_bytea(0, decode(repeat('ab', 3000000), 'hex'));
            """);

        CopyResult result = Copy(server, source, server, target, request => request with { Jobs = 3, Verify = true });

        Assert.Equal(4, result.CheckedCount);
        Assert.Empty(TableHashes.Of(server, source).Differences(TableHashes.Of(server, target)));
    }

    [Fact]
    public void A_target_that_has_the_objects_is_refused_and_can_be_cleaned()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        (string source, string target) = (server.CreateDatabase(), server.CreateDatabase());
        server.Execute(source, SmallArchive.Sql);
        Copy(server, source, server, target);
        string before = server.Scalar(target, SmallArchive.Contents)!;

        PureDumpException error = Operations.Fails(() => Copy(server, source, server, target));
        Assert.Equal(ErrorKind.TargetMismatch, error.Kind);
        Assert.Equal(before, server.Scalar(target, SmallArchive.Contents));

        server.Execute(source, "UPDATE customer SET name = upper(name)");
        Copy(server, source, server, target, request => request with { Clean = true, IfExists = true });
        Operations.AssertSame(server, source, server, target);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_database_is_not_copied_into_itself(bool clean)
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string database = server.CreateDatabase();
        server.Execute(database, SmallArchive.Sql);

        PureDumpException error = Bounded.Fails(
            ErrorKind.Usage,
            () => Copy(server, database, server, database, request => request with { Clean = clean }));

        Assert.Contains(database, error.Message, StringComparison.Ordinal);
        Assert.Equal("30", server.Scalar(database, "SELECT count(*) FROM customer"));
    }

    [Fact]
    public void A_database_is_not_copied_into_itself_by_another_role()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string database = server.CreateDatabase();
        string role = $"copier_{database}";
        server.Execute(database, $"{SmallArchive.Sql}; CREATE ROLE {role} LOGIN; GRANT ALL ON DATABASE {database} TO {role}");

        // Who is no superuser may not ask which server it is.
        Bounded.Fails(
            ErrorKind.Usage,
            () =>
                Copy(
                    server,
                    database,
                    server,
                    database,
                    request => request with { Clean = true, Target = Operations.TargetOf(server, database, role) }
                ));

        server.Execute(database, $"DROP OWNED BY {role}; DROP ROLE {role}");
    }

    [Fact]
    public void The_database_is_made_at_the_other_server_where_asked_for_and_not_over_the_source()
    {
        (PostgresServer old, PostgresServer recent) = Ends();
        string database = old.CreateDatabase("copied with \"quotes\"");
        old.Execute(database, SmallArchive.Sql);

        CopyResult result = Copy(old, database, recent, "postgres", request => request with { CreateDatabase = true, Verify = true });

        Assert.Equal(database, result.Database);
        Operations.AssertSame(old, database, recent, database);
        Bounded.Fails(
            ErrorKind.Usage,
            () => Copy(old, database, old, "postgres", request => request with { CreateDatabase = true, Clean = true }));
        Assert.Equal("30", old.Scalar(database, "SELECT count(*) FROM customer"));
        recent.DropDatabase(database);
        old.DropDatabase(database);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_alone_are_added_to_those_that_are_there(bool verify)
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        (string source, string target) = (server.CreateDatabase(), server.CreateDatabase());
        server.Execute(source, "CREATE TABLE log (at integer, what text); INSERT INTO log SELECT g, 'new' FROM generate_series(1, 40) g");
        server.Execute(target, "CREATE TABLE log (at integer, what text); INSERT INTO log SELECT g, 'old' FROM generate_series(1, 2) g");

        CopyResult result = Copy(
            server,
            source,
            server,
            target,
            request =>
                request with
                {
                    Selection = new() { WithSchema = false },
                    Verify = verify,
                }
        );

        Assert.Equal(1, result.CheckedCount);
        Assert.Equal(["public.log"], result.FilledBefore);
        Assert.Equal("42", server.Scalar(target, "SELECT count(*) FROM log"));
    }

    [Theory]
    [InlineData("IF NEW.at = 7 THEN RETURN NULL; END IF;", false, 40, 39)]
    [InlineData("IF NEW.at = 7 THEN RETURN NULL; END IF;", true, 40, 39)]
    [InlineData("IF NEW.at = 7 THEN NEW.what = 'other'; END IF;", true, 40, 40)]
    public void What_a_trigger_of_the_target_makes_of_the_rows_is_found(string body, bool verify, int sent, int there)
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        (string source, string target) = (server.CreateDatabase(), server.CreateDatabase());
        server.Execute(source, "CREATE TABLE log (at integer, what text); INSERT INTO log SELECT g, 'new' FROM generate_series(1, 40) g");
        server.Execute(target, $"""
            CREATE TABLE log (at integer, what text);
            CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NEW; END $$;
            CREATE TRIGGER meddle BEFORE INSERT ON log FOR EACH ROW EXECUTE FUNCTION meddle();
            """
        );

        CopyResult result = Run(
            server,
            source,
            server,
            target,
            request =>
                request with
                {
                    Selection = new() { WithSchema = false },
                    Verify = verify,
                },
            new RecordingObserver());

        Assert.Equal([new CopyDifference("public.log", sent, there)], result.Differences);
    }

    [Fact]
    public void A_table_that_fails_is_reported_and_the_others_come_over()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        (string source, string target) = (server.CreateDatabase(), server.CreateDatabase());
        server.Execute(source, """
            CREATE TABLE a (id integer, filler text); INSERT INTO a SELECT g, repeat('x', 500) FROM generate_series(1, 20000) g;
            CREATE TABLE b (id integer); INSERT INTO b SELECT g FROM generate_series(1, 100) g;
            CREATE TABLE c (id integer); INSERT INTO c VALUES (1);
            """
        );
        server.Execute(
            target,
            "CREATE TABLE a (id integer CHECK (id <> 15000), filler text); CREATE TABLE b (id integer); CREATE TABLE c (id bigint)");
        var observer = new RecordingObserver();

        CopyResult result = Run(
            server,
            source,
            server,
            target,
            request => request with { Selection = new() { WithSchema = false } },
            observer);

        Assert.Equal(2, result.FailureCount);
        Assert.Equal(2, observer.Failures.Count);
        Assert.Equal(1, result.CheckedCount);
        Assert.Empty(result.Differences);
        Assert.Equal("0", server.Scalar(target, "SELECT count(*) FROM a"));
        Assert.Equal("100", server.Scalar(target, "SELECT count(*) FROM b"));
    }

    [Fact]
    public void Rows_that_find_another_partition_at_the_target_are_counted_together()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        (string source, string target) = (server.CreateDatabase(), server.CreateDatabase());
        server.Execute(source, """
            CREATE TYPE mood AS ENUM ('a', 'b', 'c', 'd', 'e', 'f');
            CREATE TABLE h (m mood, n integer) PARTITION BY HASH (m);
            CREATE TABLE h0 PARTITION OF h FOR VALUES WITH (MODULUS 2, REMAINDER 0);
            CREATE TABLE h1 (n integer, m mood);
            ALTER TABLE h ATTACH PARTITION h1 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
            INSERT INTO h SELECT (enum_range(NULL::mood))[1 + g % 6], g FROM generate_series(1, 600) g;
            """);

        // So that the labels get other OIDs, and other hashes.
        server.Execute(target, "CREATE TYPE earlier AS ENUM ('x', 'y', 'z')");

        CopyResult result = Copy(server, source, server, target, request => request with { Verify = true });

        Assert.Equal(1, result.CheckedCount);
        Assert.Equal("600", server.Scalar(target, "SELECT count(*) FROM h"));
    }

    [Theory]
    [InlineData(false, 3_000)]
    [InlineData(false, 100_000)]
    [InlineData(false, 3_000_000)]
    [InlineData(true, 3_000)]
    [InlineData(true, 20_000)]
    [InlineData(true, 3_000_000)]
    public void A_network_that_fails_at_either_side_is_an_error_of_the_connection(bool atTarget, long byteCount)
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        (string source, string target) = (server.CreateDatabase(), server.CreateDatabase());
        server.Execute(
            source,
            SmallArchive.Sql + "CREATE TABLE noise AS SELECT g AS id, sha512(g::text::bytea) AS filler FROM generate_series(1, 80000) g;");
        using var proxy = new CuttingProxy(server, byteCount);
        CopyRequest Cut(CopyRequest request) =>
            atTarget ? request with { Target = proxy.TargetOf(target) } : request with { Source = proxy.TargetOf(source) };

        Bounded.Fails(ErrorKind.Connection, () => Run(server, source, server, target, Cut, new RecordingObserver()));

        Assert.Equal("80000", server.Scalar(source, "SELECT count(*) FROM noise"));
    }

    [Fact]
    public void An_interrupted_copy_ends_at_once_with_half_a_table_in_none()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        (string source, string target) = (server.CreateDatabase(), server.CreateDatabase());
        server.Execute(
            source,
            "CREATE TABLE noise AS SELECT g AS id, repeat(md5(g::text), 20) AS filler FROM generate_series(1, 200000) g;");
        using var stop = new CancellationTokenSource();
        var observer = new RecordingObserver(atFirstBlock: stop.Cancel);

        Bounded.Fails(ErrorKind.Cancelled, () => CopyOperation.Run(RequestOf(server, source, server, target), observer, stop.Token));

        Bounded.WaitFor(
            "the target's session to end",
            () => server.Scalar(target, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()") == "1");
        Assert.Equal("0", server.Scalar(target, "SELECT count(*) FROM noise"));
    }

    [Fact]
    public void Contents_that_two_databases_spell_differently_are_the_same()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        (string source, string target) = (server.CreateDatabase(), server.CreateDatabase());
        server.Execute(source, $"""
            CREATE TYPE mood AS ENUM ('fine');
            CREATE TABLE moods AS SELECT 'fine'::mood AS mood, now() AS at, '\xdeadbe5c'::bytea AS bytes;
            ALTER DATABASE "{source}" SET timezone = 'Asia/Kolkata';
            ALTER DATABASE "{target}" SET bytea_output = escape;
            """);

        CopyResult result = Copy(server, source, server, target, static request => request with { Verify = true });

        Assert.Empty(result.Differences);
        Assert.Equal(1, result.CheckedCount);
    }

    [Fact]
    public void The_command_does_not_call_contents_the_same_that_are_not()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        (string source, string target) = (server.CreateDatabase(), server.CreateDatabase());
        server.Execute(source, "CREATE TABLE log AS SELECT 1 AS at; CREATE TABLE empty AS SELECT 1 AS at");
        server.Execute(target, "CREATE TABLE log AS SELECT 2 AS at; CREATE TABLE empty (at integer)");
        string[] words =
        [
            "copy",
            "-a",
            "--source",
            Operations.Conninfo(server, source),
            "--target",
            Operations.Conninfo(server, target),
            "--verify",
            "-w",
        ];

        using PureDumpProcess copy = PureDumpProcess.Start(words, server.Password);

        Assert.True(copy.WaitForExit() == 0, copy.Error);
        Assert.Contains("; contents of 2 tables are the same but for rows that 1 of them had before", copy.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_says_what_it_came_to()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        (string source, string target) = (server.CreateDatabase(), server.CreateDatabase());
        server.Execute(source, SmallArchive.Sql);
        string[] words =
        [
            "copy",
            "--source",
            Operations.Conninfo(server, source),
            "--target",
            Operations.Conninfo(server, target),
            "-j",
            "2",
            "--verify",
            "-w",
        ];

        using PureDumpProcess copy = PureDumpProcess.Start(words, server.Password);

        Assert.True(copy.WaitForExit() == 0, copy.Error);
        Assert.Contains($"copied database \"{source}\" into \"{target}\": ", copy.Error, StringComparison.Ordinal);
        Assert.Contains("; contents of 3 tables are the same", copy.Error, StringComparison.Ordinal);
        Operations.AssertSame(server, source, server, target);
    }

    private static (PostgresServer Old, PostgresServer Recent) Ends()
    {
        (int oldest, int newest) = TestMajors.Ends();
        return (ServerPool.Get(oldest), ServerPool.Get(newest));
    }

    private static CopyRequest RequestOf(PostgresServer from, string source, PostgresServer to, string target) => new()
    {
        Source = Operations.TargetOf(from, source),
        Target = Operations.TargetOf(to, target),
        Jobs = 2,
    };

    // Asserts that nothing failed and nothing differs.
    private static CopyResult Copy(
        PostgresServer from,
        string source,
        PostgresServer to,
        string target,
        Func<CopyRequest, CopyRequest>? adjust = null)
    {
        var observer = new RecordingObserver();
        CopyResult result = Run(from, source, to, target, adjust ?? (request => request), observer);
        Assert.Empty(observer.Failures);
        Assert.Empty(result.Differences);
        return result;
    }

    private static CopyResult Run(
        PostgresServer from,
        string source,
        PostgresServer to,
        string target,
        Func<CopyRequest, CopyRequest> adjust,
        RecordingObserver observer
    ) => CopyOperation.Run(adjust(RequestOf(from, source, to, target)), observer, TestContext.Current.CancellationToken);
}
