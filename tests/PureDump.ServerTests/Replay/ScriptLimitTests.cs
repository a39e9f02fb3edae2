using System.Globalization;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Transfer;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Replay;

/// <summary>Where a script may end, and how long what stands in it and comes of it may be.</summary>
public sealed class ScriptLimitTests : IDisposable
{
    private readonly PostgresServer _server = ServerPool.Get(TestMajors.Newest);
    private readonly string _database;
    private readonly TemporaryFile _script = new("script.sql");

    public ScriptLimitTests() => _database = _server.CreateDatabase();

    public void Dispose()
    {
        _server.DropDatabase(_database);
        _script.Dispose();
    }

    /// <summary>psql lets the server roll back what a script has begun; a restore that did would say "replayed".</summary>
    [Theory]
    [InlineData("BEGIN; CREATE TABLE t (a int);", "", 18, "leaves a transaction that it began", "")]
    [InlineData("BEGIN; CREATE TABLE t (a int);\n\\connect postgres\n", "", 18, "leaves a transaction that it began", "")]
    [InlineData("BEGIN; CREATE TABLE t (a int);\n\\q\n", "", 18, "leaves a transaction that it began", "")]
    [InlineData("BEGIN; CREATE TABLE t (a int); COMMIT;", "", 0, "", "t")]
    [InlineData("CREATE TABLE t (a int);", "-1", 0, "", "t")]
    [InlineData("CREATE TABLE t (a int); COMMIT;", "-1", 18, "has ended the single transaction", "t")]
    [InlineData("CREATE TABLE t (a int); ROLLBACK;", "-1", 18, "has ended the single transaction", "")]
    public void A_restored_script_ends_where_it_began(string script, string option, int exitCode, string told, string tables)
    {
        File.WriteAllText(_script.Path, script);
        using PureDumpProcess restore = PureDumpProcess.Start(
            _server,
            "restore",
            [.. option.Length > 0 ? [option] : Array.Empty<string>(), "-d", _database, _script.Path]);

        Assert.True(restore.WaitForExit() == exitCode, restore.Error);
        Assert.Contains(told, restore.Error, StringComparison.Ordinal);
        Assert.Equal(
            tables,
            _server.Scalar(
                _database,
                "SELECT coalesce(string_agg(relname, ' '), '') FROM pg_class WHERE relnamespace = 'public'::regnamespace"));
    }

    [Fact]
    public void A_script_of_psql_may_end_anywhere()
    {
        File.WriteAllText(_script.Path, "BEGIN; CREATE TABLE t (a int);");

        Assert.Equal(0, Psql.Run(_server, ["-d", _database, "-f", _script.Path]).ExitCode);
    }

    /// <summary>As long as psql takes them: a row, a word, the line of a backslash command.</summary>
    [Fact]
    public void Rows_and_words_are_as_long_as_the_server_makes_and_takes_them()
    {
        const int rowLength = 70_000_000;
        string word = new('w', 200_000);
        File.WriteAllText(
            _script.Path,
            $"\\set long '{word}'\nSELECT length(:'long') AS {word};\nSELECT repeat('x', "
                + $"{rowLength.ToString(CultureInfo.InvariantCulture)});\n");
        using PureDumpProcess psql = PureDumpProcess.Start(
            _server,
            "psql",
            "-q",
            "-At",
            "-v",
            "ON_ERROR_STOP=1",
            "-d",
            _database,
            "-f",
            _script.Path);
        using var output = new StreamReader(psql.Output);

        Assert.Equal("200000", output.ReadLine());
        string? row = output.ReadLine();
        Assert.Equal((rowLength, ""), (row!.Length, row.Trim('x')));
        Assert.True(psql.WaitForExit() == 0, psql.Error);
    }
}
