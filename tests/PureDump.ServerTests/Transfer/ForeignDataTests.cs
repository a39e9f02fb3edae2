using System.Globalization;
using System.Text.RegularExpressions;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Postgres.Catalog;
using PureDump.ServerTests.Fixture;
using PureDump.Storage.Local;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>
/// Rows of foreign tables (<c>--include-foreign-data</c>), which live in another database of the same server, and what
/// is not for everyone to see.
/// </summary>
public sealed partial class ForeignDataTests
{
    [Theory, EveryMajor]
    public void Foreign_rows_are_read_and_written_through_the_foreign_tables(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        (string near, string far, string copy) = (server.CreateDatabase(), server.CreateDatabase(), server.CreateDatabase());
        Fill(server, near, far);
        using var file = new TemporaryFile();

        Operations.Dump(server, near, file.Path, new() { IncludedForeignServers = ["far*"] }, jobs: 1);
        Operations.Restore(server, copy, file.Path);

        // What was there stays there: a table that is only pointed at is never truncated.
        Assert.Equal("4", server.Scalar(far, "SELECT count(*) FROM items WHERE \"N n\" = 'eins'"));
        Assert.Equal("2", server.Scalar(far, "SELECT count(*) FROM items WHERE amount = 'NaN'"));
        Assert.Equal("2", server.Scalar(far, "SELECT count(*) FROM kinds WHERE k = 'pg_class'::regclass"));
        Assert.Equal("6", server.Scalar(far, "SELECT count(*) FROM empty"));
        Assert.Equal("2", server.Scalar(far, "SELECT count(*) FROM parts"));

        // Rows of a local child are its own, though its foreign parent shows them too.
        Assert.Equal("1", server.Scalar(copy, "SELECT count(*) FROM child"));
        Assert.Equal("4", server.Scalar(far, "SELECT count(*) FROM parents"));
        Assert.Equal("1000", server.Scalar(copy, "SELECT count(*) FROM \"local\""));
        Assert.Equal("x", server.Scalar(copy, "SELECT convert_from(lo_get(4711), 'UTF8')"));
    }

    [Theory, EveryMajor]
    public void Foreign_rows_are_taken_where_pg_dump_takes_them(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        (string near, string far) = (server.CreateDatabase(), server.CreateDatabase());
        Fill(server, near, far);

        Check([]);
        Check(["far"]);
        Check(["\"Far 2\"", "nothing_but_far|far"]);
        Check(["*"], new DumpSelection { ExcludedTableData = ["items"] }, "--exclude-table-data=items");
        Check(["*"], new DumpSelection { Tables = ["it*"] }, "-t", "it*");
        Check(["far"], new DumpSelection { WithSchema = false }, "--data-only");

        void Check(string[] patterns, DumpSelection? selection = null, params string[] options)
        {
            Toc toc = TocOf(server, near, (selection ?? new()) with { IncludedForeignServers = patterns });
            string text = PgDumpOracle
                .ModelFor(server)
                .Run("pg_dump", server, ["-d", near, .. options, .. patterns.Select(static pattern => $"--include-foreign-data={pattern}")])
                .Succeeded()
                .Output;

            Assert.Equal(
                [.. DataHeader().Matches(text).Select(static match => match.Groups[1].Value)],
                toc.Entries.Where(static entry => entry.Kind == EntryKind.TableData).Select(static entry => entry.Name).ToArray());
        }
    }

    [Theory, EveryMajor]
    public void Foreign_rows_are_in_binary_where_that_is_portable(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        (string near, string far) = (server.CreateDatabase(), server.CreateDatabase());
        Fill(server, near, far);

        Toc toc = TocOf(server, near, new() { IncludedForeignServers = ["far"] });

        Assert.Equal(RowFormat.Binary, Rows("items").Format);
        Assert.Equal(RowFormat.Text, Rows("kinds").Format);
        Assert.All(
            toc.Entries.Where(static entry => entry.Rows is not null),
            static entry => Assert.Equal(entry.Name is not ("local" or "child"), entry.HasForeignRows));

        TableRows Rows(string table) => toc.Entries.First(entry => entry.Kind == EntryKind.TableData && entry.Name == table).Rows!;
    }

    [Theory, EveryMajor]
    public void A_server_pattern_that_matches_nothing_is_an_error_in_pg_dumps_words(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = server.CreateDatabase();
        server.Execute(database, "CREATE FOREIGN DATA WRAPPER dummy; CREATE SERVER far FOREIGN DATA WRAPPER dummy");

        Check(ErrorKind.NotFound, "far", "no_such*");
        Check(ErrorKind.NotFound, "FAR\"X\"");
        Check(ErrorKind.Usage, "a.far");

        void Check(ErrorKind kind, params string[] patterns)
        {
            using var file = new TemporaryFile();
            PureDumpException error = Bounded.Fails(
                kind,
                () => Operations.Dump(server, database, file.Path, new() { IncludedForeignServers = patterns }));
            Command oracle = PgDumpOracle
                .ModelFor(server)
                .Run("pg_dump", server, ["-d", database, .. patterns.Select(static pattern => $"--include-foreign-data={pattern}")]);

            Assert.Equal($"pg_dump: error: {error.Message}", oracle.Error.Trim());
            file.AssertNothingLeft();
        }
    }

    [Theory, EveryMajor]
    public void A_mapping_whose_options_the_role_may_not_see_is_dumped_without_them_as_pg_dump_does(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = server.CreateDatabase();
        string role = $"blind_{database}";
        server.Execute(
            database,
            $"""
            CREATE ROLE {role} LOGIN;
            CREATE FOREIGN DATA WRAPPER dummy;
            CREATE SERVER far FOREIGN DATA WRAPPER dummy;
            CREATE USER MAPPING FOR CURRENT_USER SERVER far OPTIONS (password 'secret');
            """);

        Assert.Equal(Oracle(server.User), Mapping(server.User));
        Assert.Contains("secret", Mapping(server.User), StringComparison.Ordinal);
        Assert.Equal(Oracle(role), Mapping(role));
        Assert.DoesNotContain("secret", Mapping(role), StringComparison.Ordinal);
        server.DropDatabase(database);
        server.Execute("postgres", $"DROP ROLE {role}");

        string Mapping(string user)
        {
            using var file = new TemporaryFile();
            Operations.Dump(server, database, file.Path, user: user);
            using var archive = new ArchiveFile(FileRange.Open(file.Path));
            return Assert.Single(archive.Toc.Entries, static entry => entry.Kind == EntryKind.UserMapping).CreateSql;
        }

        string Oracle(string user)
        {
            string text = PgDumpOracle.ModelFor(server).Run("pg_dump", server, "-d", database, "-U", user).Succeeded().Output;
            return text[
                text.IndexOf("CREATE USER MAPPING", StringComparison.Ordinal)..(text.IndexOf(";\n\n\n--", StringComparison.Ordinal) + 2)
            ];
        }
    }

    private static Toc TocOf(PostgresServer server, string database, DumpSelection selection)
    {
        using var file = new TemporaryFile();
        Operations.Dump(server, database, file.Path, selection, jobs: 1);
        using var archive = new ArchiveFile(FileRange.Open(file.Path));
        return archive.Toc;
    }

    private static void Fill(PostgresServer server, string near, string far)
    {
        server.Execute(
            far,
            """
            CREATE TABLE items (id int, "N n" text, amount numeric, at timestamptz DEFAULT '2020-01-01 00:00+00');
            INSERT INTO items VALUES (1, 'eins', 1.5), (2, 'eins', 'NaN'), (3, E'Grüße\t\\ 🐘', NULL);
            CREATE TABLE kinds (k regclass);
            INSERT INTO kinds VALUES ('pg_class');
            CREATE TABLE empty ();
            INSERT INTO empty SELECT FROM generate_series(1, 3);
            CREATE TABLE parents (a int);
            INSERT INTO parents VALUES (1), (2);
            CREATE TABLE parts (k int, v text);
            INSERT INTO parts VALUES (11, 'far');
            """);
        string port = server.Port.ToString(CultureInfo.InvariantCulture);
        server.Execute(
            near,
            $"""
            CREATE EXTENSION postgres_fdw;
            CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '{server.Host}', port '{port}', dbname '{far}');
            CREATE SERVER "Far 2" FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '{server.Host}', port '{port}', dbname '{far}');
            CREATE USER MAPPING FOR CURRENT_USER SERVER far OPTIONS (user '{server.User}', password '{server.Password}');
            CREATE USER MAPPING FOR CURRENT_USER SERVER "Far 2" OPTIONS (user '{server.User}', password '{server.Password}');
            CREATE FOREIGN TABLE items (amount numeric, gone int, id int, "N n" text, at timestamptz) SERVER far;
            ALTER FOREIGN TABLE items DROP COLUMN gone;
            CREATE FOREIGN TABLE kinds (k regclass) SERVER far;
            CREATE FOREIGN TABLE empty () SERVER far;
            CREATE FOREIGN TABLE parents (a int) SERVER "far";
            CREATE TABLE child () INHERITS (parents);
            INSERT INTO child VALUES (3);
            CREATE TABLE whole (k int, v text) PARTITION BY RANGE (k);
            CREATE FOREIGN TABLE parts PARTITION OF whole FOR VALUES FROM (10) TO (20) SERVER "far";
            CREATE FOREIGN TABLE items2 (id int) SERVER "Far 2" OPTIONS (table_name 'items');
            CREATE TABLE "local" AS SELECT i FROM generate_series(1, 1000) i;
            SELECT lo_from_bytea(4711, 'x');
            """);
    }

    [GeneratedRegex("^-- Data for Name: (.*); Type: TABLE DATA;", RegexOptions.Multiline)]
    private static partial Regex DataHeader();
}
