using PureDump.Engine;
using PureDump.Postgres.Catalog;

namespace PureDump;

/// <summary>Copies a database into another one, with nothing on disk in between.</summary>
public static class DatabaseCopy
{
    /// <summary>Copies a database as it is at one moment, and compares the two in the end.</summary>
    /// <param name="source">The database: a libpq connection string or URI, a name, or a data source.</param>
    /// <param name="target">The database it is copied into, likewise.</param>
    /// <param name="options">What and how; null: everything, on one connection to each server.</param>
    /// <param name="progress">Who is told, on a thread of its own; null: nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="PureDumpException">It failed as a whole.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<CopySummary> RunAsync(
        DatabaseLogin source,
        DatabaseLogin target,
        CopyOptions? options = null,
        IProgress<TransferEvent>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        return OperationThread.RunAsync(
            "copy",
            events =>
            {
                CopyOptions given = options ?? new();
                var request = new CopyRequest
                {
                    Source = source.Resolve(),
                    Target = target.Resolve(),
                    Jobs = given.Jobs,
                    CreateDatabase = given.CreateDatabase,
                    Clean = given.Clean,
                    IfExists = given.Clean,
                    ExitOnError = given.ExitOnError,
                    Verify = given.Verify,
                    Selection = new DumpSelection { Schemas = given.Schemas, Tables = given.Tables },
                };
                CopyResult result = CopyOperation.Run(request, events, cancellation);
                return new CopySummary(
                    result.Database,
                    result.Toc.Entries.Count,
                    result.FailureCount,
                    result.CheckedCount,
                    [.. result.Differences.Select(static difference => difference.Name)]);
            },
            progress,
            options?.Logger,
            cancellation);
    }
}
