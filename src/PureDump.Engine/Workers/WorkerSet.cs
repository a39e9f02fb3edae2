using System.Runtime.ExceptionServices;
using PureDump.Formats.Errors;

namespace PureDump.Engine.Workers;

/// <summary>
/// Workers, each with a thread of its own while something runs: opens them all at once, waits for them, stops all where one fails. The
/// first failure is the cause; what comes of stopping is none. Knows nothing of what they do.
/// </summary>
/// <typeparam name="TWorker">A connection, or a pair of them, that one thread uses at a time.</typeparam>
/// <remarks>
/// All connections of a run are opened at the same time: each is several round trips, more with TLS: the second one of <c>-j 2</c> came 7
/// ms after the first even on a unix socket.
/// </remarks>
internal sealed class WorkerSet<TWorker> : IDisposable
    where TWorker : IWorker
{
    private const int PatienceMs = 500;

    private readonly List<TWorker> _workers = [];
    private readonly object _gate = new();
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenRegistration _abort;
    private Exception? _failure;

    /// <summary>A set without workers.</summary>
    /// <param name="cancellation">Stops them.</param>
    public WorkerSet(CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _abort = _stop.Token.Register(AbortAll);
    }

    /// <summary>Set when they are to stop: a failure, or the caller's will.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>True where they are to stop.</summary>
    // The caller's token first: what it cuts may fail before the linked one is set.
    public bool IsStopping => _cancellation.IsCancellationRequested || _stop.IsCancellationRequested;

    /// <summary>True where a helper thread could not be woken and was left behind: what it uses must not go.</summary>
    public bool HasLeftThread { get; private set; }

    /// <summary>The workers.</summary>
    public IReadOnlyList<TWorker> Workers => _workers;

    /// <summary>Stops all.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Opens workers, all at the same time: far away and with TLS each connection takes several round trips.</summary>
    /// <exception cref="PureDumpException">One could not be opened; the others are there, to be disposed.</exception>
    public void Open(int count, Func<TWorker> open)
    {
        var opened = new TWorker?[count];
        var failures = new Exception?[count];
        RunThreads(count, "opening", i =>
        {
            try
            {
                opened[i] = open();
            }
            catch (Exception e)
            {
                failures[i] = e;
            }
        });
        lock (_gate)
        {
            _workers.AddRange(opened.OfType<TWorker>());
        }

        if (Array.Find(failures, static failure => failure is not null) is { } failed)
        {
            ExceptionDispatchInfo.Throw(failed);
        }

        ThrowFailure();
        if (IsStopping)
        {
            AbortAll();
        }
    }

    /// <summary>Has each worker do something on a thread of its own, and waits for all.</summary>
    /// <param name="work">What; ends when there is nothing left to do.</param>
    /// <param name="beside">What one more thread does meanwhile; where it does not end after a failure it is left behind.</param>
    /// <exception cref="PureDumpException">The first failure of any of them.</exception>
    /// <exception cref="OperationCanceledException">They were stopped.</exception>
    public void Run(Action<TWorker> work, Action? beside = null)
    {
        var threads = new List<Thread?>();
        Thread? besides = null;
        for (int i = 0; i < _workers.Count; i++)
        {
            TWorker worker = _workers[i];
            threads.Add(Start($"worker {i}", () => work(worker)));
        }

        if (beside is not null)
        {
            besides = Start("stream", beside);
        }

        threads.ForEach(static thread => thread?.Join());
        if (besides is not null)
        {
            WaitFor(besides);
        }

        ThrowFailure();
        _stop.Token.ThrowIfCancellationRequested();
    }

    /// <summary>Throws the first failure, where there was one.</summary>
    /// <exception cref="PureDumpException">That failure.</exception>
    public void ThrowFailure()
    {
        lock (_gate)
        {
            if (_failure is not null)
            {
                throw Rethrown(_failure);
            }
        }
    }

    /// <summary>Closes the workers.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _workers.ForEach(static worker => worker.Dispose());
            _workers.Clear();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Waits for who is aborting workers: each has a request to send yet, for which its connection must not go before.
        _abort.Dispose();
        Close();
        if (!HasLeftThread)
        {
            _stop.Dispose();
        }
    }

    // A pipe that stays silent cannot be woken: after a failure its reader is left behind, and ends with the next byte.
    private void WaitFor(Thread thread)
    {
        bool hasEnded = false;
        while (!hasEnded && !HasLeftThread)
        {
            bool isLast = IsStopping;
            hasEnded = thread.Join(PatienceMs);
            HasLeftThread = isLast && !hasEnded;
        }
    }

    // Null where there is none to be had.
    private Thread? Start(string name, Action run)
    {
        var thread = new Thread(() =>
        {
            try
            {
                run();
            }
            catch (Exception e)
            {
                Fail(e);
            }
        })
        { IsBackground = true, Name = name };
        try
        {
            thread.Start();
        }
        catch (Exception e) when (MachineErrors.Find(e) is not null)
        {
            // Those that have started already use the workers: they are stopped and waited for as after any failure.
            Fail(e);
            return null;
        }

        return thread;
    }

    private void RunThreads(int count, string name, Action<int> run)
    {
        List<Thread?> threads = [.. Enumerable.Range(0, count).Select(i => Start($"{name} {i}", () => run(i)))];
        threads.ForEach(static thread => thread?.Join());
    }

    private void Fail(Exception e)
    {
        lock (_gate)
        {
            // Once stopped, everything fails in some way: only what failed before is a cause.
            _failure ??= IsStopping ? null : e;
        }

        Stop();
    }

    // Each on a thread of its own, for each may have to wait a moment for a server that does not answer.
    private void AbortAll()
    {
        TWorker[] workers;
        lock (_gate)
        {
            workers = [.. _workers];
        }

        var threads = new List<Thread>();
        foreach (TWorker worker in workers)
        {
            var thread = new Thread(worker.Abort) { IsBackground = true, Name = "abort" };
            threads.Add(thread);
            thread.Start();
        }

        threads.ForEach(static thread => thread.Join());
    }

    private static PureDumpException Rethrown(Exception failure) =>
        failure is PureDumpException known
            ? new PureDumpException(known.Kind, known.Message, known.Hint, known)
            {
                SqlState = known.SqlState,
                Report = known.Report,
                Entry = known.Entry,
            }
            : MachineErrors.Find(failure)
                ?? new PureDumpException(ErrorKind.Internal, $"an unexpected error: {failure.Message}", null, failure);
}
