using PureDump.Engine.Sinks;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.Rows;

namespace PureDump.Tests.Transfer;

/// <summary>Blocks are written by a thread of their own: in order, all of them, and no failure is lost.</summary>
public sealed class WriteBehindWorkerTests : IDisposable
{
    private static readonly TocEntry s_entry = new() { Id = new DumpId(1), Kind = EntryKind.TableData, Name = "t", Section = Section.Data };

    private readonly RowBlockPool _pool = new(WriteBehindWorker.BlockCountMax + 1);
    private readonly RecordingWorker _inner = new();
    private readonly WriteBehindWorker _worker;

    public WriteBehindWorkerTests() => _worker = new WriteBehindWorker(_inner);

    public void Dispose()
    {
        _worker.Dispose();
        _pool.Dispose();
    }

    [Fact]
    public void Blocks_come_in_order_and_before_the_end()
    {
        Load(100);
        _worker.EndRows();
        _worker.Run(s_entry);
        Load(3);
        _worker.EndRows();

        Assert.Equal(["begin", .. Numbers(100), "end", "run", "begin", .. Numbers(3), "end"], _inner.Calls);
        AssertNoBlockIsOut();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_failure_shows_before_the_end_and_nothing_is_written_behind_it(int failing)
    {
        _inner.FailsAt = failing;

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() =>
        {
            Load(failing + 2);
            _worker.EndRows();
        });
        _worker.AbortRows();

        Assert.Equal($"block {failing}", error.Message);
        Assert.Equal(["begin", .. Numbers(failing)], _inner.Calls.TakeWhile(static call => call != "abort"));
        Assert.Contains("abort", _inner.Calls);
        Assert.DoesNotContain("end", _inner.Calls);
        AssertNoBlockIsOut();

        // And the next rows know nothing of it.
        _inner.Calls.Clear();
        Load(2);
        _worker.EndRows();
        Assert.Equal(["begin", "1", "2", "end"], _inner.Calls);
    }

    [Fact]
    public void Rows_that_are_given_up_are_not_written_to_the_end()
    {
        _inner.Gate = new ManualResetEventSlim();
        _worker.BeginRows(s_entry, isOnlyWriter: true);
        _worker.Write(Block(1));
        _worker.Write(Block(2));
        var abort = new Thread(_worker.AbortRows);
        abort.Start();
        SpinWait.SpinUntil(() => abort.ThreadState.HasFlag(ThreadState.WaitSleepJoin), TimeSpan.FromSeconds(20));
        _inner.Gate.Set();
        abort.Join();

        Assert.DoesNotContain("2", _inner.Calls);
        Assert.Equal("abort", _inner.Calls[^1]);
        AssertNoBlockIsOut();
    }

    private static IEnumerable<string> Numbers(int count) =>
        Enumerable.Range(1, count).Select(static i => i.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private void Load(int blockCount)
    {
        _worker.BeginRows(s_entry, isOnlyWriter: true);
        for (int i = 1; i <= blockCount; i++)
        {
            _worker.Write(Block(i));
        }
    }

    private RowBlock Block(int number)
    {
        RowBlock block = _pool.Rent(TestContext.Current.CancellationToken);
        block.RowCount = number;
        return block;
    }

    // Every block has come back: all can be had at once.
    private void AssertNoBlockIsOut()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        RowBlock[] all = [.. Enumerable.Range(0, _pool.Count).Select(_ => _pool.Rent(patience.Token))];
        Array.ForEach(all, static block => block.Dispose());
    }

    private sealed class RecordingWorker : IStatementWorker
    {
        public List<string> Calls { get; } = [];

        public int FailsAt { get; set; }

        public ManualResetEventSlim? Gate { get; set; }

        public void BeginRows(TocEntry entry, bool isOnlyWriter) => Calls.Add("begin");

        public void Write(RowBlock block)
        {
            using (block)
            {
                Gate?.Wait();
                Calls.Add(block.RowCount.ToString(System.Globalization.CultureInfo.InvariantCulture));
                if (block.RowCount == FailsAt)
                {
                    FailsAt = 0;
                    throw new InvalidOperationException($"block {block.RowCount}");
                }
            }
        }

        public void EndRows() => Calls.Add("end");

        public void CommitRows() => Calls.Add("commit");

        public void AbortRows() => Calls.Add("abort");

        public void RemoveRows(TocEntry entry) => Calls.Add("remove");

        public void Drop(TocEntry entry, bool ifExists) => Calls.Add("drop");

        public void Run(TocEntry entry) => Calls.Add("run");

        public void Abort()
        {
        }

        public void Dispose()
        {
        }
    }
}
