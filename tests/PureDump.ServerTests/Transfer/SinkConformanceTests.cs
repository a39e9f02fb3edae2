using PureDump.Engine.Selection;
using PureDump.Engine.Sinks;
using PureDump.Engine.Sources;
using PureDump.Engine.Transfer;
using PureDump.Formats.Archive;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.PgArchive;
using PureDump.Formats.Rows;
using PureDump.Formats.Script;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Oracle;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>
/// What every sink promises the hub: rows are there as they were given, and of a part that was given up none; nothing looks finished that
/// was not completed; a block that a sink was given is the sink's, whatever happens. (What every source promises is in
/// SourceConformanceTests and LeftStreamTests.)
/// </summary>
public sealed class SinkConformanceTests : IClassFixture<SinkConformanceTests.Fixture>
{
    private const string Contents =
        """
        SELECT coalesce((SELECT count(*) || ' ' || md5(string_agg(f::text, '|' ORDER BY x)) FROM first f), '') || ' '
            || (SELECT count(*) || ' ' || sum(y) FROM second) || ' ' || (SELECT count(*) FROM empty)
        """;

    private readonly Fixture _fixture;

    public SinkConformanceTests(Fixture fixture) => _fixture = fixture;

    public static TheoryData<string> Names => ["live", "live by COPY of binary rows", "pdump", "custom", "directory", "tar", "script"];

    [Theory, MemberData(nameof(Names))]
    public void Rows_are_there_as_they_were_given(string name)
    {
        string target = _fixture.Server.CreateDatabase();
        using (var run = new Run(_fixture, name, target))
        {
            run.Definitions();
            foreach (TocEntry entry in run.EntriesWithRows)
            {
                run.Move(entry, int.MaxValue);
                run.Worker.EndRows();
                run.Worker.CommitRows();
                run.Sink.EndEntry(entry);
            }

            run.Complete();
        }

        Assert.Equal(_fixture.Server.Scalar(_fixture.Database, Contents), _fixture.Server.Scalar(target, Contents));
        _fixture.Server.DropDatabase(target);
    }

    [Theory, MemberData(nameof(Names))]
    public void Of_rows_that_were_given_up_none_is_there(string name)
    {
        string target = _fixture.Server.CreateDatabase();
        using (var run = new Run(_fixture, name, target))
        {
            run.Definitions();
            foreach (TocEntry entry in run.EntriesWithRows)
            {
                run.Move(entry, entry.Name == "first" ? 3 : int.MaxValue);
                if (entry.Name == "first")
                {
                    run.Worker.AbortRows();
                    if (run.Sink is not LiveSink)
                    {
                        // One stream, or one table of contents: the transfer ends here.
                        break;
                    }
                }
                else
                {
                    run.Worker.EndRows();
                    run.Worker.CommitRows();
                }

                run.Sink.EndEntry(entry);
            }

            run.GiveUp();
        }

        if (name.StartsWith("live", StringComparison.Ordinal))
        {
            Assert.Equal("0", _fixture.Server.Scalar(target, "SELECT count(*) FROM first"));
            Assert.Equal("1000", _fixture.Server.Scalar(target, "SELECT count(*) FROM second"));
        }

        _fixture.Server.DropDatabase(target);
    }

    [Theory, MemberData(nameof(Names))]
    public void Who_is_aborted_in_the_middle_of_rows_holds_no_block(string name)
    {
        string target = _fixture.Server.CreateDatabase();
        using (var run = new Run(_fixture, name, target))
        {
            run.Definitions();
            TocEntry first = run.EntriesWithRows.First(static entry => entry.Name == "first");
            run.Move(first, 2);
            run.Worker.Abort();

            // A sink may take more, or say that it cannot; blocks are its own either way.
            Record.Exception(() => run.Move(first, 2));
            Record.Exception(run.Worker.AbortRows);
            run.GiveUp();
        }

        _fixture.Server.DropDatabase(target);
    }

    /// <summary>A database and its archive.</summary>
    public sealed class Fixture : IDisposable
    {
        private readonly TemporaryFile _file = new("pdump");

        public Fixture()
        {
            Server = ServerPool.Get(TestMajors.Newest);
            Database = Server.CreateDatabase();
            Server.Execute(
                Database,
                """
                CREATE TABLE first (x int, pad text);
                INSERT INTO first SELECT g, CASE g % 5 WHEN 0 THEN NULL WHEN 1 THEN E'a\tb\\\n' ELSE repeat('p', 100) END
                    FROM generate_series(1, 50000) g;
                CREATE TABLE second (y int);
                INSERT INTO second SELECT generate_series(1, 1000);
                CREATE TABLE empty (z int);
                """);
            Operations.Dump(Server, Database, _file.Path);
        }

        internal PostgresServer Server { get; }

        internal string Database { get; }

        internal string Archive => _file.Path;

        public void Dispose()
        {
            Server.DropDatabase(Database);
            _file.Dispose();
        }
    }

    /// <summary>One sink, what it is given, and the pool in which all blocks are when it is over.</summary>
    private sealed class Run : IDisposable
    {
        private readonly Fixture _fixture;
        private readonly string _target;
        private readonly TemporaryFile _output = new("out");
        private readonly RowBlockPool _pool = new(16);
        private readonly IPartSource _source;
        private readonly ISourceWorker _reader;
        private readonly Stream? _stream;
        private readonly IDisposable? _writer;

        public Run(Fixture fixture, string name, string target)
        {
            (_fixture, _target) = (fixture, target);
            IDumpSource archive = ArchiveSources.Open(fixture.Archive, 1);
            bool isBinary = name is "pdump" or "live by COPY of binary rows";
            _source = (IPartSource)(isBinary ? archive : TextSource.Of(archive, static _ => true));
            _reader = _source.OpenWorker();
            Toc toc = EntryFilter.Part(_source.Toc, [.. _source.Toc.Entries.Where(static entry => !PlainSqlWriter.IsDatabaseLevel(entry))]);
            Entries = toc.Entries;
            var script = new ScriptOptions();
            if (name is "pdump" or "custom" or "tar" or "script")
            {
                _stream = File.Create(_output.Path);
            }

            if (name == "pdump")
            {
                var writer = new ArchiveWriter(_stream!, new ArchiveHeader(DateTime.UtcNow), CodecSetting.Default, 2, static () => { });
                (_writer, Sink) = (writer, new ArchiveSink(writer));
            }
            else if (name is "custom" or "tar" or "directory")
            {
                var settings = new PgArchiveSettings { Created = DateTime.Now };
                PgArchiveWriter writer = name switch
                {
                    "custom" => PgArchiveWriter.ToCustom(_stream!, settings),
                    "tar" => PgArchiveWriter.ToTar(_stream!, settings),
                    _ => PgArchiveWriter.ToDirectory(Directory.CreateDirectory(_output.Path).FullName, settings),
                };
                (_writer, Sink) = (writer, new PgArchiveSink(writer, script));
            }
            else if (name == "script")
            {
                Sink = new ScriptSink(_stream!, script);
            }
            else
            {
                Sink = new LiveSink(
                    Operations.TargetOf(fixture.Server, target),
                    new LiveSinkOptions(),
                    static (_, _) => false,
                    new RecordingObserver(),
                    TestContext.Current.CancellationToken);
            }

            Sink.Begin(toc);
            Worker = Sink is IStatementSink statements ? statements.OpenWorker() : ((IRowSink)Sink).OpenWorker();
        }

        public IDumpSink Sink { get; }

        public IRowWorker Worker { get; }

        private IReadOnlyList<TocEntry> Entries { get; }

        public IEnumerable<TocEntry> EntriesWithRows => Entries.Where(static entry => entry.HasBlocks);

        public void Definitions()
        {
            foreach (TocEntry entry in Entries.Where(static entry => entry.IsDefinition))
            {
                (Worker as IStatementWorker)?.Run(entry);
            }
        }

        /// <summary>Gives the sink so many blocks of an entry at most.</summary>
        public void Move(TocEntry entry, int blockCount)
        {
            Worker.BeginRows(entry, isOnlyWriter: true);
            _reader.Open(_source.PartsOf(entry)[0]);
            for (int i = 0; i < blockCount; i++)
            {
                RowBlock block = _pool.Rent(TestContext.Current.CancellationToken);
                if (!_reader.Read(block))
                {
                    block.Dispose();
                    break;
                }

                Worker.Write(block);
            }

            _reader.Leave();
        }

        /// <summary>Completes the sink, and brings what it has made into the database that is compared.</summary>
        public void Complete()
        {
            bool isLive = Sink is LiveSink;
            bool isScript = Sink is ScriptSink;
            Sink.Complete();
            Close();
            if (isScript)
            {
                PgDumpOracle.ModelFor(_fixture.Server)
                    .Run("psql", _fixture.Server, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", _target, "-f", _output.Path)
                    .Succeeded();
            }
            else if (!isLive)
            {
                Operations.Restore(_fixture.Server, _target, _output.Path);
            }
        }

        /// <summary>Ends without it: nobody takes what is there for an archive.</summary>
        public void GiveUp()
        {
            bool isArchive = Sink is IRowSink;
            Sink.GiveUp();
            Close();
            if (isArchive)
            {
                Assert.ThrowsAny<PureDumpException>(() => Operations.Restore(_fixture.Server, _target, _output.Path));
            }
        }

        public void Dispose()
        {
            Close();
            _output.Dispose();
            Assert.Equal(0, _pool.OutCount);
            _pool.Dispose();
        }

        private void Close()
        {
            Worker.Dispose();
            Sink.Dispose();
            _writer?.Dispose();
            _stream?.Dispose();
            _reader.Dispose();
            _source.Dispose();
        }
    }
}
