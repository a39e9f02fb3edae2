using System.Runtime.ExceptionServices;

namespace PureDump.Postgres.Connection;

/// <summary>
/// A step over Npgsql, on a thread of its own. The sockets of Npgsql cannot be cut from outside: to cancel it asks the server and
/// waits for the answer, to connect it waits alike, and where the network is silent that is for ever. So nobody waits for it
/// longer than a moment.
/// </summary>
internal static class NpgsqlStep
{
    private const int PatienceMs = 1000;

    /// <summary>Runs a step.</summary>
    /// <param name="step">Gets what cancels it. Where it does not end by that, its thread and its connection are left behind.</param>
    /// <param name="discard">Gives back what a step returned that was left behind.</param>
    /// <param name="cancellation">Of the run.</param>
    /// <exception cref="OperationCanceledException">It was left behind, or the run was cancelled before.</exception>
    public static T Run<T>(Func<CancellationToken, T> step, Action<T> discard, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var ask = new CancellationTokenSource();
        var outcome = new TaskCompletionSource<T>();
        var thread = new Thread(() =>
        {
            try
            {
                outcome.SetResult(step(ask.Token));
            }
            catch (Exception e)
            {
                outcome.SetException(e);
            }
        })
        { IsBackground = true, Name = "catalog" };
        thread.Start();
        if (!HasEnded(outcome.Task, Timeout.Infinite, cancellation))
        {
            // Npgsql asks the server, and waits, in the call that cancels.
            _ = Task.Factory.StartNew(ask.Cancel, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            if (!HasEnded(outcome.Task, PatienceMs, CancellationToken.None))
            {
                _ = outcome.Task.ContinueWith(
                    left => discard(left.Result),
                    CancellationToken.None,
                    TaskContinuationOptions.OnlyOnRanToCompletion,
                    TaskScheduler.Default);
                throw new OperationCanceledException(cancellation);
            }
        }

        if (outcome.Task.Exception?.InnerException is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return outcome.Task.Result;
    }

    /// <inheritdoc cref="Run{T}"/>
    public static void Run(Action<CancellationToken> step, CancellationToken cancellation) => Run(
        asked =>
        {
            step(asked);
            return true;
        },
        static _ => { },
        cancellation);

    /// <summary>
    /// Closes what holds a connection. Where the run was cancelled it may be in use yet by a step left behind, and nobody waits for it.
    /// </summary>
    public static void Leave(IDisposable holder, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            _ = Task.Factory.StartNew(holder.Dispose, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        else
        {
            holder.Dispose();
        }
    }

    // Not by Wait, which throws what the step threw.
    private static bool HasEnded(Task task, int timeoutMs, CancellationToken cancellation) =>
        WaitHandle.WaitAny([((IAsyncResult)task).AsyncWaitHandle, cancellation.WaitHandle], timeoutMs) == 0;
}
