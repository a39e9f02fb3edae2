using PureDump.Formats.Errors;

namespace PureDump.Engine.Replay;

/// <summary>How a replay ended.</summary>
/// <remarks>
/// A restored script that ends inside rows or a transaction is an error, under psql it is not: a dump always ends them; <c>printf ... |
/// psql</c> often does not.
/// </remarks>
internal enum ReplayOutcome
{
    /// <summary>At the end of the last step. Statements may have failed.</summary>
    Complete,

    /// <summary>The last step was a text that failed.</summary>
    Failed,

    /// <summary>The connection was lost, or a script could not connect.</summary>
    ConnectionLost,

    /// <summary>At an error that was to stop it, or at something that is not run from a script.</summary>
    Stopped,
}

/// <summary>What a replay came to.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="FailureCount">How many statements and commands failed.</param>
/// <param name="StatementCount">How many statements were sent.</param>
/// <param name="Error">The last failure, or null.</param>
internal sealed record ReplayResult(ReplayOutcome Outcome, int FailureCount, long StatementCount, PureDumpException? Error);
