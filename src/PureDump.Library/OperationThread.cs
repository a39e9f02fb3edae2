using Microsoft.Extensions.Logging;
using PureDump.Formats.Errors;

namespace PureDump;

/// <summary>Runs what waits for sockets and disks on a thread of its own: no thread of the pool is held meanwhile.</summary>
internal static class OperationThread
{
    /// <summary>Begins an operation that is told of, logged and traced.</summary>
    /// <param name="name">What events and activities call it: <c>dump</c>, <c>restore</c>, <c>copy</c>.</param>
    /// <param name="operation">What is done.</param>
    /// <param name="progress">Who is told; null: nobody.</param>
    /// <param name="logger">Where it is logged; null: nowhere.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Ends with the result, with the operation's error, or cancelled; what awaits it goes on elsewhere.</returns>
    public static Task<T> RunAsync<T>(
        string name,
        Func<EventQueue, T> operation,
        IProgress<TransferEvent>? progress,
        ILogger? logger,
        CancellationToken cancellation) => RunAsync(
            () =>
            {
                using var trace = new OperationTrace(name);
                logger?.OperationBegins(name);
                try
                {
                    T value;
                    using (var events = new EventQueue(name, progress, logger, trace))
                    {
                        value = operation(events);
                    }

                    logger?.OperationEnds(name);
                    return value;
                }
                catch (Exception e)
                {
                    trace.Fail(e);
                    if (!cancellation.IsCancellationRequested)
                    {
                        logger?.OperationFailed(name, e);
                    }

                    throw;
                }
            },
            cancellation);

    /// <summary>Begins something that takes no time worth telling.</summary>
    /// <param name="operation">What is done.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <inheritdoc cref="RunAsync{T}(string, Func{EventQueue, T}, IProgress{TransferEvent}, ILogger, CancellationToken)"/>
    public static Task<T> RunAsync<T>(Func<T> operation, CancellationToken cancellation)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                result.SetResult(operation());
            }
            catch (Exception) when (cancellation.IsCancellationRequested)
            {
                // Whatever it was that was cut.
                result.SetCanceled(cancellation);
            }
            catch (Exception e)
            {
                result.SetException(e is PureDumpException ? e : MachineErrors.Find(e) ?? e);
            }
        })
        { IsBackground = true, Name = "puredump" };
        thread.Start();
        return result.Task;
    }
}
