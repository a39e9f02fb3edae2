using System.Collections.Concurrent;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Connection;
using PureDump.Postgres.Session;
using PureDump.Postgres.Wire;

namespace PureDump.Engine.Checks;

/// <summary>Reads what a copy has written, and compares it with what the source had sent.</summary>
/// <param name="database">The target.</param>
/// <param name="encoding">Of all text; that of the source's connections.</param>
/// <param name="session">The settings the source was read with: they change how values print.</param>
/// <param name="jobs">How many tables are read at the same time.</param>
/// <param name="cancellation">Stops it.</param>
/// <remarks>
/// A copy compares what the target holds with what the source sent, not with a second reading of the source: the snapshot is read once;
/// the sum of hashes of rows does not depend on their order, and costs a few percent of the copy.
/// </remarks>
internal sealed class CopyCheck(ConnectionTarget database, string encoding, DumpSession session, int jobs, CancellationToken cancellation)
{
    private const string UndefinedFunction = "42883";
    private const string UndefinedTable = "42P01";
    private const string UndefinedObject = "42704";

    /// <summary>What the target holds.</summary>
    /// <param name="targets">What to read, in this order.</param>
    /// <returns>A digest, or what the server said.</returns>
    /// <exception cref="PureDumpException">The connection failed, or was cut.</exception>
    public IReadOnlyDictionary<CheckedTarget, (RowDigest Digest, string? Problem)> Read(IReadOnlyList<CheckedTarget> targets)
    {
        var results = new ConcurrentDictionary<CheckedTarget, (RowDigest, string?)>();
        if (targets.Count == 0)
        {
            return results;
        }

        var queue = new ConcurrentQueue<CheckedTarget>(targets);
        ServerSession server = ServerSession.Open(database, encoding, cancellation);
        Task[] readers =
        [
            .. Enumerable
                .Range(0, Math.Min(jobs, targets.Count))
                .Select(_ => Task.Factory.StartNew(
                    () => ReadAll(server, queue, results),
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default)),
        ];
        try
        {
            Task.WaitAll(readers);
        }
        catch (AggregateException e)
        {
            cancellation.ThrowIfCancellationRequested();
            throw e.Flatten().InnerExceptions.OfType<PureDumpException>().FirstOrDefault() ?? (Exception)e;
        }

        return results;
    }

    private void ReadAll(
        ServerSession server,
        ConcurrentQueue<CheckedTarget> queue,
        ConcurrentDictionary<CheckedTarget, (RowDigest, string?)> results)
    {
        using WireConnection connection = server.OpenWire(DumpSettings.Statements(session, server.Encoding));
        using var pool = new RowBlockPool(1);
        var hasher = new RowHasher();
        while (queue.TryDequeue(out CheckedTarget? target))
        {
            try
            {
                results[target] = (Digest(connection, target, pool, hasher), null);
            }
            catch (PureDumpException e) when (e.Kind is ErrorKind.Server or ErrorKind.Permission or ErrorKind.Lock)
            {
                results[target] = (default, e.Message);
            }
        }
    }

    private static RowDigest Digest(WireConnection connection, CheckedTarget target, RowBlockPool pool, RowHasher hasher)
    {
        if (
            target.Table is not null
            && connection.QueryValueOrNull($"SELECT pg_catalog.to_regclass({SqlText.Literal(target.Table)})") is null)
        {
            return default;
        }

        if (!target.WithContents)
        {
            try
            {
                return new RowDigest(connection.QueryNumber(target.CountSql), 0);
            }
            catch (PureDumpException e) when (e.SqlState is UndefinedFunction or UndefinedTable or UndefinedObject)
            {
                // A plan looks into the functions of indexes, whose bodies may need names of another search_path; to read the rows takes
                // none.
                return new RowDigest(Contents(connection, target, pool, hasher).RowCount, 0);
            }
        }

        return Contents(connection, target, pool, hasher);
    }

    private static RowDigest Contents(WireConnection connection, CheckedTarget target, RowBlockPool pool, RowHasher hasher)
    {
        var digest = default(RowDigest);
        CopyOut rows = connection.BeginCopyOut(target.ReadSql);
        while (true)
        {
            using RowBlock block = pool.Rent(CancellationToken.None);
            if (!rows.Fill(block))
            {
                return digest;
            }

            digest += hasher.Add(block);
        }
    }
}
