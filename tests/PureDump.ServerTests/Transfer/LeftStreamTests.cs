using PureDump.Engine;
using PureDump.Engine.Jobs;
using PureDump.Engine.Sinks;
using PureDump.Engine.Sources;
using PureDump.Engine.Transfer;
using PureDump.Formats.Archive;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Oracle;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>
/// One side of a transfer fails in the middle of a table: whatever the other side was about is left or undone, and the next table moves as
/// if nothing had been.
/// </summary>
public sealed class LeftStreamTests : IClassFixture<LeftStreamTests.Fixture>
{
    private const int SecondRowCount = 1000;

    private readonly Fixture _fixture;

    public LeftStreamTests(Fixture fixture) => _fixture = fixture;

    /// <summary>The first block, one in the middle, and the end of the rows.</summary>
    public static TheoryData<string, int> SourcesAndBlocks { get; } =
        Matrix("live", "pdump", "pdump pipe", "pdump as text", "custom", "custom pipe", "directory", "tar");

    public static TheoryData<string, int> SinksAndBlocks { get; } = Matrix("pdump", "script");

    [Theory]
    [MemberData(nameof(SourcesAndBlocks))]
    public void The_table_behind_one_that_the_sink_refused_moves_whole(string sourceName, int block)
    {
        using IDumpSource source = _fixture.Open(sourceName);
        using var sink = new RefusingSink("first", block);
        var observer = new RecordingObserver();
        using (
            var transfer = new DumpTransfer(
                source,
                source.Toc,
                sink,
                Options(exitOnError: false),
                observer,
                TestContext.Current.CancellationToken))
        {
            transfer.Run();
            Assert.Equal(1, transfer.FailureCount);
        }

        Assert.Contains("TABLE DATA public.first", Assert.Single(observer.Failures), StringComparison.Ordinal);
        Assert.Equal(SecondRowCount, sink.Rows["second"]);
        Assert.True(sink.IsComplete);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(0)]
    public void The_table_behind_one_that_the_source_lost_is_loaded_whole(int block)
    {
        string target = _fixture.Server.CreateDatabase();
        var observer = new RecordingObserver();
        using (IDumpSource source = new FailingSource((IPartSource)_fixture.Open("pdump"), "first", block))
        {
            RestoreResult result = RestoreOperation.Run(
                new RestoreRequest { Target = Operations.TargetOf(_fixture.Server, target) },
                source,
                observer,
                TestContext.Current.CancellationToken);
            Assert.Equal(1, result.FailureCount);
        }

        Assert.Contains("TABLE DATA public.first", Assert.Single(observer.Failures), StringComparison.Ordinal);
        Assert.Equal(
            $"0 {SecondRowCount}",
            _fixture.Server.Scalar(target, "SELECT (SELECT count(*) FROM first) || ' ' || (SELECT count(*) FROM second)"));
        _fixture.Server.DropDatabase(target);
    }

    [Theory]
    [MemberData(nameof(SinksAndBlocks))]
    public void A_sink_that_is_one_stream_ends_with_the_error_of_its_source(string sinkName, int block)
    {
        using var output = new MemoryStream();
        using IDumpSource source = new FailingSource((IPartSource)_fixture.Open("custom"), "first", block);
        DumpTransfer? transfer = null;
        using ArchiveWriter? writer =
            sinkName == "pdump"
                ? new ArchiveWriter(output, new ArchiveHeader(DateTime.UtcNow), CodecSetting.Default, 2, () => transfer?.Stop())
                : null;
        using IDumpSink sink = writer is null ? new ScriptSink(output, new ScriptOptions()) : new ArchiveSink(writer);
        using (
            transfer = new DumpTransfer(
                source,
                source.Toc,
                sink,
                Options(exitOnError: true) with
                {
                    InOrder = writer is null,
                },
                new RecordingObserver(),
                TestContext.Current.CancellationToken))
        {
            Assert.Contains(FailingSource.Reason, Operations.Fails(transfer.Run).Message, StringComparison.Ordinal);
            writer?.Dispose();
        }
    }

    /// <summary>As a user meets it: the rest of the source's rows is more than is worth reading, then less.</summary>
    [Theory]
    [InlineData(7, 1)]
    [InlineData(7, 2)]
    [InlineData(60_000, 1)]
    [InlineData(100_000, 1)]
    public void A_copy_whose_target_refuses_a_row_goes_on(int refused, int jobs)
    {
        string target = _fixture.Server.CreateDatabase();
        _fixture.Server.Execute(target, $"CREATE TABLE first (x int CHECK (x <> {refused}), pad text); CREATE TABLE second (y int)");
        var observer = new RecordingObserver();
        CopyResult result = CopyOperation.Run(
            new CopyRequest
            {
                Source = Operations.TargetOf(_fixture.Server, _fixture.Database),
                Target = Operations.TargetOf(_fixture.Server, target),
                Selection = new DumpSelection { WithSchema = false },
                Jobs = jobs,
            },
            observer,
            TestContext.Current.CancellationToken);

        Assert.Equal(1, result.FailureCount);
        Assert.Contains("first_x_check", Assert.Single(observer.Failures), StringComparison.Ordinal);
        Assert.Equal(
            $"0 {SecondRowCount}",
            _fixture.Server.Scalar(target, "SELECT (SELECT count(*) FROM first) || ' ' || (SELECT count(*) FROM second)"));
        _fixture.Server.DropDatabase(target);
    }

    private static TransferOptions Options(bool exitOnError) => new() { Jobs = 1, BlockCount = 8, ExitOnError = exitOnError };

    private static TheoryData<string, int> Matrix(params string[] names)
    {
        var matrix = new TheoryData<string, int>();
        foreach (string name in names)
        {
            foreach (int block in (int[])[1, 5, 0])
            {
                matrix.Add(name, block);
            }
        }

        return matrix;
    }

    /// <summary>A table of eleven blocks and a small one behind it, live and in every archive.</summary>
    public sealed class Fixture : IDisposable
    {
        private readonly TemporaryFile _files = new("pdump");

        public Fixture()
        {
            Server = ServerPool.Get(TestMajors.Newest);
            Database = Server.CreateDatabase();
            Server.Execute(Database, $"""
                CREATE TABLE first (x int, pad text); INSERT INTO first SELECT g, repeat('p', 100) FROM generate_series(1, 100000) g;
                CREATE TABLE second (y int); INSERT INTO second SELECT generate_series(1, {SecondRowCount});
                """);
            Operations.Dump(Server, Database, _files.Path);
            foreach ((string name, string format) in ((string, string)[])[("custom", "c"), ("directory", "d"), ("tar", "t")])
            {
                using PureDumpProcess dump = PureDumpProcess.Start(Server, "pg_dump", "-F", format, "-f", PathOf(name), Database);
                Assert.True(dump.WaitForExit() == 0, dump.Error);
            }
        }

        internal PostgresServer Server { get; }

        internal string Database { get; }

        public void Dispose()
        {
            Server.DropDatabase(Database);
            _files.Dispose();
        }

        internal IDumpSource Open(string name) =>
            name switch
            {
                "live" => new LiveSource(
                    Operations.TargetOf(Server, Database),
                    new DumpSelection(),
                    new DumpSession(),
                    null,
                    makesChunks: false,
                    static _ => { },
                    TestContext.Current.CancellationToken),
                "pdump as text" => TextSource.Of(ArchiveSources.Open(_files.Path, 1), static _ => true),
                "pdump pipe" or "custom pipe" => ArchiveSources.Open(new ForwardOnlyStream(File.OpenRead(PathOf(name.Split(' ')[0])))),
                _ => ArchiveSources.Open(PathOf(name), 1),
            };

        private string PathOf(string name) => Path.Combine(_files.Directory, name);
    }

    /// <summary>Counts rows, and refuses a block of a table, as a server refuses a row; block 0: the end of its rows.</summary>
    private sealed class RefusingSink(string table, int refusedBlock) : IRowSink, IRowWorker
    {
        private string _table = "";
        private int _blockCount;

        public Dictionary<string, int> Rows { get; } = [];

        public bool IsComplete { get; private set; }

        public void Begin(Toc toc)
        {
        }

        public IRowWorker OpenWorker() => this;

        public void EndEntry(TocEntry entry)
        {
        }

        public void Complete() => IsComplete = true;

        public void BeginRows(TocEntry entry, bool isOnlyWriter)
        {
            (_table, _blockCount) = (entry.Name, 0);
            Rows[_table] = 0;
        }

        public void Write(RowBlock block)
        {
            using (block)
            {
                _blockCount++;
                RefuseAt(_blockCount);
                Rows[_table] += block.RowCount;
            }
        }

        public void EndRows() => RefuseAt(0);

        public void AbortRows() => Rows[_table] = 0;

        public void CommitRows()
        {
        }

        public void RemoveRows(TocEntry entry) => AbortRows();

        public void Abort()
        {
        }

        public void Dispose()
        {
        }

        private void RefuseAt(int block)
        {
            if (_table == table && block == refusedBlock)
            {
                throw new PureDumpException(ErrorKind.Server, "the sink refuses a row");
            }
        }
    }

    /// <summary>A source that fails before it gives a block of a table; block 0: where its rows should end.</summary>
    private sealed class FailingSource(IPartSource source, string table, int failingBlock) : IPartSource
    {
        public const string Reason = "the source cannot read on";

        public Toc Toc => source.Toc;

        public IReadOnlyList<RowPart> PartsOf(TocEntry entry) => source.PartsOf(entry);

        public ISourceWorker OpenWorker() => new Worker(source.OpenWorker(), table, failingBlock);

        public void Complete() => source.Complete();

        public void Dispose() => source.Dispose();

        private sealed class Worker(ISourceWorker source, string table, int failingBlock) : ISourceWorker
        {
            private bool _isTable;
            private int _blockCount;

            public void Open(RowPart part)
            {
                (_isTable, _blockCount) = (part.Entry.Name == table, 0);
                source.Open(part);
            }

            public bool Read(RowBlock block)
            {
                _blockCount++;
                bool isLast = failingBlock == 0 && _isTable && !source.Read(block);
                if (isLast || (_isTable && _blockCount == failingBlock))
                {
                    throw new PureDumpException(ErrorKind.Server, Reason);
                }

                return (failingBlock == 0 && _isTable) || source.Read(block);
            }

            public void Leave() => source.Leave();

            public void Abort() => source.Abort();

            public void Dispose() => source.Dispose();
        }
    }
}
