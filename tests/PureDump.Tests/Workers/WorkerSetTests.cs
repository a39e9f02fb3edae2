using System.Collections.Concurrent;
using PureDump.Engine.Workers;
using PureDump.Formats.Errors;

namespace PureDump.Tests.Workers;

/// <summary>Workers are opened together, work side by side, and the first failure of any stops all and is what is told.</summary>
public sealed class WorkerSetTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _cancellation = new();
    private readonly WorkerSet<FakeWorker> _set;
    private readonly ConcurrentBag<FakeWorker> _opened = [];

    public WorkerSetTests() => _set = new WorkerSet<FakeWorker>(_cancellation.Token);

    public void Dispose()
    {
        _set.Dispose();
        _cancellation.Dispose();
    }

    [Fact]
    public void Workers_are_opened_at_the_same_time()
    {
        using var all = new Barrier(4);

        _set.Open(4, () => all.SignalAndWait(s_patience) ? new FakeWorker() : throw new TimeoutException());

        Assert.Equal(4, _set.Workers.Count);
    }

    [Fact]
    public void Where_one_cannot_be_opened_the_others_are_closed_with_the_set()
    {
        int count = 0;
        PureDumpException error = Assert.Throws<PureDumpException>(() => _set.Open(
            3, () => Interlocked.Increment(ref count) == 2 ? throw new PureDumpException(ErrorKind.Connection, "too many") : Opened()));

        _set.Dispose();

        Assert.Equal("too many", error.Message);
        Assert.Equal(2, _opened.Count);
        Assert.All(_opened, static worker => Assert.True(worker.IsDisposed));
    }

    [Fact]
    public void Each_worker_has_a_thread_of_its_own()
    {
        _set.Open(3, Opened);
        using var all = new Barrier(3);
        var threads = new ConcurrentDictionary<FakeWorker, int>();

        _set.Run(worker =>
        {
            Assert.True(all.SignalAndWait(s_patience));
            threads[worker] = Environment.CurrentManagedThreadId;
        });

        Assert.Equal(3, threads.Values.Distinct().Count());
    }

    [Fact]
    public void The_first_failure_is_told_and_the_others_are_aborted()
    {
        _set.Open(3, Opened);
        FakeWorker failing = _set.Workers[1];

        PureDumpException error = Assert.Throws<PureDumpException>(() => _set.Run(worker =>
        {
            if (worker == failing)
            {
                throw new PureDumpException(ErrorKind.Server, "the cause");
            }

            Assert.True(worker.Aborted.Wait(s_patience));
            throw new PureDumpException(ErrorKind.Connection, "what comes of it");
        }));

        Assert.Equal("the cause", error.Message);
        Assert.True(_set.IsStopping);
        Assert.Throws<PureDumpException>(_set.ThrowFailure);
    }

    [Fact]
    public void What_is_no_error_of_ours_is_told_as_an_internal_one()
    {
        _set.Open(1, Opened);

        PureDumpException error = Assert.Throws<PureDumpException>(() => _set.Run(static _ => throw new InvalidOperationException("odd")));

        Assert.Equal(ErrorKind.Internal, error.Kind);
        Assert.Contains("odd", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_stops_it_from_outside_gets_no_failure()
    {
        _set.Open(2, Opened);

        Assert.ThrowsAny<OperationCanceledException>(() => _set.Run(worker =>
        {
            _cancellation.Cancel();
            Assert.True(worker.Aborted.Wait(s_patience));
            throw new PureDumpException(ErrorKind.Connection, "the socket was closed");
        }));
        _set.ThrowFailure();
    }

    [Fact]
    public void A_helper_that_cannot_be_woken_is_left_behind_after_a_failure()
    {
        _set.Open(1, Opened);
        using var silent = new ManualResetEventSlim();

        Assert.Throws<PureDumpException>(() =>
            _set.Run(static _ => throw new PureDumpException(ErrorKind.Server, "no"), () => silent.Wait(s_patience)));

        Assert.True(_set.HasLeftThread);
        silent.Set();
    }

    [Fact]
    public void A_helper_that_is_only_slow_is_waited_for()
    {
        _set.Open(1, Opened);
        bool isDone = false;

        _set.Run(static _ => { }, () =>
        {
            Thread.Sleep(50);
            isDone = true;
        });

        Assert.True(isDone);
        Assert.False(_set.HasLeftThread);
    }

    private FakeWorker Opened()
    {
        var worker = new FakeWorker();
        _opened.Add(worker);
        return worker;
    }

    private sealed class FakeWorker : IWorker
    {
        public ManualResetEventSlim Aborted { get; } = new();

        public bool IsDisposed { get; private set; }

        public void Abort() => Aborted.Set();

        public void Dispose() => IsDisposed = true;
    }
}
