using PureDump.Engine;
using PureDump.Formats.Errors;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>Runs that are interrupted end at once, with no file and no session left.</summary>
public sealed class CancellationFailureTests : IDisposable
{
    private readonly PostgresServer _server = ServerPool.Get(TestMajors.Newest);
    private readonly string _source;
    private readonly string _target;
    private readonly TemporaryFile _file = new();

    public CancellationFailureTests()
    {
        _source = _server.CreateDatabase();
        _target = _server.CreateDatabase();

        // What is slow in the copy is fast in the source: the functions are put in when the rows are there.
        _server.Execute(_source, """
            CREATE FUNCTION slow_key(integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN $1; END $$;
            CREATE TABLE noise AS SELECT g AS id, sha512(g::text::bytea) AS filler FROM generate_series(1, 200000) g;
            CREATE TABLE slow_rows (id integer, key integer GENERATED ALWAYS AS (public.slow_key(id)) STORED);
                INSERT INTO slow_rows SELECT generate_series(1, 500);
            CREATE TABLE slow_index (id integer); INSERT INTO slow_index SELECT generate_series(1, 500);
            CREATE INDEX ON slow_index (public.slow_key(id));
            CREATE OR REPLACE FUNCTION slow_key(integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM pg_sleep(1);
                RETURN $1; END $$;
            """);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_dump_is_cancelled_while_rows_move(int jobs)
    {
        using var cancellation = new CancellationTokenSource();
        Bounded.Fails(
            ErrorKind.Cancelled,
            () =>
                DumpOperation.ToFile(
                    new DumpRequest { Source = Operations.TargetOf(_server, _source), Jobs = jobs },
                    _file.Path,
                    new RecordingObserver(cancellation.Cancel),
                    cancellation.Token));
        _file.AssertNothingLeft();
        AssertNoSessions(_source);
    }

    [Fact]
    public void A_dump_is_cancelled_while_it_waits_for_a_lock()
    {
        using Npgsql.NpgsqlConnection other = _server.Connect(_source);
        using (var hold = new Npgsql.NpgsqlCommand("BEGIN; LOCK TABLE noise IN ACCESS EXCLUSIVE MODE", other))
        {
            hold.ExecuteNonQuery();
        }

        using var cancellation = new CancellationTokenSource();
        var canceller = new Thread(() =>
        {
            WaitForActivity(_source, "wait_event_type = 'Lock'");
            cancellation.Cancel();
        });
        canceller.Start();
        Bounded.Fails(ErrorKind.Cancelled, () => DumpOperation.ToFile(
            new DumpRequest { Source = Operations.TargetOf(_server, _source) }, _file.Path, new RecordingObserver(), cancellation.Token));
        canceller.Join();
        _file.AssertNothingLeft();
        AssertNoSessions(_source);
    }

    [Fact]
    public void A_run_cancelled_before_it_begins_does_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Bounded.Fails(ErrorKind.Cancelled, () => DumpOperation.ToFile(
            new DumpRequest { Source = Operations.TargetOf(_server, _source) }, _file.Path, new RecordingObserver(), cancellation.Token));
        _file.AssertNothingLeft();
    }

    [Theory]
    [InlineData("COPY%", "noise,slow_rows", 1, false)]
    [InlineData("COPY%", "noise,slow_rows", 3, true)]
    [InlineData("CREATE INDEX%", "slow_index", 2, false)]
    [InlineData("CREATE INDEX%", "slow_index", 2, true)]
    public void A_restore_is_cancelled_while_the_server_works(string statement, string tables, int jobs, bool isPipe)
    {
        Dump(tables);
        using var cancellation = new CancellationTokenSource();
        var canceller = new Thread(() =>
        {
            WaitForActivity(_target, $"state = 'active' AND query LIKE '{statement}' AND query NOT LIKE '%noise%'");
            cancellation.Cancel();
        });
        canceller.Start();
        var request = new RestoreRequest { Target = Operations.TargetOf(_server, _target), Jobs = jobs };
        Bounded.Fails(ErrorKind.Cancelled, () =>
        {
            if (isPipe)
            {
                using FileStream stream = File.OpenRead(_file.Path);
                RestoreOperation.FromStream(request, stream, new RecordingObserver(), cancellation.Token);
            }
            else
            {
                RestoreOperation.FromFile(request, _file.Path, new RecordingObserver(), cancellation.Token);
            }
        });
        canceller.Join();
        AssertNoSessions(_target);
    }

    [Fact]
    public void Ctrl_C_ends_a_dump_with_130_and_no_file()
    {
        using var dump = PureDumpProcess.Start(_server, "dump", "-d", _source, "-j", "2", "-Z", "zstd:19", "-f", _file.Path);
        Bounded.WaitFor(
            "the dump writes",
            () => dump.HasExited || Directory.EnumerateFiles(_file.Directory).Any(name => new FileInfo(name).Length > 100_000));
        dump.Interrupt();
        Assert.Equal(130, dump.WaitForExit());
        Assert.Contains("interrupted", dump.Error, StringComparison.Ordinal);
        _file.AssertNothingLeft();
        AssertNoSessions(_source);
    }

    [Fact]
    public void Ctrl_C_ends_a_dump_into_a_pipe_that_nobody_reads()
    {
        using var dump = PureDumpProcess.Start(_server, "dump", "-d", _source, "-j", "2", "-Z", "none");
        dump.Output.ReadExactly(new byte[1000]);
        Thread.Sleep(500);
        dump.Interrupt();
        Assert.Equal(130, dump.WaitForExit());
        AssertNoSessions(_source);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Ctrl_C_ends_a_restore_with_130(bool isPipe)
    {
        Dump("slow_rows,slow_index");
        using var restore = PureDumpProcess.Start(_server, "restore", "-d", _target, "-j", "2", isPipe ? "-" : _file.Path);
        if (isPipe)
        {
            // The pipe stays open, as one does that is still being written.
            restore.Input.Write(File.ReadAllBytes(_file.Path).AsSpan()[..^10]);
            restore.Input.Flush();
        }

        WaitForActivity(_target, "state = 'active' AND query LIKE 'COPY%'");
        restore.Interrupt();
        Assert.Equal(130, restore.WaitForExit());
        Assert.Contains("interrupted", restore.Error, StringComparison.Ordinal);
        AssertNoSessions(_target);
    }

    /// <summary>What the pipe holds before it falls silent: nothing, a part of the first bytes that are looked at, an archive's
    /// header.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(1000)]
    public void Ctrl_C_ends_a_restore_of_a_pipe_that_falls_silent(int count)
    {
        Dump("slow_rows,slow_index");
        using var restore = PureDumpProcess.Start(_server, "restore", "-d", _target);
        restore.Input.Write(File.ReadAllBytes(_file.Path).AsSpan()[..count]);
        restore.Input.Flush();

        // Nothing to be seen from outside says that it waits.
        Thread.Sleep(2000);
        restore.Interrupt();

        Assert.Equal(130, restore.WaitForExit());
        Assert.Contains("interrupted", restore.Error, StringComparison.Ordinal);
        AssertNoSessions(_target);
    }

    public void Dispose()
    {
        _server.DropDatabase(_source);
        _server.DropDatabase(_target);
        _file.Dispose();
    }

    private void Dump(string tables)
    {
        string[] others = [.. new[] { "noise", "slow_rows", "slow_index" }.Except(tables.Split(','))];
        Operations.Dump(_server, _source, _file.Path, new() { ExcludedTables = others });
    }

    private void WaitForActivity(string database, string condition) =>
        Bounded.WaitFor(
            $"a session with {condition}",
            () =>
                _server.Scalar(
                    "postgres",
                    $"SELECT 1 FROM pg_stat_activity WHERE datname = '{database}' AND application_name = 'puredump' AND {condition}")
                    is not null);

    private void AssertNoSessions(string database) =>
        Bounded.WaitFor(
            $"no session of puredump in {database}",
            () =>
                _server.Scalar("postgres", $"SELECT 1 FROM pg_stat_activity WHERE datname = '{database}' AND application_name = 'puredump'")
                    is null);
}
