using PureDump.Engine;
using PureDump.Engine.Selection;

namespace PureDump;

/// <summary>Restores an archive into a database.</summary>
public static class Restore
{
    /// <summary>Restores an archive, of PureDump's own format or of pg_dump's.</summary>
    /// <param name="source">Where the archive comes from.</param>
    /// <param name="target">The database: a libpq connection string or URI, a name, or a data source.</param>
    /// <param name="options">What and how; null: everything, on one connection.</param>
    /// <param name="progress">Who is told, on a thread of its own; null: nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>With the number of entries that failed and were passed over.</returns>
    /// <exception cref="PureDumpException">It failed as a whole.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<RestoreSummary> RunAsync(
        DumpSource source,
        DatabaseLogin target,
        RestoreOptions? options = null,
        IProgress<TransferEvent>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        return OperationThread.RunAsync(
            "restore",
            events =>
            {
                RestoreRequest request = Request(target, options ?? new());
                RestoreResult result;
                if (source.Path is { } path)
                {
                    result = RestoreOperation.FromFile(request, path, events, cancellation);
                }
                else
                {
                    using Stream stream = source.Open(cancellation);
                    result = RestoreOperation.FromStream(request, stream, events, cancellation);
                }

                return new RestoreSummary(result.Toc.Entries.Count, result.FailureCount);
            },
            progress,
            options?.Logger,
            cancellation);
    }

    private static RestoreRequest Request(DatabaseLogin target, RestoreOptions options) => new()
    {
        Target = target.Resolve(),
        Jobs = options.Jobs,
        CreateDatabase = options.CreateDatabase,
        Clean = options.Clean,
        IfExists = options.Clean,
        SingleTransaction = options.SingleTransaction,
        ExitOnError = options.ExitOnError,
        Analyze = options.Analyze,
        Selection = new RestoreSelection
        {
            WithOwners = options.WithOwners,
            WithPrivileges = options.WithPrivileges,
            WithSchema = options.WithSchema,
            WithData = options.WithData,
        },
    };
}
