using System.Collections.Concurrent;
using PureDump.Engine.Jobs;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;

namespace PureDump.Tests.Transfer;

/// <summary>
/// The hub between a source and a sink that are no files and no servers: what moves, in which order, and what stays where something fails.
/// </summary>
public sealed class DumpTransferTests
{
    private const int TableCount = 6;
    private const int PartCount = 5;
    private const int BlocksOfPart = 3;

    private static readonly DumpOrigin s_origin = new()
    {
        Database = "d",
        ServerVersion = "18.0",
        ServerVersionNumber = 180000,
        Encoding = "UTF8",
        Producer = "test",
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void All_rows_move_once_and_are_committed(int jobs)
    {
        var sink = new FakeSink();
        using DumpTransfer transfer = Transfer(new FakeSource(), sink, jobs);

        transfer.Run();

        Assert.Equal(TableCount, sink.Committed.Count);
        Assert.All(sink.Committed.Values, static rows => Assert.Equal(Enumerable.Range(0, PartCount * BlocksOfPart), rows.Order()));
        Assert.Equal(TableCount, sink.Ended.Count);
        Assert.True(sink.IsComplete);
    }

    // At any block of any part of one table, at the end of a part, and at its commit.
    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(2, false)]
    [InlineData(8, true)]
    [InlineData(8, false)]
    public void Of_an_entry_that_fails_nothing_stays_and_it_is_counted_once(int jobs, bool inSource)
    {
        for (
            int row = inSource ? 0 : FakeSink.AtCommit;
            row < (inSource ? PartCount * BlocksOfPart : FakeSink.AtEndOfPart + PartCount);
            row++)
        {
            var sink = new FakeSink { FailsAt = inSource ? null : ("t2", row) };
            var failures = new ConcurrentBag<string>();
            using DumpTransfer transfer = Transfer(
                new FakeSource { FailsAt = inSource ? ("t2", row) : null },
                sink,
                jobs,
                new Failures(failures));

            transfer.Run();

            Assert.Equal(1, transfer.FailureCount);
            Assert.Equal(["t2"], failures);
            Assert.Equal(0, transfer.BlocksOutCount);
            Assert.DoesNotContain("t2", sink.Committed.Keys);
            Assert.All(
                Enumerable.Range(0, TableCount).Where(static i => i != 2),
                i => Assert.Equal(PartCount * BlocksOfPart, sink.Committed[$"t{i}"].Count));
            Assert.True(sink.IsComplete);
        }
    }

    [Fact]
    public void What_is_left_of_an_entry_that_failed_is_not_begun()
    {
        var source = new FakeSource { FailsAt = ("t2", 0) };
        using DumpTransfer transfer = Transfer(source, new FakeSink(), jobs: 1);

        transfer.Run();

        Assert.Equal(1, source.Opened.Count(static part => part.Entry.Name == "t2"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void A_worker_that_cannot_join_leaves_its_part_to_those_that_have(int jobs)
    {
        // Of each entry one worker gets in, whichever comes first; who is inside has to take the parts that the others give back.
        var first = new ConcurrentDictionary<string, object>();
        var sink = new FakeSink { MayJoin = (worker, table) => first.GetOrAdd(table, worker) == worker };
        using DumpTransfer transfer = Transfer(new FakeSource(), sink, jobs);

        transfer.Run();

        Assert.All(sink.Committed.Values, static rows => Assert.Equal(Enumerable.Range(0, PartCount * BlocksOfPart), rows.Order()));
        Assert.Equal(TableCount, sink.Committed.Count);
        Assert.Equal(TableCount, sink.Ended.Count);
    }

    [Fact]
    public void Where_the_first_failure_is_to_end_it_nothing_looks_finished()
    {
        var sink = new FakeSink { FailsAt = ("t2", 4) };
        var options = new TransferOptions
        {
            Jobs = 4,
            BlockCount = 16,
            KeepsEntriesWhole = true,
        };
        using var transfer = new DumpTransfer(
            new FakeSource(),
            FakeSource.Contents,
            sink,
            options,
            new FakeObserver(),
            TestContext.Current.CancellationToken);

        Assert.Throws<PureDumpException>(transfer.Run);

        Assert.False(sink.IsComplete);
        Assert.DoesNotContain("t2", sink.Committed.Keys);
    }

    [Fact]
    public void Who_stops_it_is_told_that_it_was_interrupted()
    {
        using var cancellation = new CancellationTokenSource();
        var sink = new FakeSink { OnWrite = cancellation.Cancel };
        var options = new TransferOptions { Jobs = 2, BlockCount = 8, KeepsEntriesWhole = true };
        using var transfer = new DumpTransfer(new FakeSource(), FakeSource.Contents, sink, options, new FakeObserver(), cancellation.Token);

        Assert.Equal(ErrorKind.Cancelled, Assert.Throws<PureDumpException>(transfer.Run).Kind);
        Assert.False(sink.IsComplete);
        Assert.Empty(sink.Committed);
    }

    private static DumpTransfer Transfer(FakeSource source, FakeSink sink, int jobs, ITransferObserver? observer = null)
    {
        var options = new TransferOptions
        {
            Jobs = jobs,
            BlockCount = (2 * jobs) + 2,
            ExitOnError = false,
            KeepsEntriesWhole = true,
        };
        return new DumpTransfer(
            source,
            FakeSource.Contents,
            sink,
            options,
            observer ?? new FakeObserver(),
            TestContext.Current.CancellationToken);
    }

    private sealed class Failures(ConcurrentBag<string> names) : FakeObserver
    {
        public override void EntryFailed(TocEntry entry, PureDumpException error) => names.Add(entry.Name);
    }

    /// <summary>Tables of a few parts; each block is one row, whose number is its count of rows.</summary>
    private sealed class FakeSource : IPartSource
    {
        public static Toc Contents { get; } = new(s_origin, [.. Enumerable.Range(0, TableCount).Select(static i => new TocEntry
        {
            Id = new DumpId(i + 1), Kind = EntryKind.TableData, Schema = "s", Name = $"t{i}", Section = Section.Data,
        })]);

        public (string Table, int Row)? FailsAt { get; init; }

        public ConcurrentBag<RowPart> Opened { get; } = [];

        public Toc Toc => Contents;

        public IReadOnlyList<RowPart> PartsOf(TocEntry entry) =>
            [.. Enumerable.Range(0, PartCount).Select(i => new RowPart(entry, i, PartCount, i * BlocksOfPart, (i + 1) * BlocksOfPart, 1))];

        public ISourceWorker OpenWorker() => new Worker(this);

        public void Complete()
        {
        }

        public void Dispose()
        {
        }

        private sealed class Worker(FakeSource source) : ISourceWorker
        {
            private RowPart? _part;
            private long _next;

            public void Open(RowPart part)
            {
                source.Opened.Add(part);
                (_part, _next) = (part, part.First);
            }

            public bool Read(RowBlock block)
            {
                if (_next == _part!.End)
                {
                    return false;
                }

                if (source.FailsAt == (_part.Entry.Name, (int)_next))
                {
                    throw new PureDumpException(ErrorKind.Server, "the source cannot read on");
                }

                // Its number, where others keep how many rows there are.
                block.RowCount = (int)_next++;
                return true;
            }

            public void Leave() => _part = null;

            public void Abort()
            {
            }

            public void Dispose()
            {
            }
        }
    }

    /// <summary>Keeps what is committed, as a server does.</summary>
    private sealed class FakeSink : IRowSink
    {
        private readonly object _gate = new();

        /// <summary>As the number of a row: the first commit.</summary>
        public const int AtCommit = -1;

        /// <summary>As the number of a row, with that of a part added: the end of that part.</summary>
        public const int AtEndOfPart = PartCount * BlocksOfPart;

        public (string Table, int Row)? FailsAt { get; init; }

        public Action? OnWrite { get; init; }

        public Func<object, string, bool>? MayJoin { get; init; }

        public Dictionary<string, List<int>> Committed { get; } = [];

        public ConcurrentBag<string> Ended { get; } = [];

        public bool IsComplete { get; private set; }

        public void Begin(Toc toc)
        {
        }

        public IRowWorker OpenWorker() => new Worker(this);

        public void EndEntry(TocEntry entry) => Ended.Add(entry.Name);

        public void Complete() => IsComplete = true;

        public void Dispose()
        {
        }

        private sealed class Worker(FakeSink sink) : IRowWorker
        {
            private readonly List<int> _open = [];
            private string? _table;

            public bool TryJoin(TocEntry entry)
            {
                _table = entry.Name;
                return sink.MayJoin?.Invoke(this, entry.Name) ?? true;
            }

            public void BeginRows(TocEntry entry, bool isOnlyWriter)
            {
                Assert.True(_open.Count == 0 || _table == entry.Name, "rows of another table are still open");
                _table = entry.Name;
            }

            public void Write(RowBlock block)
            {
                using (block)
                {
                    sink.OnWrite?.Invoke();
                    FailAt(block.RowCount);
                    _open.Add(block.RowCount);
                }
            }

            public void EndRows() => FailAt(AtEndOfPart + (_open[^1] / BlocksOfPart));

            public void CommitRows()
            {
                FailAt(AtCommit);
                lock (sink._gate)
                {
                    (sink.Committed.TryGetValue(_table!, out List<int>? rows) ? rows : sink.Committed[_table!] = []).AddRange(_open);
                }

                _open.Clear();
            }

            public void AbortRows() => _open.Clear();

            public void RemoveRows(TocEntry entry)
            {
                lock (sink._gate)
                {
                    sink.Committed.Remove(entry.Name);
                }
            }

            public void Abort()
            {
            }

            public void Dispose() => Assert.Empty(_open);

            private void FailAt(int row)
            {
                if (sink.FailsAt == (_table!, row))
                {
                    throw new PureDumpException(ErrorKind.Server, "the sink refuses it");
                }
            }
        }
    }
}
