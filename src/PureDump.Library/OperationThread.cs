using PureDump.Formats.Errors;

namespace PureDump;

/// <summary>Runs what waits for sockets and disks on a thread of its own: no thread of the pool is held meanwhile.</summary>
internal static class OperationThread
{
    /// <summary>Begins it.</summary>
    /// <param name="operation">What is done.</param>
    /// <param name="progress">Who is told.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Ends with the result, with the operation's error, or cancelled; what awaits it goes on elsewhere.</returns>
    public static Task<T> RunAsync<T>(Func<EventQueue, T> operation, IProgress<TransferEvent>? progress, CancellationToken cancellation)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                T value;
                using (var events = new EventQueue(progress))
                {
                    value = operation(events);
                }

                result.SetResult(value);
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
