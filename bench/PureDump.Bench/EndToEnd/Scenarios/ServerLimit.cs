using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using PureDump.Bench.EndToEnd.Measure;
using PureDump.Engine.Sources;
using PureDump.Engine.Transfer;
using PureDump.Formats.Script;
using PureDump.Formats.Sql;
using PureDump.Postgres.Wire;

namespace PureDump.Bench.EndToEnd.Scenarios;

/// <summary>
/// What the server alone takes for the rows of a dump: the same chunks by as many sessions, in binary, into its own
/// /dev/null. No client can be quicker.
/// </summary>
internal sealed class ServerLimit(Setting setting)
{
    private const string Sizes = """
        SELECT c.relname, pg_relation_size(c.oid) / current_setting('block_size')::int8,
               pg_relation_size(c.oid) + coalesce(pg_relation_size(nullif(c.reltoastrelid, 0)), 0)
        FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
        """;

    /// <summary>As a contestant in a scenario of dumps.</summary>
    /// <param name="table">The one whose rows are dumped, or null for all.</param>
    public Contestant Contestant(string? table) => new(Labels.ServerAlone, () => new Outcome(Figures.None with { WallS = Measure(table) }));

    /// <summary>The statements for a table.</summary>
    /// <param name="table">Its name.</param>
    /// <param name="pages">Of its heap.</param>
    /// <param name="bytes">Of its heap and what it keeps beside.</param>
    internal static IEnumerable<(string Sql, long Bytes)> Parts(string table, long pages, long bytes)
    {
        string name = SqlText.Name("public", table);
        IReadOnlyList<Chunk> chunks = Chunk.Cut(pages, bytes);
        foreach (Chunk chunk in chunks)
        {
            string rows = chunks.Count == 1 ? name : string.Create(
                CultureInfo.InvariantCulture,
                $"(SELECT * FROM ONLY {name} WHERE ctid >= '({chunk.First},0)' AND ctid < '({Math.Min(chunk.End, pages)},0)')");
            yield return ($"COPY {rows} TO '/dev/null' (FORMAT binary)", chunk.Bytes);
        }
    }

    private static long Number(string? text) => long.Parse(text!, CultureInfo.InvariantCulture);

    private double Measure(string? table)
    {
        var statements = new ConcurrentQueue<string>(
            setting.Server.Rows(setting.Dataset.Name, Sizes)
                .Where(row => table is null || row[0] == table)
                .SelectMany(row => Parts(row[0]!, Number(row[1]), Number(row[2])))
                .OrderByDescending(part => part.Bytes)
                .Select(part => part.Sql));
        var connections = new List<WireConnection>();
        try
        {
            for (int i = 0; i < setting.Jobs; i++)
            {
                connections.Add(Open());
            }

            long begin = Stopwatch.GetTimestamp();
            Task[] sessions =
            [
                .. connections.Select(connection =>
                    Task.Factory.StartNew(() => Drain(statements, connection), TaskCreationOptions.LongRunning)),
            ];
            Task.WaitAll(sessions);
            return Stopwatch.GetElapsedTime(begin).TotalSeconds;
        }
        finally
        {
            foreach (WireConnection connection in connections)
            {
                connection.Dispose();
            }
        }
    }

    private WireConnection Open() =>
        new(HostSearch.Open(setting.Server.Target(setting.Dataset.Name), StartupParameters.None, CancellationToken.None));

    private static void Drain(ConcurrentQueue<string> statements, WireConnection connection)
    {
        while (statements.TryDequeue(out string? statement))
        {
            connection.Execute(statement);
        }
    }
}
