using Npgsql;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>Dumps of a database whose tables others alter, fill anew, rebuild, make and drop all the while.</summary>
public sealed class DefinitionChangeTests : IDisposable
{
    private const int DumpCount = 4;

    private const string Filling = "BEGIN; TRUNCATE filled; INSERT INTO filled SELECT generate_series(1, 500); COMMIT";

    // Each is one transaction, or statements that change nothing that is looked at.
    private static readonly string[] s_changes =
    [
        "UPDATE a SET v = v - 1 WHERE id = 1; UPDATE b SET v = v + 1 WHERE id = 1",
        "BEGIN; ALTER TABLE b ADD y integer; ALTER TABLE a ADD y integer; ALTER TABLE a DROP y; ALTER TABLE b DROP y; COMMIT",
        Filling,
        "REINDEX TABLE large",
        "ALTER TABLE named RENAME id TO other; ALTER TABLE named RENAME other TO id",
        "CREATE TABLE short (id integer PRIMARY KEY); INSERT INTO short VALUES (1); DROP TABLE short",
    ];

    // Each replaces an object that no reader can lock, in one transaction: at every moment there is one. A dump reads them all within a
    // moment, or begins anew.
    private static readonly string[] s_replacements =
    [
        "BEGIN; DROP FUNCTION said(); CREATE FUNCTION said() RETURNS text LANGUAGE sql AS $$ SELECT 'said' $$; COMMIT",
        "BEGIN; DROP AGGREGATE added(integer); CREATE AGGREGATE added(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0'); COMMIT",
        "BEGIN; DROP VIEW shown; CREATE VIEW shown AS SELECT count(*) AS n FROM a; COMMIT",
        "BEGIN; DROP SEQUENCE counter; CREATE SEQUENCE counter START 7; COMMIT",
        "BEGIN; DROP STATISTICS known; CREATE STATISTICS known ON id, v FROM b; COMMIT",
        "BEGIN; DROP TYPE mood; CREATE TYPE mood AS ENUM ('fine'); COMMIT",
    ];

    private readonly PostgresServer _server = ServerPool.Get(TestMajors.Newest);
    private readonly string _database;

    public DefinitionChangeTests()
    {
        _database = _server.CreateDatabase();
        _server.Execute(_database, """
            CREATE TABLE a AS SELECT g AS id, 100 AS v FROM generate_series(1, 500) g;
            CREATE TABLE b AS SELECT g AS id, 100 AS v FROM generate_series(1, 500) g;
            CREATE TABLE filled AS SELECT generate_series(1, 500) AS id;
            CREATE TABLE named AS SELECT 1 AS id;
            CREATE TABLE large AS SELECT g AS id, repeat('x', 1000) AS pad FROM generate_series(1, 5000) g;
            CREATE INDEX ON large (id);
            """);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Every_dump_succeeds_and_is_one_moment(int jobs) =>
        Assert.Equal(
            Enumerable.Repeat("100000 500 5000", DumpCount),
            Dumped(
                jobs,
                s_changes,
                "SELECT format('%s %s %s', (SELECT sum(v) FROM (SELECT v FROM a UNION ALL SELECT v FROM b) x), (SELECT count(*) FROM "
                    + "filled), (SELECT count(*) FROM large))"));

    // Nothing else runs: at the snapshot, most of the time, no transaction does.
    [Fact]
    public void Every_dump_has_the_rows_of_a_table_that_is_filled_anew_all_the_while() =>
        Assert.Equal(Enumerable.Repeat("500", DumpCount), Dumped(1, [Filling], "SELECT count(*) FROM filled"));

    [Fact]
    public void Every_dump_has_what_is_replaced_all_the_while()
    {
        _server.Execute(
            _database,
            string.Join(';', s_replacements.Select(static change => change["BEGIN; ".Length..^"; COMMIT".Length].Split(';', 2)[1])));
        Assert.Equal(
            Enumerable.Repeat("said 3 500 fine 7 1", DumpCount),
            Dumped(
                1,
                [.. s_replacements.Select(static change => $"{change}; SELECT pg_sleep(0.5)")],
                """
                SELECT format('%s %s %s %s %s %s', said(), (SELECT added(x) FROM (VALUES (1), (2)) v (x)), (SELECT n FROM shown),
                    'fine'::mood, nextval('counter'),
                    (SELECT count(*) FROM pg_statistic_ext))
                """
            ));
    }

    public void Dispose() => _server.DropDatabase(_database);

    private List<string?> Dumped(int jobs, string[] changes, string question)
    {
        using var stop = new CancellationTokenSource();
        Thread[] others = [.. changes.Select(change => new Thread(() => Repeat(change, stop.Token)))];
        Array.ForEach(others, static other => other.Start());
        var answers = new List<string?>();
        try
        {
            for (int i = 0; i < DumpCount; i++)
            {
                using var file = new TemporaryFile();
                Operations.Dump(_server, _database, file.Path, jobs: jobs);
                string copy = _server.CreateDatabase();
                Operations.Restore(_server, copy, file.Path);
                answers.Add(_server.Scalar(copy, question));
                _server.DropDatabase(copy);
            }
        }
        finally
        {
            stop.Cancel();
            Array.ForEach(others, static other => other.Join());
        }

        return answers;
    }

    // Some lose a deadlock among one another; they try again.
    private void Repeat(string change, CancellationToken stop)
    {
        using NpgsqlConnection connection = _server.Connect(_database);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var command = new NpgsqlCommand(change, connection);
                command.ExecuteNonQuery();
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DeadlockDetected)
            {
                using var command = new NpgsqlCommand("ROLLBACK", connection);
                command.ExecuteNonQuery();
            }

            stop.WaitHandle.WaitOne(20);
        }
    }
}
