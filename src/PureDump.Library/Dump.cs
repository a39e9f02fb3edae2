using PureDump.Engine;
using PureDump.Formats.Codec;
using PureDump.Postgres.Catalog;

namespace PureDump;

/// <summary>Dumps a database into an archive of PureDump's own format.</summary>
public static class Dump
{
    /// <summary>Dumps a database as it is at one moment, whatever others do meanwhile.</summary>
    /// <param name="source">The database: a libpq connection string or URI, a name, or a data source.</param>
    /// <param name="target">Where the archive goes.</param>
    /// <param name="options">What and how; null: everything, on one connection.</param>
    /// <param name="progress">Who is told, on a thread of its own; null: nobody.</param>
    /// <param name="cancellation">Ends it; no file is left.</param>
    /// <exception cref="PureDumpException">It failed; no file is left.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<DumpSummary> RunAsync(
        DatabaseLogin source,
        DumpTarget target,
        DumpOptions? options = null,
        IProgress<TransferEvent>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        return OperationThread.RunAsync(
            "dump",
            events =>
            {
                DumpRequest request = Request(source, options ?? new());
                DumpResult result;
                if (target.Path is { } path)
                {
                    result = DumpOperation.ToFile(request, path, events, cancellation);
                }
                else
                {
                    using Stream stream = target.Open(cancellation);
                    result = DumpOperation.ToStream(request, stream, events, cancellation);
                }

                return new DumpSummary(
                    result.Toc.Entries.Count,
                    result.Totals.RowCount,
                    result.Totals.RawBytes,
                    result.Totals.Length);
            },
            progress,
            options?.Logger,
            cancellation);
    }

    private static DumpRequest Request(DatabaseLogin source, DumpOptions options) => new()
    {
        Source = source.Resolve(),
        Jobs = options.Jobs,
        Codec = options.Compression is { } compression ? CodecSetting.Parse(compression) : CodecSetting.Default,
        Selection = new DumpSelection
        {
            Schemas = options.Schemas,
            ExcludedSchemas = options.ExcludedSchemas,
            Tables = options.Tables,
            ExcludedTables = options.ExcludedTables,
            ExcludedTableData = options.ExcludedTableData,
            WithSchema = options.WithSchema,
            WithData = options.WithData,
            LockWaitTimeout = options.LockWaitTimeout,
        },
    };
}
