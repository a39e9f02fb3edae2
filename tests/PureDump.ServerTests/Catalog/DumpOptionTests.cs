using PureDump.Engine.Selection;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Catalog;

/// <summary>
/// Every option that says what belongs to a dump takes what pg_dump 18 takes: the same entries in the same order as
/// <c>pg_restore --list</c> shows of its archive.
/// </summary>
public sealed class DumpOptionTests
{
    private static readonly (DumpSelection Selection, string Options)[] s_selections =
    [
        (new(), ""),
        (new() { WithData = false }, "-s"),
        (new() { WithSchema = false }, "-a"),
        (new() { WithData = false, WithSequenceData = true }, "-s --sequence-data"),
        (new() { WithSchema = false, WithData = false }, "--no-data --no-schema"),
        (new() { WithData = false }, "--no-data"),
        (new() { WithSchema = false }, "--no-schema"),
        (new() { WithData = false, WithLargeObjects = true }, "-s -b"),
        (new() { WithLargeObjects = false }, "-B"),
        (new() { Tables = ["one.child"], WithLargeObjects = true }, "-t one.child -b"),
        (new() { TablesAndChildren = ["one.child"] }, "--table-and-children one.child"),
        (new() { TablesAndChildren = ["one.measure"] }, "--table-and-children one.measure"),
        (new() { TablesAndChildren = ["one.parent"], Tables = ["other"] }, "--table-and-children one.parent -t other"),
        (new() { ExcludedTablesAndChildren = ["one.parent"] }, "--exclude-table-and-children one.parent"),
        (
            new() { ExcludedTablesAndChildren = ["measure_1", "one.measure_1"] },
            "--exclude-table-and-children measure_1 --exclude-table-and-children one.measure_1"),
        (new() { ExcludedTableDataAndChildren = ["one.*"] }, "--exclude-table-data-and-children one.*"),
        (new() { ExcludedTableData = ["one.*"] }, "--exclude-table-data one.*"),
        (new() { Extensions = ["cit*"] }, "-e cit*"),
        (new() { Extensions = ["citext"], ExcludedExtensions = ["CITEXT"] }, "-e citext --exclude-extension CITEXT"),
        (new() { Extensions = ["citext", "hstore"] }, "-e citext -e hstore"),
        (new() { Extensions = ["citext"], Schemas = ["one"] }, "-e citext -n one"),
        (new() { Extensions = ["citext"], Tables = ["other"] }, "-e citext -t other"),
        (new() { ExcludedExtensions = ["citext"] }, "--exclude-extension citext"),
        (new() { ExcludedExtensions = ["hstore"] }, "--exclude-extension hstore"),
        (new() { ExcludedExtensions = ["nothing"] }, "--exclude-extension nothing"),
        // pg_dump 18 means to take the database's own name before a schema, but compares it with a regular expression.
        (new() { Schemas = ["{db}.one"], ExcludedSchemas = ["{db}.\"Two\""] }, "-n one -N \"Two\""),
        (new() { Tables = ["{db}.one.child", "{db}.*.other"] }, "-t {db}.one.child -t {db}.*.other"),
        (new() { WithUnloggedData = false }, "--no-unlogged-table-data"),
        (new() { WithPolicies = false }, "--no-policies"),
        (new() { WithStatistics = true, Tables = ["other", "one.*"] }, "--statistics -t other -t one.*"),
        (
            new()
            {
                WithSchema = false,
                WithData = false,
                WithStatistics = true,
                Schemas = ["one"],
            },
            "--statistics-only -n one"),
        (
            new()
            {
                WithSchema = false,
                WithData = false,
                WithStatistics = true,
                WithSequenceData = true,
                Schemas = ["one"],
            },
            "--statistics-only --sequence-data -n one"),
        (new() { WithComments = false, WithPrivileges = false }, "--no-comments -x"),
        (new() { Sections = [Section.PreData] }, "--section pre-data"),
        (new() { Sections = [Section.Data, Section.PostData] }, "--section data --section post-data"),
    ];

    private static readonly (DumpSelection Selection, string Options)[] s_texts =
    [
        (new() { WithTablespaces = false }, "--no-tablespaces"),
        (new() { WithTableAccessMethods = false }, "--no-table-access-method"),
        (new() { WithToastCompression = false }, "--no-toast-compression"),
        (new() { WithPolicies = false }, "--no-policies"),
        (new() { WithDollarQuoting = false }, "--disable-dollar-quoting"),
    ];

    [Theory, EveryMajor]
    public void A_selection_has_the_entries_of_pg_dumps(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = Load(server);
        using var archive = new Transfer.TemporaryFile();

        Requirement.All(
            s_selections,
            each =>
            {
                string[] options = Named(each.Options, database);
                PgDumpOracle oracle = PgDumpOracle.ModelFor(server);
                oracle.Run("pg_dump", server, ["-d", database, "-Fc", "-f", archive.Path, .. options]).Succeeded();
                string list = oracle.Run("pg_restore", ["-l", archive.Path]).Succeeded().Output;
                string[] expected =
                [
                    .. list.Split('\n')
                        .Where(static line => line.Length > 0 && line[0] != ';')
                        .Select(static line => line.Split(' ', 4)[3]),
                ];

                Toc toc = CatalogDump.Read(server, database, Named(each.Selection, database), static _ => { }, out _);
                toc = EntryFilter.ForArchive(toc, each.Selection);
                string[] actual = [.. toc.Entries.Where(static entry => !PlainSqlWriter.IsDatabaseLevel(entry)).Select(Listed)];

                Assert.True(
                    expected.SequenceEqual(actual),
                    $"pg_dump {each.Options} of {server}\nmissing: {string.Join(", ", expected.Except(actual))}\ntoo many: "
                        + $"{string.Join(", ", actual.Except(expected))}\n"
                        + $"expected {string.Join(", ", expected)}\nactual   {string.Join(", ", actual)}");
            }
        );
    }

    [Theory, EveryMajor]
    public void What_is_to_be_kept_silent_about_is_not_in_the_definitions(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = Load(server);

        Assert.All(
            s_texts,
            each =>
                AssertSameText(
                    CatalogDump.Oracle(server, database, each.Options),
                    CatalogDump.PlainText(server, database, each.Selection with { WithData = false }),
                    each.Options));
    }

    [Theory, EveryMajor]
    public void All_identifiers_are_quoted_where_that_is_asked_for(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = Load(server);

        using (SqlText.QuotingAll())
        {
            AssertSameText(
                CatalogDump.Oracle(server, database, "--quote-all-identifiers"),
                CatalogDump.PlainText(server, database, session: new DumpSession { QuoteAllIdentifiers = true }),
                "--quote-all-identifiers");
        }

        Assert.Equal("plain", SqlText.Name("plain"));
    }

    [Theory, EveryMajor]
    public void Patterns_fail_in_pg_dumps_words(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = Load(server);

        AssertSameError(new() { Schemas = ["other.one"] }, "-n other.one");
        AssertSameError(new() { Schemas = ["a.b.c"] }, "-n a.b.c");
        AssertSameError(new() { ExcludedSchemas = ["other.one"] }, "-N other.one");
        AssertSameError(new() { Tables = ["another.one.child"] }, "-t another.one.child");
        AssertSameError(new() { TablesAndChildren = ["a.b.c.d"] }, "--table-and-children a.b.c.d");
        AssertSameError(new() { Extensions = ["a.b"] }, "-e a.b");
        AssertSameError(new() { ExcludedExtensions = ["a.b"] }, "--exclude-extension a.b");
        AssertSameError(new() { Extensions = ["nothing"] }, "-e nothing");
        AssertSameError(new() { TablesAndChildren = ["nothing"] }, "--table-and-children nothing");
        AssertSameError(new() { Extensions = ["citext", "zz*"], StrictNames = true }, "-e citext -e zz* --strict-names");
        AssertSameError(
            new() { TablesAndChildren = ["other", "zz*"], StrictNames = true },
            "--table-and-children other --table-and-children zz* --strict-names");
        AssertSameError(new() { Schemas = ["one", "zz*"], StrictNames = true }, "-n one -n zz* --strict-names");

        void AssertSameError(DumpSelection selection, string options)
        {
            Command expected = PgDumpOracle.ModelFor(server).Run("pg_dump", server, ["-d", database, .. Named(options, database)]);
            PureDumpException error = Assert.Throws<PureDumpException>(() =>
                CatalogDump.Read(server, database, selection, static _ => { }, out _));
            Assert.Equal(expected.Error.TrimEnd(), $"pg_dump: error: {error.Message}");
        }
    }

    [Theory, EveryMajor]
    public void Partitions_are_loaded_into_their_root_where_that_is_asked_for(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = Load(server);

        Toc toc = CatalogDump.Read(server, database, new DumpSelection { LoadViaPartitionRoot = true }, static _ => { }, out _);

        Assert.Equal(
            [
                "Two.grandchild -",
                "Two.measure_1_a one.measure",
                "one.child -",
                "one.measure_2 one.measure",
                "one.parent -",
                "public.other -",
            ],
            toc.Entries.Where(static entry => entry.Rows is not null && entry.Schema is "one" or "Two" || entry.Name == "other")
                .Where(static entry => entry.Kind == EntryKind.TableData)
                .Select(static entry =>
                    $"{entry.Schema}.{entry.Name} {(entry.Rows!.LoadInto is (string schema, string table) ? $"{schema}.{table}" : "-")}")
                .Order(StringComparer.Ordinal));
    }

    private static string Load(PostgresServer server)
    {
        string database = server.CreateDatabase();
        foreach (
            string name in (string[])["options.sql", .. server.Major >= 14 ? ["options-14.sql"] : Array.Empty<string>(), "types-config.sql"]
        )
        {
            CatalogDump.Load(server, database, Repository.PathOf("tests", "PureDump.ServerTests", "Catalog", name));
        }

        return database;
    }

    private static void AssertSameText(string expected, string actual, string options)
    {
        IReadOnlyList<string> differences = PlainTextComparison.Differences(expected, actual);
        Assert.True(differences.Count == 0, $"pg_dump {options}:\n{string.Join("\n", differences)}");
    }

    private static string[] Named(string options, string database) =>
        [
            .. options
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(word => word.Replace("{db}", database, StringComparison.Ordinal)),
        ];

    private static DumpSelection Named(DumpSelection selection, string database) =>
        selection with
        {
            Schemas = [.. selection.Schemas.Select(text => text.Replace("{db}", database, StringComparison.Ordinal))],
            ExcludedSchemas = [.. selection.ExcludedSchemas.Select(text => text.Replace("{db}", database, StringComparison.Ordinal))],
            Tables = [.. selection.Tables.Select(text => text.Replace("{db}", database, StringComparison.Ordinal))],
        };

    private static string Listed(TocEntry entry) =>
        $"{entry.Kind} {entry.Schema ?? "-"} {SqlText.OneLine(entry.Name)} {entry.Owner}";
}
