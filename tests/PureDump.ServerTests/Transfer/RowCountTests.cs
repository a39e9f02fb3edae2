using PureDump.Engine;
using PureDump.Formats.Entries;
using PureDump.Formats.PgArchive;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>The rows that were sent are compared with those that the server says it took; and a statement that wants rows, or gives some,
/// is no end.</summary>
public sealed class RowCountTests : IDisposable
{
    // A trigger that takes every second row away; the other kind cannot be seen any more when somebody looks for it.
    private const string Keeper = """
        CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.id % 2 = 0 THEN RETURN NULL; END IF; RETURN NEW; END $$;
        CREATE FUNCTION hide() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            PERFORM set_config('allow_system_table_mods', 'on', true);
            UPDATE pg_catalog.pg_trigger SET tgenabled = 'D' WHERE tgname = 'hidden' AND tgenabled <> 'D';
            RETURN CASE WHEN NEW.id % 2 = 0 THEN NULL ELSE NEW END;
        END $$;
        """;

    private readonly PostgresServer _server = ServerPool.Get(TestMajors.Oldest);
    private readonly string _target;
    private readonly TemporaryFile _archive = new();

    public RowCountTests()
    {
        string source = _server.CreateDatabase();
        _server.Execute(source, """
            CREATE TABLE plain (id integer);
            CREATE TABLE parts (id integer) PARTITION BY RANGE (id);
            CREATE TABLE parts_low PARTITION OF parts FOR VALUES FROM (0) TO (1000);
            INSERT INTO plain SELECT generate_series(1, 100);
            INSERT INTO parts SELECT generate_series(1, 100);
            """);
        Operations.Dump(_server, source, _archive.Path);
        _server.DropDatabase(source);
        _target = _server.CreateDatabase();
        _server.Execute(_target, Keeper);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Rows_that_a_trigger_of_the_target_keeps_away_are_told_and_the_others_stay(bool isPipe, bool isSingle)
    {
        MakeTables();
        _server.Execute(_target, """
            CREATE TRIGGER keeper BEFORE INSERT ON plain FOR EACH ROW EXECUTE FUNCTION keep();
            CREATE TRIGGER keeper BEFORE INSERT ON parts_low FOR EACH ROW EXECUTE FUNCTION keep();
            """);
        var observer = new RecordingObserver();

        Assert.Equal(0, Restore(isPipe, isSingle, observer).FailureCount);
        Assert.Equal("50 50", Counts);
        Assert.Contains(
            "the server took 50 of the 100 rows that were sent into public.plain; trigger keeper of public.plain may keep rows away",
            observer.Warnings);
        Assert.Contains(
            observer.Warnings,
            static text => text.Contains("trigger keeper of public.parts_low may", StringComparison.Ordinal));
    }

    // 50 of the one table stay, none of the other does.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_last_line_counts_what_came_to_stay(int jobs)
    {
        MakeTables();
        _server.Execute(
            _target,
            "CREATE TRIGGER keeper BEFORE INSERT ON plain FOR EACH ROW EXECUTE FUNCTION keep(); ALTER TABLE parts_low ADD CHECK (id < 90)");
        string[] words =
        [
            "restore",
            "-a",
            "-j",
            $"{jobs}",
            "-h",
            _server.Host,
            "-p",
            $"{_server.Port}",
            "-U",
            _server.User,
            "-d",
            _target,
            "-w",
        ];

        using PureDumpProcess restore = PureDumpProcess.Start([.. words, _archive.Path], _server.Password);
        Assert.Equal(1, restore.WaitForExit());
        Assert.Contains(
            $"restored with 1 failure and 1 warning, into database \"{_target}\": 2 entries, 50 rows",
            restore.Error,
            StringComparison.Ordinal);
        Assert.DoesNotContain("warning: warning", restore.Error, StringComparison.Ordinal);
        Assert.Equal("50 0", Counts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_that_nothing_keeps_away_are_missed_and_what_came_of_the_table_is_rolled_back(bool isPipe)
    {
        MakeTables();
        _server.Execute(_target, "CREATE TRIGGER hidden BEFORE INSERT ON plain FOR EACH ROW EXECUTE FUNCTION hide();");
        var observer = new RecordingObserver();

        Assert.Equal(1, Restore(isPipe, isSingle: false, observer).FailureCount);
        Assert.Equal(
            "TABLE DATA public.plain: the server took 50 of the 100 rows that were sent into public.plain",
            Assert.Single(observer.Failures));
        Assert.Equal("0 100", Counts);
    }

    [Fact]
    public void They_are_missed_in_a_table_that_the_restore_has_made_itself()
    {
        _server.Execute(_target, """
            CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
                IF to_regclass('public.plain') IS NOT NULL AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = 'hidden') THEN
                    CREATE TRIGGER hidden BEFORE INSERT ON public.plain FOR EACH ROW EXECUTE FUNCTION public.hide();
                END IF;
            END $$;
            CREATE EVENT TRIGGER watch ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION watch();
            """);
        var observer = new RecordingObserver();
        var request = new RestoreRequest { Target = Operations.TargetOf(_server, _target) };
        RestoreResult result = RestoreOperation.FromFile(request, _archive.Path, observer, TestContext.Current.CancellationToken);

        Assert.Equal(1, result.FailureCount);
        Assert.Contains("took 50 of the 100 rows", Assert.Single(observer.Failures), StringComparison.Ordinal);
        Assert.Equal("0 100", Counts);
    }

    [Fact]
    public void Rows_that_a_statement_gives_or_wants_are_an_error_of_its_entry_and_the_next_is_restored()
    {
        using var file = new TemporaryFile("copy.dump");
        File.WriteAllBytes(
            file.Path,
            BuiltArchive.Custom(
                16,
                [
                    BuiltArchive.EncodingEntry,
                    BuiltArchive.Entry(2, EntryKind.Table, "a", "public") with
                    {
                        Definition = "CREATE TABLE public.a (id integer);\n",
                    },
                    BuiltArchive.Entry(3, EntryKind.Function, "giver", "public") with
                    {
                        Definition = "COPY (SELECT generate_series(1, 1000)) TO STDOUT;\n",
                    },
                    BuiltArchive.Entry(4, EntryKind.Function, "taker", "public") with
                    {
                        Definition = "COPY public.a FROM STDIN;\n",
                    },
                    BuiltArchive.Entry(5, EntryKind.Table, "b", "public") with
                    {
                        Definition = "CREATE TABLE public.b (id integer);\n",
                    },
                ]));
        var observer = new RecordingObserver();
        var request = new RestoreRequest { Target = Operations.TargetOf(_server, _target) };
        RestoreResult result = RestoreOperation.FromFile(request, file.Path, observer, TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "FUNCTION public.giver: COPY TO STDOUT is not allowed here: nobody takes its rows",
                "FUNCTION public.taker: COPY FROM STDIN is not allowed here: there are no rows for it",
            ],
            observer.Failures);
        Assert.Equal(2, result.FailureCount);
        Assert.Equal("t", _server.Scalar(_target, "SELECT to_regclass('public.a') IS NOT NULL AND to_regclass('public.b') IS NOT NULL"));
    }

    public void Dispose()
    {
        _archive.Dispose();
        _server.DropDatabase(_target);
    }

    private string? Counts => _server.Scalar(_target, "SELECT (SELECT count(*) FROM plain) || ' ' || (SELECT count(*) FROM parts)");

    private void MakeTables() => _server.Execute(_target, """
        CREATE TABLE plain (id integer);
        CREATE TABLE parts (id integer) PARTITION BY RANGE (id);
        CREATE TABLE parts_low PARTITION OF parts FOR VALUES FROM (0) TO (1000);
        """);

    private RestoreResult Restore(bool isPipe, bool isSingle, RecordingObserver observer)
    {
        var request = new RestoreRequest
        {
            Target = Operations.TargetOf(_server, _target),
            Selection = new() { WithSchema = false },
            SingleTransaction = isSingle,
        };
        if (!isPipe)
        {
            return RestoreOperation.FromFile(request, _archive.Path, observer, TestContext.Current.CancellationToken);
        }

        using FileStream stream = File.OpenRead(_archive.Path);
        return RestoreOperation.FromStream(request, stream, observer, TestContext.Current.CancellationToken);
    }
}
