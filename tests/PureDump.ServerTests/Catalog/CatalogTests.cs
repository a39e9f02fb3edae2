using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Server;
using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Catalog;

/// <summary>The definitions of a database come out as pg_dump 18 writes them, to the byte.</summary>
public sealed class CatalogTests
{
    internal const string StatisticsScript = "planner";

    public static IEnumerable<TheoryDataRow<int, string>> Scripts =>
        from major in TestMajors.All
        from name in (string[])
            [
                "tables",
                "types",
                "operators",
                "graph",
                "replication",
                "labels",
                StatisticsScript,
                "search",
                "foreign",
                "statistics",
                "events",
            ]
        select new TheoryDataRow<int, string>(major, name);

    [Theory, MemberData(nameof(Scripts))]
    public void A_hostile_schema_is_dumped_as_pg_dump_does(int major, string name)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = Load(server, name);

        AssertSame(server, database);
    }

    [Theory, EveryMajor]
    public void The_samples_are_dumped_as_pg_dump_does(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        (string pagila, string chinook) = (server.CreateDatabase(), server.CreateDatabase());
        Samples.LoadPagila(server, pagila);
        Samples.LoadChinook(server, chinook);

        AssertSame(server, pagila);
        AssertSame(server, chinook);
    }

    [Theory, EveryMajor]
    public void A_selection_takes_what_pg_dump_takes(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = Load(server, "graph");
        DumpSelection definitions = new() { WithData = false };

        AssertSame(server, database, definitions with { Schemas = ["graph"] }, "-n", "graph");
        AssertSame(server, database, definitions with { Schemas = ["public"] }, "-n", "public");
        AssertSame(server, database, definitions with { ExcludedSchemas = ["G*"] }, "-N", "G*");
        AssertSame(
            server,
            database,
            definitions with
            {
                Schemas = ["\"Weird *", "W?*", "gr*"],
            },
            "-n",
            "\"Weird *",
            "-n",
            "W?*",
            "-n",
            "gr*");
        AssertSame(server, database, definitions with { Tables = ["graph.customer"] }, "-t", "graph.customer");
        AssertSame(
            server,
            database,
            definitions with
            {
                Tables = ["graph.*custom*"],
                ExcludedTables = ["graph.over*"],
            },
            "-t",
            "graph.*custom*",
            "-T",
            "graph.over*");
        AssertSame(server, database, definitions with { Tables = ["graph.part_a"] }, "-t", "graph.part_a");
        AssertSame(server, database, definitions with { Tables = ["*.selfcall"] }, "-t", "*.selfcall");
        AssertSame(server, database, definitions with { Tables = ["*.selfcall_id_seq"] }, "-t", "*.selfcall_id_seq");
        AssertSame(
            server,
            database,
            definitions with
            {
                Tables = ["\"Weird \"\"Schema\"\"\".secrets"],
            },
            "-t",
            "\"Weird \"\"Schema\"\"\".secrets");
        AssertSame(server, database, definitions with { WithPrivileges = false, WithComments = false }, "-x", "--no-comments");
    }

    [Theory, EveryMajor]
    public void Replication_is_selected_as_pg_dump_does(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = Load(server, "replication");
        DumpSelection definitions = new() { WithData = false };

        AssertSame(server, database, definitions with { WithPublications = false }, "--no-publications");
        AssertSame(server, database, definitions with { WithSubscriptions = false }, "--no-subscriptions");
        AssertSame(server, database, definitions with { Schemas = ["other"] }, "-n", "other");
        AssertSame(server, database, definitions with { ExcludedSchemas = ["other"] }, "-N", "other");
        AssertSame(server, database, definitions with { ExcludedTables = ["other.pl*"] }, "-T", "other.pl*");
    }

    [Theory, EveryMajor]
    public void Only_a_superuser_dumps_subscriptions_others_are_warned(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = server.CreateDatabase();
        server.Execute(database, "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (connect = false, slot_name = NONE)");
        List<string> warnings = [];

        Toc toc = CatalogDump.Read(server, database, new DumpSelection(), warnings.Add, out _, "pg_monitor");

        Assert.Equal(["subscriptions not dumped because current user is not a superuser"], warnings);
        Assert.DoesNotContain(toc.Entries, static entry => entry.Kind == EntryKind.Subscription);
        Assert.Contains(
            CatalogDump.Read(server, database, new DumpSelection(), Assert.Fail, out _).Entries,
            static entry => entry.Kind == EntryKind.Subscription);
    }

    [Theory, EveryMajor]
    public void Security_labels_can_be_left_out_and_stand_at_the_database_and_at_large_objects_too(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = Load(server, "labels");
        server.Execute(
            database,
            """
            SET allow_system_table_mods = on;
            SELECT lo_create(4711), lo_create(4712);
            SELECT label('pg_largeobject', 4712, 0, 'a large object');
            INSERT INTO pg_shseclabel (objoid, classoid, provider, label)
            SELECT d.oid, 'pg_database'::regclass, p, 'it''s a database' FROM pg_database d, unnest('{dummy,Another}'::text[]) p
            WHERE d.datname = current_database();
            """);

        AssertSame(server, database, new DumpSelection { WithData = false, WithSecurityLabels = false }, "--no-security-labels");
        AssertSame(server, database, new DumpSelection { WithData = false, Schemas = ["\"Label \"*"] }, "-n", "\"Label \"*");
        Toc toc = CatalogDump.Read(server, database, new DumpSelection(), Assert.Fail, out _);
        Assert.Equal(
            $"SECURITY LABEL FOR \"Another\" ON DATABASE {database} IS 'it''s a database';\nSECURITY LABEL FOR dummy ON DATABASE "
                + $"{database} IS 'it''s a database';\n",
            Assert.Single(toc.Entries, entry => entry.Kind == EntryKind.SecurityLabel && entry.Name == $"DATABASE {database}").CreateSql);
        Assert.Equal(
            "SECURITY LABEL FOR dummy ON LARGE OBJECT 4712 IS 'a large object';\n",
            Assert
                .Single(
                    toc.Entries,
                    static entry => entry.Kind == EntryKind.SecurityLabel && entry.Name.StartsWith("LARGE", StringComparison.Ordinal))
                .CreateSql);
    }

    [Fact]
    public void What_extended_statistics_hold_is_dumped_as_pg_dump_does()
    {
        PostgresServer server = ServerPool.Get(TestMajors.NewestFrom(19));
        string database = Load(server, "statistics");
        DumpSelection both = new() { WithData = false, WithStatistics = true };

        AssertSame(server, database, both, "--no-data", "--statistics");
        AssertSame(server, database, both with { WithSchema = false }, "--statistics-only");
        AssertSame(server, database, both with { Schemas = ["counts"] }, "--no-data", "--statistics", "-n", "counts");
        AssertSame(
            server,
            database,
            both with
            {
                Tables = ["counts.known"],
                WithSchema = false,
            },
            "--statistics-only",
            "-t",
            "counts.known");
        AssertSame(server, database, both with { ExcludedTables = ["counts.known"] }, "--no-data", "--statistics", "-T", "counts.known");
    }

    [Theory, EveryMajor]
    public void Statistics_are_dumped_as_pg_dump_does(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = Load(server, StatisticsScript);
        DumpSelection both = new() { WithData = false, WithStatistics = true };

        AssertSame(server, database, both, "--no-data", "--statistics");
        AssertSame(server, database, both with { WithSchema = false }, "--statistics-only");
        AssertSame(server, database, both with { Schemas = ["\"Stat \"*"] }, "--no-data", "--statistics", "-n", "\"Stat \"*");
        AssertSame(server, database, both with { Tables = ["*.parts"] }, "--no-data", "--statistics", "-t", "*.parts");
        AssertSame(server, database, both with { Tables = ["*.parts"], WithSchema = false }, "--statistics-only", "-t", "*.parts");
        AssertSame(server, database, both with { Tables = ["*.mv_late"] }, "--no-data", "--statistics", "-t", "*.mv_late");
        AssertSame(server, database, both with { ExcludedTables = ["*.*a*"] }, "--no-data", "--statistics", "-T", "*.*a*");

        // pg_dump 18 adds those of the indexes of the tables above it, which are not dumped and would fail to be restored.
        Assert.Equal(
            ["parts_2a", "parts_2a_lower_idx", "parts_2a_pkey"],
            CatalogDump
                .Read(server, database, both with { Tables = ["*.parts_2a"] }, Assert.Fail, out _)
                .Entries.Where(static entry => entry.Kind == EntryKind.StatisticsData)
                .Select(static entry => entry.Name)
                .Order(StringComparer.Ordinal));
    }

    [Theory, EveryMajor]
    public void Statistics_stand_behind_the_refresh_that_resets_them(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = Load(server, StatisticsScript);

        Toc toc = CatalogDump.Read(server, database, new DumpSelection { WithStatistics = true }, Assert.Fail, out int queryCount);
        CatalogDump.Read(server, database, new DumpSelection(), Assert.Fail, out int queryCountWithout);

        // From 19 on those of extended statistics too.
        Assert.Equal(queryCountWithout + (major >= 19 ? 3 : 2), queryCount);
        foreach (string view in (string[])["mv", "mv_over", "mv_late"])
        {
            TocEntry refresh = Assert.Single(toc.Entries, entry => entry.Kind == EntryKind.MaterializedViewData && entry.Name == view);
            TocEntry statistics = Assert.Single(toc.Entries, entry => entry.Kind == EntryKind.StatisticsData && entry.Name == view);
            Assert.Contains(refresh.Id, statistics.Dependencies);
            Assert.Equal(RestorePass.PostAcl, statistics.Pass);
            Assert.True(toc.Entries.ToList().IndexOf(refresh) < toc.Entries.ToList().IndexOf(statistics));
        }

        Assert.Equal(
            Section.Data,
            Assert.Single(toc.Entries, static entry => entry.Kind == EntryKind.StatisticsData && entry.Name == "parts").Section);
        Assert.Equal(
            Section.PostData,
            Assert.Single(toc.Entries, static entry => entry.Kind == EntryKind.StatisticsData && entry.Name == "mv_a").Section);
    }

    [Theory, EveryMajor]
    public void Policies_can_be_left_out(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = Load(server, "graph");

        AssertSame(server, database, new DumpSelection { WithData = false, WithPolicies = false }, "--no-policies");
    }

    [Theory, EveryMajor]
    public void What_stands_outside_schemas_or_hangs_on_tables_is_selected_as_pg_dump_does(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        DumpSelection definitions = new() { WithData = false };
        string search = Load(server, "search");
        string foreign = Load(server, "foreign");
        string statistics = Load(server, "statistics");
        string events = Load(server, "events");

        AssertSame(server, search, definitions with { Schemas = ["search"] }, "-n", "search");
        AssertSame(server, search, definitions with { ExcludedSchemas = ["search"] }, "-N", "search");
        AssertSame(server, foreign, definitions with { Schemas = ["far"] }, "-n", "far");
        AssertSame(server, foreign, definitions with { Tables = ["far.*part*"] }, "-t", "far.*part*");
        AssertSame(server, foreign, definitions with { ExcludedTables = ["far.simple"] }, "-T", "far.simple");
        AssertSame(server, statistics, definitions with { Schemas = ["counts"] }, "-n", "counts");
        AssertSame(server, statistics, definitions with { ExcludedSchemas = ["counts"] }, "-N", "counts");
        AssertSame(server, statistics, definitions with { Tables = ["counts.t"] }, "-t", "counts.t");
        AssertSame(server, statistics, definitions with { ExcludedTables = ["counts.t"] }, "-T", "counts.t");
        AssertSame(server, events, definitions with { Schemas = ["public"] }, "-n", "public");
        AssertSame(server, events, definitions with { WithComments = false }, "--no-comments");
    }

    [Theory, EveryMajor]
    public void A_pattern_without_a_schema_finds_what_is_on_the_search_path_of_the_database(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = server.CreateDatabase();
        server.Execute(database, "CREATE SCHEMA a; CREATE TABLE a.t (x int); CREATE SCHEMA b; CREATE TABLE b.t (x int)");
        server.Execute(database, $"ALTER DATABASE \"{database}\" SET search_path = b, a");

        AssertSame(server, database, new DumpSelection { WithData = false, Tables = ["t"] }, "-t", "t");
    }

    [Theory, EveryMajor]
    public void Patterns_that_match_nothing_are_errors(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = server.CreateDatabase();
        server.Execute(database, "CREATE TABLE t (x int)");

        Assert.Equal("no matching tables were found", Refused(new DumpSelection { Tables = ["u*"] }).Message);
        Assert.Equal("no matching schemas were found", Refused(new DumpSelection { Schemas = ["u*"] }).Message);
        Assert.Equal(
            "no matching tables were found for pattern \"u\"",
            Refused(new DumpSelection { Tables = ["t", "u"], StrictNames = true }).Message);
        Assert.Equal(ErrorKind.Usage, Refused(new DumpSelection { Tables = ["("] }).Kind);

        PureDumpException Refused(DumpSelection selection) =>
            Assert.Throws<PureDumpException>(() => CatalogDump.Read(server, database, selection, static _ => { }, out _));
    }

    [Theory, EveryMajor]
    public void A_mapping_of_a_token_that_its_parser_does_not_know_is_named_and_ends_the_dump(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = server.CreateDatabase();
        server.Execute(
            database,
            """
            CREATE TEXT SEARCH CONFIGURATION odd (COPY = simple);
            INSERT INTO pg_ts_config_map SELECT 'odd'::regconfig, 4711, 1, 'simple'::regdictionary;
            """);

        // pg_dump maps a token without a name here, which no server takes.
        PureDumpException error = Assert.Throws<PureDumpException>(
            () => CatalogDump.Read(server, database, new DumpSelection(), static _ => { }, out _));

        Assert.Equal(ErrorKind.Catalog, error.Kind);
        Assert.Contains("odd", error.Message);
        Assert.Contains("4711", error.Message);
        CatalogDump.Read(server, database, new DumpSelection { ExcludedSchemas = ["public"] }, static _ => { }, out _);
    }

    [Theory, EveryMajor]
    public void The_number_of_queries_does_not_grow_with_the_number_of_objects(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = Load(server, "graph");
        CreateMany(1, 2);
        CatalogDump.Read(server, database, new DumpSelection(), static _ => { }, out int few);
        CreateMany(3, 200);

        CatalogDump.Read(server, database, new DumpSelection(), static _ => { }, out int many);

        Assert.Equal(few, many);

        void CreateMany(int from, int to) => server.Execute(
            database,
            $"""
            DO $$
            BEGIN
                FOR i IN {from}..{to} LOOP
                    EXECUTE format('CREATE TABLE many_%s (id serial PRIMARY KEY, x int CHECK (x > 0) DEFAULT 1 UNIQUE)', i);
                    EXECUTE format('CREATE VIEW many_v%s AS SELECT id, count(*) FROM many_%s GROUP BY id', i, i);
                    EXECUTE format('CREATE FUNCTION many_f%s() RETURNS int LANGUAGE sql AS ''SELECT 1''', i);
                    EXECUTE format('CREATE TYPE many_e%s AS ENUM (''a'')', i);
                    EXECUTE format('CREATE STATISTICS many_st%s ON id, x FROM many_%s', i, i);
                    EXECUTE format('CREATE TEXT SEARCH CONFIGURATION many_c%s (COPY = simple)', i);
                    EXECUTE format('CREATE FOREIGN DATA WRAPPER many_w%s', i);
                    EXECUTE format('CREATE SERVER many_s%s FOREIGN DATA WRAPPER many_w%s', i, i);
                    EXECUTE format('CREATE USER MAPPING FOR PUBLIC SERVER many_s%s', i);
                END LOOP;
            END
            $$
            """);
    }

    [Theory, EveryMajor]
    public void A_dump_of_data_only_warns_of_circular_keys(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = Load(server, "graph");
        List<string> warnings = [];

        Toc toc = CatalogDump.Read(server, database, new DumpSelection { WithSchema = false }, warnings.Add, out _);

        Assert.Contains(warnings, static warning => warning.Contains("among these tables: hen, egg", StringComparison.Ordinal));
        Assert.Contains(warnings, static warning => warning.Contains("on this table: tree", StringComparison.Ordinal));
        List<string> order = [.. toc.Entries.Where(static entry => entry.Kind == EntryKind.TableData).Select(static entry => entry.Name)];
        Assert.True(order.IndexOf("customer") < order.IndexOf("invoice"));
    }

    /// <summary>A new database with the objects of a script and of what newer servers add to it.</summary>
    internal static string Load(PostgresServer server, string name)
    {
        string database = server.CreateDatabase();
        string directory = Repository.PathOf("tests", "PureDump.ServerTests", "Catalog");
        CatalogDump.Load(server, database, Path.Combine(directory, $"{name}.sql"));
        for (int major = ServerFeatures.OldestVersion / 10000; major <= server.Major; major++)
        {
            string more = Path.Combine(directory, $"{name}-{major}.sql");
            if (File.Exists(more))
            {
                CatalogDump.Load(server, database, more);
            }
        }

        return database;
    }

    /// <summary>Fails where the definitions of a database differ from what pg_dump prints with those options.</summary>
    internal static void AssertSame(PostgresServer server, string database, DumpSelection? selection = null, params string[] options)
    {
        var script = new ScriptOptions
        {
            Clean = options.Contains("-c"),
            IfExists = options.Contains("--if-exists"),
            CreateDatabase = options.Contains("-C"),
        };
        IReadOnlyList<string> differences = PlainTextComparison.Differences(
            CatalogDump.Oracle(server, database, options), CatalogDump.PlainText(server, database, selection, script));

        Assert.True(
            differences.Count == 0,
            $"pg_dump {string.Join(' ', options)} of {database} on {server}:\n{string.Join("\n", differences)}");
    }
}
