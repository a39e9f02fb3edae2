using PureDump.Engine;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.Formats.Rows;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Connection;
using PureDump.Postgres.Server;
using PureDump.Postgres.Session;
using PureDump.ServerTests.Fixture;
using PureDump.Storage.Local;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>
/// No setting of a server, database or role, and none in PGOPTIONS, changes what is read, written or executed: with each of them at its
/// most hostile value an archive has the same bytes, and a restore brings back the same.
/// </summary>
public sealed class SessionSettingsTests
{
    // Where the value of a name that the server does not know is set, nothing is.
    private static readonly (string Name, string Value)[] s_hostile =
    [
        ("search_path", "elsewhere, public"),
        ("role", "OTHER"),
        ("standard_conforming_strings", "off"),
        ("escape_string_warning", "off"),
        ("backslash_quote", "on"),
        ("transform_null_equals", "on"),
        ("array_nulls", "off"),
        ("xmloption", "document"),
        ("xmlbinary", "hex"),
        ("bytea_output", "escape"),
        ("DateStyle", "German, DMY"),
        ("IntervalStyle", "sql_standard"),
        ("TimeZone", "Asia/Kolkata"),
        ("extra_float_digits", "-15"),
        ("quote_all_identifiers", "on"),
        ("row_security", "off"),
        ("row_security", "on"),
        ("client_encoding", "LATIN1"),
        ("client_min_messages", "debug5"),
        ("lc_messages", "C"),
        ("lc_monetary", "C"),
        ("lc_numeric", "C"),
        ("statement_timeout", "400ms"),
        ("lock_timeout", "400ms"),
        ("transaction_timeout", "400ms"),
        ("idle_in_transaction_session_timeout", "400ms"),
        ("exit_on_error", "on"),
        ("default_transaction_read_only", "on"),
        ("default_transaction_isolation", "serializable"),
        ("default_transaction_deferrable", "on"),
        ("default_tablespace", "SPACE"),
        ("default_table_access_method", "settings_heap"),
        ("default_toast_compression", "pglz"),
        ("check_function_bodies", "on"),
        ("createrole_self_grant", "set, inherit"),
        ("synchronize_seqscans", "on"),
        ("jit", "on"),
        ("jit_above_cost", "0"),
        ("debug_parallel_query", "on"),
        ("force_parallel_mode", "on"),
        ("join_collapse_limit", "1"),
        ("from_collapse_limit", "1"),
        ("plan_cache_mode", "force_generic_plan"),
        ("enable_bitmapscan", "off"),
        ("enable_hashagg", "off"),
        ("enable_hashjoin", "off"),
        ("enable_indexonlyscan", "off"),
        ("enable_indexscan", "off"),
        ("enable_material", "off"),
        ("enable_mergejoin", "off"),
        ("enable_nestloop", "off"),
        ("enable_seqscan", "off"),
        ("enable_sort", "off"),
        ("enable_tidscan", "off"),
        ("cursor_tuple_fraction", "0"),
        ("restrict_nonsystem_relation_kind", "view, foreign-table"),
        ("default_text_search_config", "pg_catalog.german"),
        ("gin_fuzzy_search_limit", "1"),
        ("password_encryption", "md5"),
    ];

    // Values are lists of words.
    private static readonly string[] s_lists = ["search_path", "DateStyle", "createrole_self_grant", "restrict_nonsystem_relation_kind"];

    // Of an extension, so that no dump holds it.
    private const string AccessMethod = """
        CREATE ACCESS METHOD settings_heap TYPE TABLE HANDLER heap_tableam_handler;
        ALTER EXTENSION plpgsql ADD ACCESS METHOD settings_heap;
        """;

    private const string Content = """
        CREATE TYPE folder AS ENUM ('a\b', '\''c');
        CREATE TABLE "Mixed" (id int PRIMARY KEY, path text DEFAULT 'x\y', since interval DEFAULT '-1 day +02:03:04',
            CHECK (id IS NOT NULL));
        COMMENT ON TABLE "Mixed" IS 'c:\temp\''; DROP TABLE "Mixed"; --';
        INSERT INTO "Mixed" SELECT g, E'p\\' || g, make_interval(days => -g, secs => g) FROM generate_series(1, 300) g;
        CREATE TABLE kinds (id int, f float8, r real, b bytea, x xml, words text[], at timestamptz, day date, span interval, kind regtype,
            kinds folder[]);
        INSERT INTO kinds VALUES (1, 0.1 + 0.2, 1e-7, '\x00ff5c27', XMLPARSE(CONTENT 'plain <b/> text'), ARRAY['NULL', NULL, 'a"b\'],
            '2020-01-31 23:59:59.5+14', '2020-02-01', '-1 year -2 days +03:04:05', 'integer', '{"a\\b"}'),
            (2, 'NaN', '-Infinity', '', XMLPARSE(DOCUMENT '<d/>'), '{}', '-infinity', '0044-03-15 BC', '0', 'text', NULL);
        CREATE VIEW shown AS SELECT id, path = NULL::text AS never, 'it''s \' || path AS said, DATE '2020-01-02' AS day,
            INTERVAL '-1 hour' AS hour, 1.1::float8 AS f FROM "Mixed" WHERE since > INTERVAL '-1 year';
        CREATE FUNCTION said(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'back\slash' || $1 $$;
        CREATE INDEX ON "Mixed" (said(path));
        ALTER TABLE kinds ENABLE ROW LEVEL SECURITY;
        ALTER TABLE kinds FORCE ROW LEVEL SECURITY;
        CREATE POLICY none ON kinds USING (false);
        CREATE TABLE parent (id int, "at" date) PARTITION BY RANGE ("at");
        CREATE TABLE child PARTITION OF parent FOR VALUES FROM ('2020-01-02') TO ('2021-12-31');
        INSERT INTO parent VALUES (1, '2020-05-06');
        """;

    [Theory]
    [EveryMajor]
    public void Hostile_settings_all_together_change_no_archive_and_no_restore(int major)
    {
        using var fixture = new Fixed(major);
        (string Name, string Value)[] all = [.. fixture.Hostile.DistinctBy(static setting => setting.Name)];
        Assert.Equal(fixture.Expected, fixture.Dumped(fixture.Source, Options(all)));

        string target = fixture.CreateDatabase();
        fixture.Restore(target, Options(all));
        fixture.AssertIsSource(target);

        // The settings of a database are in its dump, but no part of what is compared.
        string another = fixture.CreateDatabase();
        fixture.Set($"DATABASE {fixture.Source}", all);
        fixture.Set($"DATABASE {another}", all);
        Assert.Equal(fixture.Expected, fixture.Dumped(fixture.Source));
        fixture.Restore(another);
        fixture.Reset($"DATABASE {another}");
        fixture.Reset($"DATABASE {fixture.Source}");
        fixture.AssertIsSource(another);
    }

    private static string Options(IEnumerable<(string Name, string Value)> settings) => string.Join(
        ' ', settings.Select(static setting => $"-c {setting.Name}={setting.Value.Replace(" ", "\\ ", StringComparison.Ordinal)}"));

    [Fact]
    public void No_single_setting_of_a_role_changes_an_archive_or_a_restore()
    {
        using var fixture = new Fixed(TestMajors.Newest);
        string target = fixture.CreateDatabase();
        fixture.Restore(target);
        Assert.All(fixture.Hostile, setting =>
        {
            fixture.Set($"ROLE {fixture.Role}", [setting]);
            try
            {
                (string Statements, string Rows) dumped = fixture.Dumped(fixture.Source);
                Assert.True(dumped == fixture.Expected, "the archive is another one");
                fixture.Restore(target);
            }
            finally
            {
                fixture.Reset($"ROLE {fixture.Role}");
            }

            fixture.AssertIsSource(target);
        });
    }

    [Theory]
    [EveryMajor]
    public void Each_pinned_setting_is_tried(int major)
    {
        using var fixture = new Fixed(major);

        // A session that is ended before it says its first word is nobody's to save.
        Assert.Equal(
            [],
            SessionSettings
                .PinnedNames.Where(fixture.Knows)
                .Except([.. fixture.Hostile.Select(static setting => setting.Name), "idle_session_timeout"]));
    }

    /// <summary>A source on a server, what it is without any setting, and a role that meets the settings.</summary>
    private sealed class Fixed : IDisposable
    {
        private readonly TemporaryFile _file = new();
        private readonly HashSet<string> _known;

        public Fixed(int major)
        {
            Server = ServerPool.Get(major);
            Source = CreateDatabase();
            Role = $"user_{Source}";
            Other = $"other_{Source}";
            Server.Execute("postgres", $"CREATE ROLE {Role} SUPERUSER LOGIN; CREATE ROLE {Other}");
            _known = [.. Server.Rows("postgres", "SELECT lower(name) FROM pg_settings").Select(static row => row[0]!), "role"];
            if (major >= 15)
            {
                using var connection = Server.Connect();
                foreach (string sql in (string[])["SET allow_in_place_tablespaces = on", $"CREATE TABLESPACE space_{Source} LOCATION ''"])
                {
                    using var command = new Npgsql.NpgsqlCommand(sql, connection);
                    command.ExecuteNonQuery();
                }
            }
            else
            {
                _known.Remove("default_tablespace");
            }

            if (new ServerFeatures(major * 10_000).HasOnlyConformingStrings)
            {
                // It is there, and cannot be set to anything else.
                _known.Remove("standard_conforming_strings");
            }

            Server.Execute(Source, Content);
            Expected = Dumped(Source);
            Operations.Dump(Server, Source, _file.Path);
        }

        public PostgresServer Server { get; }

        public string Source { get; }

        public string Role { get; }

        private string Other { get; }

        public (string Statements, string Rows) Expected { get; }

        public IEnumerable<(string Name, string Value)> Hostile =>
            s_hostile
                .Where(setting => Knows(setting.Name))
                .Select(setting =>
                    (
                        setting.Name,
                        setting
                            .Value.Replace("OTHER", Other, StringComparison.Ordinal)
                            .Replace("SPACE", $"space_{Source}", StringComparison.Ordinal)));

        public bool Knows(string name) => _known.Contains(name.ToLowerInvariant());

        public string CreateDatabase()
        {
            string name = Server.CreateDatabase();
            Server.Execute(name, AccessMethod);
            return name;
        }

        public void Set(string whose, IEnumerable<(string Name, string Value)> settings)
        {
            foreach ((string name, string value) in settings)
            {
                string literal = s_lists.Contains(name)
                    ? string.Join(", ", value.Split(", ").Select(static word => $"'{word}'"))
                    : $"'{value}'";
                Server.Execute("postgres", $"ALTER {whose} SET {name} = {literal}");
            }
        }

        public void Reset(string whose) => Server.Execute("postgres", $"ALTER {whose} RESET ALL");

        /// <summary>What an archive of the database holds, but for the database itself.</summary>
        public (string Statements, string Rows) Dumped(string database, string? options = null)
        {
            string path = Path.Combine(_file.Directory, $"{Guid.NewGuid():N}.pdump");
            var request = new DumpRequest { Source = Target(database, options), Jobs = 2, Deterministic = true };
            DumpOperation.ToFile(request, path, new RecordingObserver(), TestContext.Current.CancellationToken);
            using var archive = new ArchiveFile(FileRange.Open(path));
            IEnumerable<TocEntry> entries = archive.Toc.Entries.Where(static entry =>
                entry.Kind is not (EntryKind.Database or EntryKind.DatabaseProperties));
            return (string.Concat(entries.Select(static entry => $"{entry.Label}\n{entry.CreateSql}{entry.DropSql}")), Rows(archive));
        }

        public void Restore(string database, string? options = null)
        {
            var observer = new RecordingObserver();
            var request = new RestoreRequest { Target = Target(database, options), Jobs = 2, Clean = true, IfExists = true };
            RestoreOperation.FromFile(request, _file.Path, observer, TestContext.Current.CancellationToken);
            Assert.Empty(observer.Failures);
        }

        public void AssertIsSource(string database)
        {
            Assert.Empty(TableHashes.Of(Server, Source).Differences(TableHashes.Of(Server, database)));
            Assert.Equal(Expected.Statements, Dumped(database).Statements);
            Assert.Equal(
                "heap/0",
                Server.Scalar(
                    database,
                    "SELECT string_agg(DISTINCT a.amname || '/' || c.reltablespace, ',') FROM pg_class c JOIN pg_am a ON a.oid = "
                        + "c.relam WHERE c.relkind = 'r' AND c.relnamespace = 2200"));
        }

        public void Dispose()
        {
            Server.DropDatabase(Source);
            Server.Execute("postgres", $"DROP OWNED BY {Role}; DROP ROLE {Role}; DROP ROLE {Other}");
            _file.Dispose();
        }

        private static string Rows(ArchiveFile archive)
        {
            using var pool = new RowBlockPool(1);
            using var decoder = new BlockDecoder();
            using RowBlock block = pool.Rent(TestContext.Current.CancellationToken);
            byte[] room = new byte[RecordHeader.Size + ArchiveLimits.RecordLengthMax];
            var rows = new System.Text.StringBuilder();
            foreach (IndexItem item in archive.Toc.Entries.SelectMany(entry => archive.BlocksOf(entry.Id)))
            {
                archive.Read(item, block, decoder, room);
                rows.Append(Convert.ToHexString(block.Bytes)).Append('\n');
            }

            return rows.ToString();
        }

        private ConnectionTarget Target(string database, string? options) => ConnectionTarget.Resolve(
            new ConnectionArguments
            {
                Host = Server.Host,
                Port = Server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
                User = Role,
                Database = database,
            },
            name => name == "PGOPTIONS" ? options : null);
    }
}
