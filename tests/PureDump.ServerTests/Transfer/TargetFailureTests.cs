using PureDump.Engine;
using PureDump.Formats.Errors;
using PureDump.Postgres.Catalog;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>Targets that hold something that does not fit: refused by name, and not touched.</summary>
public sealed class TargetFailureTests : IDisposable
{
    private readonly PostgresServer _server = ServerPool.Get(TestMajors.Newest);
    private readonly string _target;

    public TargetFailureTests() => _target = _server.CreateDatabase();

    [Fact]
    public void A_target_that_is_not_empty_is_refused_with_a_list_of_what_is_there()
    {
        using TemporaryFile archive = SmallArchive.Write();
        _server.Execute(
            _target,
            "CREATE TABLE customer (mine text); INSERT INTO customer VALUES ('kept'); CREATE VIEW purchase AS SELECT 1 AS one");
        foreach (bool isPipe in (bool[])[false, true])
        {
            PureDumpException error = Bounded.Fails(ErrorKind.TargetMismatch, () => Restore(archive.Path, isPipe));
            Assert.Contains("public.customer, public.purchase", error.Message, StringComparison.Ordinal);
            Assert.Contains(_target, error.Message, StringComparison.Ordinal);
            Assert.NotNull(error.Hint);
        }

        Assert.Equal("kept", _server.Scalar(_target, "SELECT mine FROM customer"));
        Assert.Null(_server.Scalar(_target, "SELECT to_regclass('purchase_customer_id_idx')"));
    }

    [Theory]
    [InlineData("CREATE TABLE t (a integer, c text, d date)", "has no column b")]
    [InlineData(
        "CREATE TABLE t (a bigint, b text, d date)",
        "column a of public.t has the type bigint in the target, the rows were dumped with the type integer")]
    [InlineData("CREATE TABLE t (a integer, b character varying(10), d date)", "column b of public.t has the type character varying(10)")]
    [InlineData("CREATE TABLE t (a integer, b text, d timestamp)", "column d of public.t has the type timestamp without time zone")]
    [InlineData("CREATE TABLE other (a integer)", "the target has no table public.t")]
    public void Binary_rows_into_a_table_of_other_columns_are_refused_by_name(string existing, string due)
    {
        using TemporaryFile archive = ArchiveOf("CREATE TABLE t (a integer, b text, d date); INSERT INTO t VALUES (1, 'x', '2020-01-01')");
        _server.Execute(_target, existing);
        foreach (bool isPipe in (bool[])[false, true])
        {
            (RestoreResult result, RecordingObserver observer) = RestoreRows(archive.Path, isPipe);
            Assert.Equal(1, result.FailureCount);
            Assert.Contains(due, Assert.Single(observer.Failures), StringComparison.Ordinal);
        }

        Assert.Equal("0", _server.Scalar(_target, "SELECT pg_catalog.sum(n_live_tup)::text FROM pg_stat_user_tables") ?? "0");
    }

    [Fact]
    public void Rows_go_into_a_table_of_the_same_columns_in_another_order_with_others_beside()
    {
        using TemporaryFile archive = ArchiveOf("CREATE TABLE t (a integer, b text, d date); INSERT INTO t VALUES (1, 'x', '2020-01-01')");
        _server.Execute(
            _target,
            "CREATE TABLE t (more text DEFAULT 'added', d date, gone integer, b text, a integer); ALTER TABLE t DROP COLUMN gone");
        Assert.Equal(0, RestoreRows(archive.Path, isPipe: false).Result.FailureCount);
        Assert.Equal(["added", "2020-01-01", "x", "1"], Assert.Single(_server.Rows(_target, "SELECT * FROM t")));
    }

    [Fact]
    public void Rows_as_text_go_into_columns_of_other_types()
    {
        using TemporaryFile archive = ArchiveOf(
            "CREATE TABLE t (a integer, b text, d date); INSERT INTO t VALUES (1, 'x', '2020-01-01')",
            new DumpSelection { TextOnly = true }
        );
        _server.Execute(_target, "CREATE TABLE t (a bigint, b varchar(10), d timestamp)");
        Assert.Empty(RestoreRows(archive.Path, isPipe: false).Observer.Failures);
        Assert.Equal(["1", "x", "2020-01-01 00:00:00"], Assert.Single(_server.Rows(_target, "SELECT * FROM t")));
    }

    public void Dispose() => _server.DropDatabase(_target);

    private TemporaryFile ArchiveOf(string sql, DumpSelection? selection = null)
    {
        string database = _server.CreateDatabase();
        _server.Execute(database, sql);
        var file = new TemporaryFile();
        Operations.Dump(_server, database, file.Path, selection);
        _server.DropDatabase(database);
        return file;
    }

    private void Restore(string path, bool isPipe)
    {
        if (isPipe)
        {
            using FileStream stream = File.OpenRead(path);
            Operations.RestorePipe(_server, _target, stream);
        }
        else
        {
            Operations.Restore(_server, _target, path);
        }
    }

    private (RestoreResult Result, RecordingObserver Observer) RestoreRows(string path, bool isPipe)
    {
        var observer = new RecordingObserver();
        var request = new RestoreRequest { Target = Operations.TargetOf(_server, _target), Selection = new() { WithSchema = false } };
        if (!isPipe)
        {
            return (RestoreOperation.FromFile(request, path, observer, TestContext.Current.CancellationToken), observer);
        }

        using FileStream stream = File.OpenRead(path);
        return (RestoreOperation.FromStream(request, stream, observer, TestContext.Current.CancellationToken), observer);
    }
}
