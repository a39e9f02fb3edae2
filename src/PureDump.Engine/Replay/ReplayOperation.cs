using PureDump.Formats.Errors;

namespace PureDump.Engine.Replay;

/// <summary>Runs psql scripts on a server, statement by statement, in the memory of one statement.</summary>
internal static class ReplayOperation
{
    /// <summary>Runs them.</summary>
    /// <param name="request">What, and where.</param>
    /// <param name="observer">Gets results and failures.</param>
    /// <param name="cancellation">Cancels the statement that runs and ends the replay.</param>
    /// <exception cref="PureDumpException">The first connection cannot be made, or a script cannot be opened or read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ReplayResult Run(ReplayRequest request, IReplayObserver observer, CancellationToken cancellation)
    {
        using var run = new ScriptRun(request, observer, cancellation);
        ReplayOutcome outcome = run.Run();
        return new ReplayResult(outcome, run.FailureCount, run.StatementCount, run.Error);
    }
}
