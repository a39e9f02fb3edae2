using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using Microsoft.Extensions.Logging;
using Npgsql;
using PureDump.ServerTests.Transfer;
using PureDump.TestSupport;

namespace PureDump.ServerTests;

/// <summary>The package, as an application uses it.</summary>
public sealed class LibraryTests : IDisposable
{
    private readonly PostgresServer _server = ServerPool.Get(TestMajors.Newest);
    private readonly string _source;
    private readonly string _target;

    public LibraryTests()
    {
        _source = _server.CreateDatabase();
        _target = _server.CreateDatabase();
        _server.Execute(_source, """
            CREATE TABLE orders (id integer PRIMARY KEY, words text);
            INSERT INTO orders SELECT i, repeat(md5(i::text), 20) FROM generate_series(1, 20000) i;
            """);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dump_goes_through_a_pipe_into_a_restore()
    {
        var pipe = new Pipe();
        var told = new Events();
        Task<DumpSummary> dump =
            Dump.RunAsync(Conninfo(_source), DumpTarget.Pipe(pipe.Writer), new DumpOptions { Jobs = 2 }, told, Cancellation);
        Task<RestoreSummary> restore =
            Restore.RunAsync(DumpSource.Pipe(pipe.Reader), Conninfo(_target), new RestoreOptions { Jobs = 2 }, null, Cancellation);
        DumpSummary dumped = await dump;
        await pipe.Writer.CompleteAsync();

        Assert.Equal(0, (await restore).FailureCount);
        Assert.Equal(20000, dumped.RowCount);
        Assert.Equal("20000", _server.Scalar(_target, "SELECT count(*) FROM orders"));
        Assert.Equal(
            new TransferProgress(1, dumped.RowCount, dumped.RawBytes, 0) { Operation = "dump" },
            told.Last with { EstimatedBytes = 0 });
        Assert.Equal("progress", told.Last.Kind);
    }

    [Fact]
    public async Task A_stream_is_written_and_read_without_a_synchronous_call_and_stays_open()
    {
        using var bytes = new MemoryStream();
        var stream = new AsynchronousStream(bytes);
        await Dump.RunAsync(Conninfo(_source), DumpTarget.Stream(stream), new DumpOptions { Compression = "lz4" }, null, Cancellation);
        bytes.Position = 0;
        Assert.Empty((await DumpArchive.VerifyAsync(DumpSource.Stream(stream), Cancellation)).Findings);
        bytes.Position = 0;
        await Restore.RunAsync(DumpSource.Stream(stream), Conninfo(_target), null, null, Cancellation);

        Assert.Equal("20000", _server.Scalar(_target, "SELECT count(*) FROM orders"));
        Assert.True(bytes.CanRead);
    }

    [Fact]
    public async Task An_archive_is_listed_and_damage_is_found()
    {
        using var file = new TemporaryFile("a.pdump");
        await Dump.RunAsync(Conninfo(_source), DumpTarget.File(file.Path), null, null, Cancellation);
        await using (DumpArchive archive = await DumpArchive.OpenAsync(file.Path, Cancellation))
        {
            Assert.Equal(_source, archive.Database);
            ArchiveEntry rows = Assert.Single(archive.Entries, static entry => entry.Kind == "TABLE DATA");
            Assert.Equal(("public", "orders", 20000L), (rows.Schema, rows.Name, rows.RowCount));
            Assert.Contains("CREATE TABLE public.orders", Assert.Single(archive.Entries, static entry => entry.Kind == "TABLE").Sql);
        }

        byte[] bytes = File.ReadAllBytes(file.Path);
        bytes[bytes.Length / 2] ^= 1;
        Assert.NotEmpty((await DumpArchive.VerifyAsync(DumpSource.Stream(new MemoryStream(bytes)), Cancellation)).Findings);
    }

    [Fact]
    public async Task A_copy_is_compared_and_a_failure_is_told()
    {
        _server.Execute(_source, "CREATE TABLE twice (a integer); INSERT INTO twice VALUES (1), (1)");
        CopySummary copied =
            await DatabaseCopy.RunAsync(Conninfo(_source), Conninfo(_target), new CopyOptions { Verify = true }, null, Cancellation);
        Assert.Equal((2, 0), (copied.CheckedCount, copied.Differences.Count));

        using var file = new TemporaryFile("a.pdump");
        await Dump.RunAsync(Conninfo(_source), DumpTarget.File(file.Path), null, null, Cancellation);
        var told = new Events();
        _server.Execute(_target, "DROP TABLE twice; ALTER TABLE orders RENAME TO twice");
        RestoreSummary restored = await Restore.RunAsync(
            DumpSource.File(file.Path), Conninfo(_target), new RestoreOptions { WithSchema = false }, told, Cancellation);
        Assert.True(restored.FailureCount > 0);
        Assert.Equal(restored.FailureCount, told.All.OfType<EntryFailed>().Count());
    }

    [Fact]
    public async Task A_call_that_is_cancelled_says_so_and_leaves_no_file()
    {
        using var file = new TemporaryFile("a.pdump");
        _server.Execute(_source, "CREATE TABLE held ()");
        using NpgsqlConnection other = _server.Connect(_source);
        using var hold = new NpgsqlCommand("BEGIN; LOCK TABLE held", other);
        hold.ExecuteNonQuery();
        using var stop = new CancellationTokenSource();
        Task dump = Dump.RunAsync(Conninfo(_source), DumpTarget.File(file.Path), null, null, stop.Token);
        Bounded.WaitFor(
            "the dump waits",
            () => _server.Scalar(_source, """
                SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE NOT granted AND d.datname = current_database()
                """) is not null);
        await stop.CancelAsync();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dump);
        Assert.Equal(stop.Token, error.CancellationToken);
        file.AssertNothingLeft();
    }

    [Fact]
    public async Task Nothing_is_waited_for_on_a_scheduler_of_the_caller()
    {
        // One task at a time: an operation that needed a second one while the first waits for it would never end.
        TaskScheduler exclusive = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        Task<DumpSummary> dump = Task.Factory.StartNew(
            () => Dump.RunAsync(Conninfo(_source), DumpTarget.Stream(new MemoryStream()), new DumpOptions { Jobs = 3 }, null, Cancellation),
            Cancellation,
            TaskCreationOptions.None,
            exclusive).Unwrap();

        Assert.Equal(20000, (await dump).RowCount);
    }

    [Fact]
    public async Task Rows_are_read_out_of_an_archive_as_the_server_writes_them()
    {
        _server.Execute(_source, """
            CREATE TYPE mood AS ENUM ('sad', 'ok');
            CREATE TABLE kinds (a integer, b text, c numeric, d timestamptz, e bytea, f mood[], g jsonb);
            INSERT INTO kinds VALUES
                (1, E'tab\t back\\\\ line\n \\N', 1.50, '2024-02-29 12:00Z', '\\x00ff', '{sad,ok}', '{"a": "ü"}'),
                (NULL, '', 'NaN', 'infinity', '', '{}', NULL),
                (2, 'NULL', NULL, NULL, NULL, NULL, '[]');
            INSERT INTO kinds (a, b) SELECT i, repeat(md5(i::text), 100000) FROM generate_series(3, 5) i;
            INSERT INTO kinds (a, b) SELECT i, i::text FROM generate_series(6, 20) i;
            """);
        using var file = new TemporaryFile("a.pdump");
        await Dump.RunAsync(Conninfo(_source), DumpTarget.File(file.Path), null, null, Cancellation);
        await using DumpArchive archive = await DumpArchive.OpenAsync(file.Path, Cancellation);
        var read = new List<string?[]>();
        await foreach (ArchiveRow row in archive.ReadRowsAsync("public.kinds", Cancellation))
        {
            read.Add([.. Enumerable.Range(0, row.Count).Select(row.GetText)]);
        }

        Assert.Equal(
            ["integer", "text", "numeric", "timestamp with time zone", "bytea", "public.mood[]", "jsonb"],
            Assert.Single(archive.Entries, static entry => entry is { Kind: "TABLE DATA", Name: "kinds" })
                .Columns.Select(static column => column.Type));
        Assert.Equal(
            _server.Rows(_source, "SELECT a::text, b, c::text, (d AT TIME ZONE 'UTC')::text || '+00', e::text, f::text, g::text FROM kinds")
                .Select(static row => row.Select(static value => value == "infinity+00" ? "infinity" : value).ToArray()),
            read);
    }

    [Fact]
    public async Task Reading_rows_may_stop_anywhere_and_go_on_beside_itself()
    {
        using var file = new TemporaryFile("a.pdump");
        await Dump.RunAsync(Conninfo(_source), DumpTarget.File(file.Path), null, null, Cancellation);
        await using DumpArchive archive = await DumpArchive.OpenAsync(file.Path, Cancellation);
        await foreach (ArchiveRow first in archive.ReadRowsAsync("orders", Cancellation))
        {
            Assert.Equal("1", first.GetText(0));
            Assert.Equal(640, first.GetBytes(1)!.Value.Length);
            break;
        }

        int[] counts = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            int count = 0;
            await foreach (ArchiveRow row in archive.ReadRowsAsync("orders", Cancellation))
            {
                count++;
            }

            return count;
        }));
        Assert.Equal([20000, 20000, 20000], counts);
    }

    [Fact]
    public async Task A_data_source_is_a_login_and_each_connection_has_the_password_of_its_moment()
    {
        using PostgresServer server = Requirement.OwnServer(
            TestMajors.Newest, new ServerOptions { HbaLines = ["host all rotating 127.0.0.1/32 scram-sha-256"] });
        server.Execute("postgres", "CREATE ROLE rotating LOGIN SUPERUSER");
        server.Execute("postgres", "CREATE TABLE t AS SELECT i FROM generate_series(1, 1000) i");
        string target = server.CreateDatabase();
        int callCount = 0;
        var gate = new Lock();

        // The first connection has a password that no later one is let in with.
        ValueTask<string> Password(CancellationToken cancellation)
        {
            lock (gate)
            {
                if (++callCount <= 2)
                {
                    server.Execute("postgres", $"ALTER ROLE rotating PASSWORD 'no. {callCount}'");
                }

                return ValueTask.FromResult($"no. {Math.Min(callCount, 2)}");
            }
        }

        await using NpgsqlDataSource source = Source("postgres");
        DumpSummary dumped = await Dump.RunAsync(
            DatabaseLogin.Of(source).WithPassword(Password),
            DumpTarget.Stream(new MemoryStream()),
            new DumpOptions { Jobs = 3 },
            null,
            Cancellation);
        Assert.Equal(1000, dumped.RowCount);
        Assert.InRange(callCount, 2, int.MaxValue);

        // Npgsql's own connections ask the same.
        await using (NpgsqlConnection connection = await source.OpenConnectionAsync(Cancellation))
        {
            Assert.Equal("rotating", connection.UserName);
        }

        await using NpgsqlDataSource other = Source(target);
        CopySummary copied = await DatabaseCopy.RunAsync(
            DatabaseLogin.Of(source).WithPassword(Password),
            DatabaseLogin.Of(other).WithPassword(Password),
            new CopyOptions { Verify = true },
            null,
            Cancellation);
        Assert.Empty(copied.Differences);

        PureDumpException error = await Assert.ThrowsAsync<PureDumpException>(
            () => Dump.RunAsync(source, DumpTarget.Stream(new MemoryStream()), null, null, Cancellation));
        Assert.Equal(ErrorKind.Authentication, error.Kind);
        Assert.Contains("WithPassword", error.Hint, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<PureDumpException>(
            () => Dump.RunAsync(
                DatabaseLogin.Of(source).WithPassword(static _ => throw new InvalidOperationException("no token")),
                DumpTarget.Stream(new MemoryStream()),
                null,
                null,
                Cancellation));
        Assert.Equal(ErrorKind.Authentication, error.Kind);
        Assert.Contains("no token", error.Message, StringComparison.Ordinal);

        NpgsqlDataSource Source(string database)
        {
            var builder = new NpgsqlDataSourceBuilder(string.Create(
                CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={server.Port};Username=rotating;Database={database};Pooling=false"));
            builder.UsePasswordProvider(_ => Password(default).Result, (_, cancellation) => Password(cancellation));
            return builder.Build();
        }
    }

    [Fact]
    public async Task An_operation_is_an_activity_with_its_phases_and_is_logged()
    {
        var ended = new ConcurrentQueue<Activity>();
        using var root = new Activity("test");
        root.Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "PureDump",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                // Other tests are heard too.
                if (activity.TraceId == root.TraceId)
                {
                    ended.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        var log = new CapturedLog();
        await Dump.RunAsync(Conninfo(_source), DumpTarget.Stream(new MemoryStream()), new DumpOptions { Logger = log }, null, Cancellation);

        Assert.Equal(
            ["puredump.dump.catalog", "puredump.dump.transfer", "puredump.dump.finish", "puredump.dump"],
            ended.Select(static activity => activity.OperationName));
        Activity dump = ended.Last();
        Assert.Equal(root.SpanId, dump.ParentSpanId);
        Assert.Equal(20000L, dump.GetTagItem("puredump.rows"));
        DateTime end = dump.StartTimeUtc;
        Assert.All(ended.SkipLast(1), phase =>
        {
            Assert.Equal(dump.SpanId, phase.ParentSpanId);
            Assert.InRange(phase.StartTimeUtc, end, dump.StartTimeUtc + dump.Duration);
            end = phase.StartTimeUtc + phase.Duration;
        });
        Assert.Equal(
            [(LogLevel.Information, 1), (LogLevel.Debug, 6), (LogLevel.Information, 2)],
            log.All.Select(static line => (line.Level, line.Id)));

        ended.Clear();
        log.All.Clear();
        await Assert.ThrowsAsync<PureDumpException>(
            () => Restore.RunAsync(
                DumpSource.Stream(new MemoryStream([1])), Conninfo(_target), new RestoreOptions { Logger = log }, null, Cancellation));
        Assert.Equal(ActivityStatusCode.Error, ended.Last().Status);
        Assert.Equal([(LogLevel.Information, 1), (LogLevel.Error, 3)], log.All.Select(static line => (line.Level, line.Id)));
    }

    [Fact]
    public async Task A_failure_is_one_exception()
    {
        PureDumpException error = await Assert.ThrowsAsync<PureDumpException>(
            () => Dump.RunAsync(Conninfo("no_such_database"), DumpTarget.Stream(new MemoryStream()), null, null, Cancellation));
        Assert.Contains("no_such_database", error.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _server.DropDatabase(_source);
        _server.DropDatabase(_target);
    }

    private string Conninfo(string database) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"host={_server.Host} port={_server.Port} user={_server.User} password='{_server.Password}' dbname={database}");

    private sealed class CapturedLog : ILogger
    {
        public ConcurrentQueue<(LogLevel Level, int Id, string Text)> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) => All.Enqueue((logLevel, eventId.Id, formatter(state, exception)));
    }

    private sealed class Events : IProgress<TransferEvent>
    {
        public ConcurrentQueue<TransferEvent> All { get; } = [];

        public TransferProgress Last => All.OfType<TransferProgress>().Last();

        public void Report(TransferEvent value) => All.Enqueue(value);
    }

    // As the body of a request or response: a synchronous call is an error.
    private sealed class AsynchronousStream(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => throw new InvalidOperationException("synchronous");

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new InvalidOperationException("synchronous");

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(buffer, cancellationToken);

        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("synchronous");

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.WriteAsync(buffer, cancellationToken);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
