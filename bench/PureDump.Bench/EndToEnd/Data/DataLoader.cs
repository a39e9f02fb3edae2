using PureDump.Postgres.Connection;
using PureDump.Postgres.Wire;

namespace PureDump.Bench.EndToEnd.Data;

/// <summary>Puts a data set into a database, over one connection.</summary>
internal static class DataLoader
{
    /// <summary>Makes all of it: tables with frozen rows, keys, indexes, statistics.</summary>
    /// <param name="target">A database without these tables.</param>
    /// <param name="plan">What to make.</param>
    /// <param name="say">Told of each step.</param>
    /// <param name="cancellation">Cuts the connection.</param>
    /// <returns>The rows of the tables of <see cref="DatasetPlan.Tables"/>, by name.</returns>
    /// <exception cref="PureDumpException">No server, no login, or the server refused a statement.</exception>
    public static IReadOnlyDictionary<string, long> Load(
        ConnectionTarget target,
        DatasetPlan plan,
        Action<string> say,
        CancellationToken cancellation)
    {
        using var connection = new WireConnection(HostSearch.Open(target, StartupParameters.None, cancellation));
        connection.AbortWhen(cancellation);
        connection.Execute("SET synchronous_commit = off; SET maintenance_work_mem = '256MB'; SET client_min_messages = warning");
        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (TablePlan table in plan.Tables)
        {
            rows[table.Name] = LoadTable(connection, table);
            say($"{table.Name}: {rows[table.Name]:N0} rows");
        }

        foreach (string statement in plan.After)
        {
            connection.Execute(statement);
        }

        say("keys and indexes");

        // What a server that is in use has done long ago, and would else do in the middle of a run.
        connection.Execute("VACUUM (ANALYZE)");
        connection.Execute("CHECKPOINT");
        return rows;
    }

    // One transaction, so that the rows can be frozen and need no WAL where wal_level is minimal.
    private static long LoadTable(WireConnection connection, TablePlan table)
    {
        connection.Execute($"BEGIN; CREATE TABLE public.{table.Name} ({table.Columns}); {table.Before}", TransactionState.InTransaction);
        CopyIn copy = connection.BeginCopyIn($"COPY public.{table.Name} FROM STDIN (FORMAT binary, FREEZE)");
        var writer = new RowWriter(copy.Write);
        table.Write(writer);
        writer.Flush();
        long count = copy.Complete();
        connection.Commit();
        return count;
    }
}
