using PureDump.Engine;
using PureDump.Engine.Transfer;
using PureDump.Formats.Errors;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Connection;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>Dump and restore in process, the way a library user calls them.</summary>
internal static class Operations
{
    public static ConnectionTarget TargetOf(PostgresServer server, string database, string? user = null) => ConnectionTarget.Resolve(
        new ConnectionArguments
        {
            Host = server.Host,
            Port = server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            User = user ?? server.User,
            Database = database,
        },
        name => name == "PGPASSWORD" ? server.Password : null);

    /// <summary>A database, as --source and --target take it.</summary>
    public static string Conninfo(PostgresServer server, string database) =>
        $"host={server.Host} port={server.Port} user={server.User} dbname={database}";

    public static DumpResult Dump(
        PostgresServer server,
        string database,
        string path,
        DumpSelection? selection = null,
        int jobs = 2,
        bool deterministic = false,
        string? user = null) =>
        DumpOperation.ToFile(
            new DumpRequest
            {
                Source = TargetOf(server, database, user),
                Selection = selection ?? new(),
                Jobs = jobs,
                Deterministic = deterministic,
            },
            path,
            new RecordingObserver(),
            TestContext.Current.CancellationToken);

    /// <summary>Restores and asserts that nothing failed.</summary>
    public static RestoreResult Restore(
        PostgresServer server,
        string database,
        string path,
        Func<RestoreRequest, RestoreRequest>? adjust = null)
    {
        var observer = new RecordingObserver();
        var request = new RestoreRequest { Target = TargetOf(server, database), Jobs = 2 };
        RestoreResult result = RestoreOperation.FromFile(
            adjust?.Invoke(request) ?? request,
            path,
            observer,
            TestContext.Current.CancellationToken);
        Assert.Empty(observer.Failures);
        return result;
    }

    /// <summary>As <see cref="Restore"/>, out of a stream that cannot seek.</summary>
    public static RestoreResult RestorePipe(
        PostgresServer server, string database, Stream archive, int jobs = 2, Func<RestoreRequest, RestoreRequest>? adjust = null)
    {
        var observer = new RecordingObserver();
        var request = new RestoreRequest { Target = TargetOf(server, database), Jobs = jobs };
        RestoreResult result = RestoreOperation.FromStream(
            adjust?.Invoke(request) ?? request,
            archive,
            observer,
            TestContext.Current.CancellationToken);
        Assert.Empty(observer.Failures);
        return result;
    }

    /// <summary>The error that <paramref name="action"/> ends with.</summary>
    public static PureDumpException Fails(Action action) => Assert.Throws<PureDumpException>(action);

    /// <summary>Asserts that pg_dump sees no difference and that every table's content hash is the same.</summary>
    public static void AssertSame(PostgresServer source, string sourceDatabase, PostgresServer target, string targetDatabase)
    {
        Assert.Empty(TableHashes.Of(source, sourceDatabase).Differences(TableHashes.Of(target, targetDatabase)));

        // One program dumps both: the newer one, for it knows both servers.
        PgDumpOracle oracle = PgDumpOracle.Find(Math.Max(source.Major, target.Major));
        string[] due = Lines(oracle, source, sourceDatabase);
        string[] have = Lines(oracle, target, targetDatabase);
        Assert.Equal(string.Join('\n', due.Except(have).Take(20)), string.Join('\n', have.Except(due).Take(20)));
        Assert.Equal(due, have);
    }

    private static string[] Lines(PgDumpOracle oracle, PostgresServer server, string database) =>
    [
        .. oracle.Run("pg_dump", server, "-d", database).Succeeded().Output.Split('\n').Where(line =>
            !line.StartsWith("\\restrict ", StringComparison.Ordinal)
            && !line.StartsWith("\\unrestrict ", StringComparison.Ordinal)
            && !line.StartsWith("-- Dumped from database version", StringComparison.Ordinal)),
    ];
}
