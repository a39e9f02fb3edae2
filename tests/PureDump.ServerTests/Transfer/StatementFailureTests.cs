using PureDump.Engine;
using PureDump.Formats.Errors;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>Statements and rows that the target refuses: counted and passed over, or the end, as was asked.</summary>
public sealed class StatementFailureTests : IDisposable
{
    private const string Definitions = """
        CREATE TABLE first (id integer);
        CREATE TABLE keyed (id integer);
        CREATE TABLE checked (id integer);
        CREATE TABLE zlast (id integer);
        """;

    private readonly PostgresServer _server = ServerPool.Get(TestMajors.Oldest);
    private readonly string _target;
    private readonly TemporaryFile _archive = new();

    public StatementFailureTests()
    {
        string source = _server.CreateDatabase();
        _server.Execute(source, Definitions + """
            INSERT INTO first SELECT generate_series(1, 100);
            INSERT INTO keyed SELECT g % 90000 FROM generate_series(1, 200000) g;
            INSERT INTO checked SELECT generate_series(1, 200000);
            INSERT INTO zlast SELECT generate_series(1, 100);
            """);
        Operations.Dump(_server, source, _archive.Path);
        _server.DropDatabase(source);
        _target = _server.CreateDatabase();
        _server.Execute(_target, Definitions + "ALTER TABLE keyed ADD PRIMARY KEY (id); ALTER TABLE checked ADD CHECK (id < 150000);");
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    public void Rows_that_break_a_rule_of_the_target_are_counted_and_other_tables_restored(int jobs, bool isPipe)
    {
        var observer = new RecordingObserver();
        int failureCount = 0;
        Assert.Null(Bounded.Outcome(() => failureCount = Restore(Rows(jobs), isPipe, observer).FailureCount));
        Assert.Equal(failureCount, observer.Failures.Count);
        Assert.Contains(
            observer.Failures,
            text =>
                text.StartsWith("TABLE DATA public.keyed", StringComparison.Ordinal)
                && text.Contains("keyed_pkey", StringComparison.Ordinal));
        Assert.Contains(
            observer.Failures,
            text =>
                text.StartsWith("TABLE DATA public.checked", StringComparison.Ordinal)
                && text.Contains("checked_id_check", StringComparison.Ordinal));
        Assert.Equal("100 100", Counts("first", "zlast"));
        if (!isPipe)
        {
            Assert.Equal(2, failureCount);
            Assert.Equal("0 0", Counts("keyed", "checked"));
        }
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    public void With_exit_on_error_the_first_one_is_the_end_and_names_its_entry(int jobs, bool isPipe)
    {
        PureDumpException error = Bounded.Fails(
            ErrorKind.Server, () => Restore(Rows(jobs) with { ExitOnError = true }, isPipe, new RecordingObserver()));
        Assert.StartsWith("TABLE DATA public.", error.Message, StringComparison.Ordinal);
        Assert.True(error.SqlState is "23505" or "23514", error.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void In_a_single_transaction_nothing_stays(bool isPipe)
    {
        Bounded.Fails(ErrorKind.Server, () => Restore(Rows(1) with { SingleTransaction = true }, isPipe, new RecordingObserver()));
        Assert.Equal("0 0 0 0", Counts("first", "keyed", "checked", "zlast"));
    }

    [Fact]
    public void The_process_exits_with_one_and_its_last_line_says_what_failed_even_where_it_is_quiet()
    {
        using var quiet = PureDumpProcess.Start(_server, "restore", "-q", "-a", "-d", _target, _archive.Path);
        Assert.Equal(1, quiet.WaitForExit());
        Assert.StartsWith(
            "puredump: error: restored with 2 failures, into database ",
            quiet.Error.TrimEnd().Split('\n')[^1],
            StringComparison.Ordinal);

        using var restore = PureDumpProcess.Start(_server, "restore", "-a", "-d", _target, _archive.Path);
        Assert.Equal(1, restore.WaitForExit());
        Assert.StartsWith(
            "puredump: error: restored with 2 failures, into database ",
            restore.Error.TrimEnd().Split('\n')[^1],
            StringComparison.Ordinal);
        Assert.Contains("TABLE DATA public.keyed", restore.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_restore_ends_although_the_pipe_stays_silent()
    {
        byte[] archive = File.ReadAllBytes(_archive.Path);
        using var silent = new SilentStream(archive, archive.Length - 200);
        Bounded.Fails(ErrorKind.Server, () => RestoreOperation.FromStream(
            Rows(2) with { ExitOnError = true }, silent, new RecordingObserver(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_trigger_that_warns_for_every_row_does_not_stop_the_rows()
    {
        _server.Execute(_target, """
            ALTER TABLE keyed DROP CONSTRAINT keyed_pkey; ALTER TABLE checked DROP CONSTRAINT checked_id_check;
            CREATE FUNCTION warn() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING 'row % of a table that talks about each: %',
                NEW.id, repeat('x', 200); RETURN NEW; END $$;
            CREATE TRIGGER warn BEFORE INSERT ON keyed FOR EACH ROW EXECUTE FUNCTION warn();
            """);
        Assert.Null(Bounded.Outcome(() => Restore(Rows(1), isPipe: false, new RecordingObserver())));
        Assert.Equal("200000", Counts("keyed"));
    }

    [Fact]
    public void A_statement_that_fails_takes_only_what_needs_it_along()
    {
        string source = _server.CreateDatabase();
        string copy = _server.CreateDatabase();
        string role = $"owner_{source}";
        _server.Execute(source, $"""
            CREATE ROLE {role};
            CREATE TABLE a (id integer PRIMARY KEY); INSERT INTO a VALUES (1); ALTER TABLE a OWNER TO {role};
            CREATE TABLE b (id integer REFERENCES a); INSERT INTO b VALUES (1);
            """);
        using var file = new TemporaryFile();
        Operations.Dump(_server, source, file.Path);
        _server.DropDatabase(source);
        _server.Execute("postgres", $"DROP ROLE {role}");
        var observer = new RecordingObserver();
        RestoreResult result = RestoreOperation.FromFile(
            new RestoreRequest { Target = Operations.TargetOf(_server, copy) }, file.Path, observer, TestContext.Current.CancellationToken);
        Assert.Equal(1, result.FailureCount);
        Assert.Contains(role, Assert.Single(observer.Failures), StringComparison.Ordinal);
        Assert.Equal("1", _server.Scalar(copy, "SELECT count(*)::text FROM a JOIN b USING (id)"));
        _server.DropDatabase(copy);
    }

    public void Dispose()
    {
        _archive.Dispose();
        _server.DropDatabase(_target);
    }

    private RestoreRequest Rows(int jobs) =>
        new() { Target = Operations.TargetOf(_server, _target), Selection = new() { WithSchema = false }, Jobs = jobs };

    private RestoreResult Restore(RestoreRequest request, bool isPipe, RecordingObserver observer)
    {
        if (!isPipe)
        {
            return RestoreOperation.FromFile(request, _archive.Path, observer, TestContext.Current.CancellationToken);
        }

        using FileStream stream = File.OpenRead(_archive.Path);
        return RestoreOperation.FromStream(request, stream, observer, TestContext.Current.CancellationToken);
    }

    private string Counts(params string[] tables) =>
        string.Join(' ', tables.Select(table => _server.Scalar(_target, $"SELECT count(*)::text FROM {table}")));

    // A pipe whose writer has stopped writing and has not gone away.
    private sealed class SilentStream(byte[] bytes, int length) : MemoryStream(bytes, 0, length)
    {
        private readonly ManualResetEventSlim _end = new();

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = base.Read(buffer, offset, count);
            if (read == 0)
            {
                _end.Wait();
            }

            return read;
        }

        protected override void Dispose(bool disposing)
        {
            _end.Set();
            base.Dispose(disposing);
        }
    }
}
