using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipelines;
using PureDump.Formats.Errors;
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
        Assert.Equal(new TransferProgress(1, dumped.RowCount, dumped.RawBytes, 0), told.Last with { EstimatedBytes = 0 });
    }

    [Fact]
    public async Task A_stream_is_written_and_read_without_a_synchronous_call_and_stays_open()
    {
        using var bytes = new MemoryStream();
        var stream = new AsynchronousStream(bytes);
        await Dump.RunAsync(Conninfo(_source), DumpTarget.Stream(stream), new DumpOptions { Compression = "lz4" }, null, Cancellation);
        bytes.Position = 0;
        Assert.Empty(await DumpArchive.VerifyAsync(DumpSource.Stream(stream), Cancellation));
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
        Assert.NotEmpty(await DumpArchive.VerifyAsync(DumpSource.Stream(new MemoryStream(bytes)), Cancellation));
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
        using Npgsql.NpgsqlConnection other = _server.Connect(_source);
        using var hold = new Npgsql.NpgsqlCommand("BEGIN; LOCK TABLE held", other);
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
