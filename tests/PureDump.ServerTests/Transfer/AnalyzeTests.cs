using PureDump.Engine;
using PureDump.Engine.Selection;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Postgres.Catalog;
using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary><c>--analyze</c>: the planner knows what was restored, and nothing else is looked at.</summary>
public sealed class AnalyzeTests
{
    // The server's own autovacuum would do what is looked for here.
    private const string Definitions = """
        CREATE TABLE plain (id integer, word text) WITH (autovacuum_enabled = off); INSERT INTO plain SELECT g,
            md5(g::text) FROM generate_series(1, 1000) g;
        CREATE TABLE spare (id integer) WITH (autovacuum_enabled = off); INSERT INTO spare SELECT generate_series(1, 10);
        CREATE TABLE year (id integer, y integer) PARTITION BY LIST (y);
        CREATE TABLE year_1 PARTITION OF year FOR VALUES IN (1) PARTITION BY LIST (id);
        CREATE TABLE year_1_1 PARTITION OF year_1 FOR VALUES IN (1) WITH (autovacuum_enabled = off);
        CREATE TABLE year_2 PARTITION OF year FOR VALUES IN (2) WITH (autovacuum_enabled = off);
        INSERT INTO year SELECT 1, g % 2 + 1 FROM generate_series(1, 100) g;
        CREATE MATERIALIZED VIEW seen WITH (autovacuum_enabled = off) AS SELECT id FROM plain;
        CREATE FOREIGN DATA WRAPPER nowhere; CREATE SERVER far FOREIGN DATA WRAPPER nowhere;
            CREATE FOREIGN TABLE elsewhere (id integer) SERVER far;
        """;

    // What has statistics, and of how many rows; a partitioned table's are not counted before 14.
    private const string Analyzed = """
        SELECT string_agg(DISTINCT c.relname || CASE c.relkind WHEN 'p' THEN '' ELSE '=' || c.reltuples::integer END,
            ' ') FROM pg_statistic s JOIN pg_class c ON c.oid = s.starelid
        WHERE c.relnamespace = 'public'::regnamespace
        """;

    private const string All = "plain=1000 seen=1000 spare=10 year year_1 year_1_1=50 year_2=50";

    [Theory, EveryMajor]
    public void Everything_that_was_filled_is_analyzed_on_all_connections(int major)
    {
        using var restored = new Restored(major, Definitions);
        Assert.Null(restored.Value(Analyzed));
        restored.Run(request => request with { Analyze = true, Jobs = 3 });
        Assert.Equal(All, restored.Value(Analyzed));
    }

    [Theory, EveryMajor]
    public void Inside_the_single_transaction(int major)
    {
        using var restored = new Restored(major, Definitions);
        restored.Run(request => request with { Analyze = true, SingleTransaction = true });
        Assert.Equal(All, restored.Value(Analyzed));
    }

    [Fact]
    public void Not_what_is_not_selected_or_not_asked_for()
    {
        using var restored = new Restored(TestMajors.Newest, Definitions);
        restored.Run(request => request);
        Assert.Null(restored.Value(Analyzed));
        restored.Run(request =>
            request with
            {
                Analyze = true,
                Selection = new RestoreSelection { WithSchema = false, Tables = ["spare", "year_2"] },
            }
        );
        Assert.Equal("spare=20 year_2=100", restored.Value(Analyzed));
    }

    [Fact]
    public void Statistics_of_the_archive_give_way()
    {
        // Older servers take no statistics.
        using var restored = new Restored(
            TestMajors.NewestFrom(18),
            $"{Definitions} ANALYZE; INSERT INTO plain VALUES (0, 'late');",
            new DumpSelection { WithStatistics = true }
        );
        restored.Run(request => request);
        Assert.Equal("1000", restored.Value("SELECT reltuples::text FROM pg_class WHERE relname = 'plain'"));
        restored.Run(request => request with { Analyze = true, Clean = true });
        Assert.Equal("1001", restored.Value("SELECT reltuples::text FROM pg_class WHERE relname = 'plain'"));
    }

    [Fact]
    public void A_failure_is_named_and_counted_and_the_others_are_analyzed()
    {
        using var restored = new Restored(TestMajors.Newest, Definitions);
        restored.Run(request => request with { Selection = new RestoreSelection { Sections = [Section.PreData] } });
        restored.Server.Execute(restored.Database, """
            CREATE FUNCTION burst(integer) RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
                $$BEGIN IF $1 = 10 AND pg_catalog.current_query() LIKE 'ANALYZE%' THEN RAISE 'no tens'; END IF; RETURN $1; END$$;
            CREATE INDEX spare_burst ON spare (burst(id));
            """);
        var observer = new RecordingObserver();
        RestoreResult result = restored.Run(
            request =>
                request with
                {
                    Analyze = true,
                    Selection = new RestoreSelection { Sections = [Section.Data, Section.PostData] },
                },
            observer);

        Assert.Equal(1, result.FailureCount);
        Assert.Contains("ANALYZE public.spare", Assert.Single(observer.Failures), StringComparison.Ordinal);
        Assert.Equal("plain=1000 seen=1000 year_1_1=50 year_2=50", restored.Value(Analyzed));
    }

    [Theory, EveryMajor]
    public void A_copy_does_so_too(int major)
    {
        using var restored = new Restored(major, Definitions);
        var request = new CopyRequest
        {
            Source = Operations.TargetOf(restored.Server, restored.Source),
            Target = Operations.TargetOf(restored.Server, restored.Database),
            Jobs = 2,
            Analyze = true,
        };
        var observer = new RecordingObserver();
        CopyOperation.Run(request, observer, TestContext.Current.CancellationToken);
        Assert.Empty(observer.Failures);
        Assert.Equal(All, restored.Value(Analyzed));
    }

    /// <summary>A source, its archive, and a database to restore it into.</summary>
    private sealed class Restored : IDisposable
    {
        private readonly TemporaryFile _file = new();

        public Restored(int major, string definitions, DumpSelection? selection = null)
        {
            Server = ServerPool.Get(major);
            (Source, Database) = (Server.CreateDatabase(), Server.CreateDatabase());
            Server.Execute(Source, definitions);
            Operations.Dump(Server, Source, _file.Path, selection);
        }

        public PostgresServer Server { get; }

        public string Source { get; }

        public string Database { get; }

        public RestoreResult Run(Func<RestoreRequest, RestoreRequest> adjust, RecordingObserver? observer = null)
        {
            RecordingObserver told = observer ?? new RecordingObserver();
            var request = new RestoreRequest { Target = Operations.TargetOf(Server, Database), Jobs = 2 };
            RestoreResult result = RestoreOperation.FromFile(adjust(request), _file.Path, told, TestContext.Current.CancellationToken);
            Assert.True(observer is not null || told.Failures.IsEmpty, string.Join('\n', told.Failures));
            return result;
        }

        public string? Value(string sql) => Server.Scalar(Database, sql);

        public void Dispose()
        {
            Server.DropDatabase(Source);
            Server.DropDatabase(Database);
            _file.Dispose();
        }
    }
}
