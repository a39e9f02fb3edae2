using PureDump.Engine;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Oracle;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>Materialized views are filled behind those that their functions read, of which the catalog knows nothing.</summary>
public sealed class HiddenRefreshTests : IDisposable
{
    // The view that is read comes last by its name, and takes longest. Who reads it before it is filled fails.
    private const string Sql =
        """
        CREATE TABLE numbers AS SELECT generate_series(1, 20000) AS a;
        CREATE MATERIALIZED VIEW z_read AS SELECT a FROM numbers WHERE a % 7 = 1 ORDER BY md5(a::text);
        CREATE FUNCTION below(integer) RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS
            $$ BEGIN RETURN (SELECT count(*) FROM public.z_read WHERE a < $1); END $$;
        CREATE MATERIALIZED VIEW by_call AS SELECT below(100) AS a;
        CREATE VIEW calling AS SELECT below(200) AS a;
        CREATE MATERIALIZED VIEW by_view AS SELECT a FROM calling;
        CREATE MATERIALIZED VIEW a_over AS SELECT a FROM by_call;
        CREATE INDEX ON by_call (below(a::integer));
        """;

    private readonly TemporaryFile _file = new();
    private readonly List<(PostgresServer Server, string Database)> _databases = [];

    [Theory]
    [EveryMajor]
    public void They_are_filled_in_an_order_in_which_all_is_there(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string source = Database(server, Sql);
        Operations.Dump(server, source, _file.Path);
        using var pgDump = new TemporaryFile();
        PgDumpOracle.Find(TestMajors.Newest).Run("pg_dump", server, "-d", source, "-Fc", "-f", pgDump.Path).Succeeded();
        foreach (string path in (string[])[_file.Path, pgDump.Path])
        {
            foreach (int jobs in (int[])[1, 4])
            {
                string target = Database(server, "");
                Operations.Restore(server, target, path, request => request with { Jobs = jobs });
                AssertSame(server, source, target);
            }
        }

        string piped = Database(server, "");
        using FileStream file = File.OpenRead(_file.Path);
        using var pipe = new ForwardOnlyStream(file);
        Operations.RestorePipe(server, piped, pipe, jobs: 4);
        AssertSame(server, source, piped);
    }

    [Fact]
    public void A_copy_fills_them()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string source = Database(server, Sql);
        string target = Database(server, "");
        var observer = new RecordingObserver();
        var request = new CopyRequest
        {
            Source = Operations.TargetOf(server, source),
            Target = Operations.TargetOf(server, target),
            Jobs = 4,
        };

        CopyOperation.Run(request, observer, TestContext.Current.CancellationToken);

        Assert.Empty(observer.Failures);
        AssertSame(server, source, target);
    }

    public void Dispose()
    {
        foreach ((PostgresServer server, string database) in _databases)
        {
            server.DropDatabase(database);
        }

        _file.Dispose();
    }

    private static void AssertSame(PostgresServer server, string source, string target)
    {
        Operations.AssertSame(server, source, server, target);
        const string views =
            "SELECT (SELECT a FROM by_call), (SELECT a FROM by_view), (SELECT a FROM a_over), (SELECT count(*) FROM z_read)";
        Assert.Equal(server.Rows(source, views), server.Rows(target, views));
    }

    private string Database(PostgresServer server, string sql)
    {
        string database = server.CreateDatabase();
        _databases.Add((server, database));
        if (sql.Length > 0)
        {
            server.Execute(database, sql);
        }

        return database;
    }
}
