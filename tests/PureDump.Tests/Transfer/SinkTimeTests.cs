using PureDump.Engine.Jobs;
using PureDump.Engine.Sinks;
using PureDump.Engine.Telemetry;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;

namespace PureDump.Tests.Transfer;

/// <summary>The time of a sink whose blocks are written behind a quick hand-over is all counted, and named where it is most.</summary>
public sealed class SinkTimeTests
{
    private const int BlockCount = 12, ReadMs = 40, SinkMs = 60;

    // A sleep may end a little early by the clock that measures it.
    private const double SleptMin = 0.95;

    private static readonly TocEntry s_table = new()
    {
        Id = new DumpId(1),
        Kind = EntryKind.Table,
        Schema = "s",
        Name = "t",
        Section = Section.PreData,
        DropSql = "DROP",
    };
    private static readonly TocEntry s_rows = new()
    {
        Id = new DumpId(2),
        Kind = EntryKind.TableData,
        Schema = "s",
        Name = "t",
        Section = Section.Data,
    };

    private readonly TransferStats _stats = new();

    [Fact]
    public void A_slow_sink_beside_a_source_nearly_as_slow_is_counted_whole_and_named()
    {
        Run(failing: null);

        TimeSpan wall = _stats.Elapsed;
        EntryTimes rows = _stats.Entries.Single(static entry => entry.Entry == s_rows);

        // Begin and end of the rows sleep too.
        Assert.InRange(rows[TransferStage.Sink].TotalMilliseconds, SleptMin * SinkMs * (BlockCount + 2), wall.TotalMilliseconds);
        Assert.InRange(rows[TransferStage.Source].TotalMilliseconds, SleptMin * ReadMs * BlockCount, wall.TotalMilliseconds);
        Assert.True(rows[TransferStage.Source] + rows[TransferStage.Wait] <= wall, "a thread that reads or waits did both at once");
        Bottleneck found = _stats.Find(wall, fromServer: false, intoServer: true)!;
        Assert.Equal(("server", "COPY of s.t"), (found.Kind, found.Subject));
    }

    [Fact]
    public void Rows_that_failed_and_were_given_up_are_counted_too()
    {
        PureDumpException error = Assert.Throws<PureDumpException>(() => Run(failing: BlockCount));

        Assert.Equal(ErrorKind.Server, error.Kind);
        TimeSpan sink = _stats.Entries.Single(static entry => entry.Entry == s_rows)[TransferStage.Sink];
        Assert.InRange(sink.TotalMilliseconds, SleptMin * SinkMs * (BlockCount + 2), _stats.Elapsed.TotalMilliseconds);
    }

    [Fact]
    public void Removing_what_was_there_is_a_statement()
    {
        Run(failing: null);

        TimeSpan statement = _stats.Entries.Single(static entry => entry.Entry == s_table)[TransferStage.Statement];
        Assert.InRange(statement.TotalMilliseconds, SleptMin * SinkMs, _stats.Elapsed.TotalMilliseconds);
    }

    private void Run(int? failing)
    {
        var source = new SlowSource();
        var options = new TransferOptions
        {
            Jobs = 1,
            BlockCount = WriteBehindWorker.BlockCountMax + 4,
            Clean = true,
        };
        using var transfer = new DumpTransfer(
            source,
            source.Toc,
            new SlowSink(failing),
            options,
            new StatsObserver(_stats),
            TestContext.Current.CancellationToken);
        transfer.Run();
    }

    private sealed class SlowSource : IPartSource, ISourceWorker
    {
        private int _readCount;

        public Toc Toc { get; } =
            new(
                new DumpOrigin
                {
                    Database = "d",
                    ServerVersion = "18.0",
                    ServerVersionNumber = 180000,
                    Encoding = "UTF8",
                    Producer = "test",
                },
                [s_table, s_rows]);

        public IReadOnlyList<RowPart> PartsOf(TocEntry entry) => [new RowPart(entry, 0, 1, 0, long.MaxValue, 1)];

        public ISourceWorker OpenWorker() => this;

        public void Open(RowPart part)
        {
        }

        public bool Read(RowBlock block)
        {
            if (_readCount == BlockCount)
            {
                return false;
            }

            Thread.Sleep(ReadMs);
            block.RowCount = ++_readCount;
            return true;
        }

        public void Leave()
        {
        }

        public void Abort()
        {
        }

        public void Complete()
        {
        }

        public void Dispose()
        {
        }
    }

    // The inner worker sleeps; what the transfer sees is the hand-over.
    private sealed class SlowSink(int? failing) : IStatementSink, IStatementWorker
    {
        public void Begin(Toc toc)
        {
        }

        public IStatementWorker OpenWorker() => new WriteBehindWorker(this);

        public void EndEntry(TocEntry entry)
        {
        }

        public void Complete()
        {
        }

        public void BeginRows(TocEntry entry, bool isOnlyWriter) => Thread.Sleep(SinkMs);

        public void Write(RowBlock block)
        {
            using (block)
            {
                Thread.Sleep(SinkMs);
                if (block.RowCount == failing)
                {
                    throw new PureDumpException(ErrorKind.Server, "does not fit");
                }
            }
        }

        public void EndRows() => Thread.Sleep(SinkMs);

        public void CommitRows()
        {
        }

        public void AbortRows() => Thread.Sleep(SinkMs);

        public void RemoveRows(TocEntry entry)
        {
        }

        public void Drop(TocEntry entry, bool ifExists) => Thread.Sleep(SinkMs);

        public void Run(TocEntry entry)
        {
        }

        public void Abort()
        {
        }

        public void Dispose()
        {
        }
    }

    private sealed class StatsObserver(TransferStats stats) : ITransferObserver
    {
        public void Begin(Toc toc, long estimatedBytes) => stats.Begin();

        public void EntryBegins(TocEntry entry)
        {
        }

        public void BlockMoved(TocEntry entry, int rowCount, int bytes) => stats.Move(entry, rowCount, bytes);

        public void Spent(TocEntry entry, TransferStage stage, TimeSpan time) => stats.Spend(entry, stage, time);

        public void EntryEnds(TocEntry entry)
        {
        }

        public void StatementBegins(TocEntry entry)
        {
        }

        public void EntryFailed(TocEntry entry, PureDumpException error)
        {
        }

        public void Warn(string message)
        {
        }
    }
}
