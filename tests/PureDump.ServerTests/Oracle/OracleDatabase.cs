using PureDump.Postgres.Catalog;
using PureDump.Postgres.Server;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Oracle;

/// <summary>
/// The database that holds every kind of object and every option of each, from the scripts beside this file. A script
/// <c>x-15.sql</c> holds what servers from 15 on know, <c>x-until-13.sql</c> what none after 13 takes any more.
/// </summary>
internal static class OracleDatabase
{
    // The release whose programs load the database and say what is equal.
    private const int OracleMajor = ServerFeatures.NewestMajor;

    // In this order: each stands on those before it.
    private static readonly string[] Rooms =
    [
        "roles",
        "extensions",
        "types",
        "routines",
        "operators",
        "textsearch",
        "tables",
        "partitions",
        "constraints",
        "views",
        "security",
        "foreign",
        "largeobjects",
        "data",
        "replication",
        "events",
    ];

    // What a user made: no member of an extension, nothing that comes with another object (row and array types, rules of
    // views, indexes of keys, sequences of identities, clones of partitions' triggers and keys).
    private const string Objects = """
        SELECT count(*)
        FROM (SELECT 'pg_class'::regclass, oid FROM pg_class WHERE relkind NOT IN ('t', 'c')
              UNION ALL SELECT 'pg_type'::regclass, oid FROM pg_type WHERE typtype IN ('b', 'e', 'd', 'r', 'p') AND typelem = 0
              UNION ALL SELECT 'pg_type'::regclass, t.oid FROM pg_type t JOIN pg_class c ON c.oid = t.typrelid AND c.relkind = 'c'
              UNION ALL SELECT 'pg_proc'::regclass, oid FROM pg_proc
              UNION ALL SELECT 'pg_constraint'::regclass, oid FROM pg_constraint WHERE conparentid = 0 AND contype <> 'n'
              UNION ALL SELECT 'pg_trigger'::regclass, oid FROM pg_trigger WHERE NOT tgisinternal AND tgparentid = 0
              UNION ALL SELECT 'pg_rewrite'::regclass, oid FROM pg_rewrite WHERE rulename <> '_RETURN'
              UNION ALL SELECT 'pg_namespace'::regclass, oid FROM pg_namespace
              UNION ALL SELECT 'pg_operator'::regclass, oid FROM pg_operator WHERE oprcode <> 0
              UNION ALL SELECT 'pg_opclass'::regclass, oid FROM pg_opclass
              UNION ALL SELECT 'pg_opfamily'::regclass, oid FROM pg_opfamily
              UNION ALL SELECT 'pg_am'::regclass, oid FROM pg_am
              UNION ALL SELECT 'pg_cast'::regclass, oid FROM pg_cast
              UNION ALL SELECT 'pg_collation'::regclass, oid FROM pg_collation
              UNION ALL SELECT 'pg_conversion'::regclass, oid FROM pg_conversion
              UNION ALL SELECT 'pg_language'::regclass, oid FROM pg_language
              UNION ALL SELECT 'pg_transform'::regclass, oid FROM pg_transform
              UNION ALL SELECT 'pg_ts_parser'::regclass, oid FROM pg_ts_parser
              UNION ALL SELECT 'pg_ts_template'::regclass, oid FROM pg_ts_template
              UNION ALL SELECT 'pg_ts_dict'::regclass, oid FROM pg_ts_dict
              UNION ALL SELECT 'pg_ts_config'::regclass, oid FROM pg_ts_config
              UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid FROM pg_foreign_data_wrapper
              UNION ALL SELECT 'pg_foreign_server'::regclass, oid FROM pg_foreign_server
              UNION ALL SELECT 'pg_user_mapping'::regclass, oid FROM pg_user_mapping
              UNION ALL SELECT 'pg_policy'::regclass, oid FROM pg_policy
              UNION ALL SELECT 'pg_statistic_ext'::regclass, oid FROM pg_statistic_ext
              UNION ALL SELECT 'pg_event_trigger'::regclass, oid FROM pg_event_trigger
              UNION ALL SELECT 'pg_publication'::regclass, oid FROM pg_publication
              UNION ALL SELECT 'pg_subscription'::regclass, oid FROM pg_subscription
                  WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
              UNION ALL SELECT 'pg_extension'::regclass, oid FROM pg_extension
              UNION ALL SELECT 'pg_default_acl'::regclass, oid FROM pg_default_acl
              UNION ALL SELECT 'pg_largeobject'::regclass, oid FROM pg_largeobject_metadata) AS o (class, oid)
        WHERE oid > 16383
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = o.class AND d.objid = o.oid AND d.objsubid = 0 AND d.deptype IN ('e',
              'i', 'P', 'S'))
        """;

    // As text, for psql's variables and the driver's parameters stop at the first of its names.
    private const string EmptyTables = """
        SELECT coalesce(string_agg(oid::regclass::text, ', '), '')
        FROM pg_class
        WHERE relkind = 'r' AND oid > 16383 AND relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_' OR nspname =
            'information_schema')
          AND (xpath('/row/c/text()', query_to_xml(format('SELECT count(*) AS c FROM ONLY %s', oid::regclass), false, true,
              '')))[1]::text = '0'
        """;

    // There is no publisher to drop a slot of.
    private const string DropSubscriptions = """
        DO $$
        DECLARE
            s name;
        BEGIN
            FOR s IN SELECT subname FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
                LOOP
                EXECUTE format('ALTER SUBSCRIPTION %I DISABLE', s);
                EXECUTE format('ALTER SUBSCRIPTION %I SET (slot_name = NONE)', s);
                EXECUTE format('DROP SUBSCRIPTION %I', s);
            END LOOP;
        END
        $$
        """;

    /// <summary>Makes it on a server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="targetMajor">The newest server it is to be restored on: what that one does not take is left out.</param>
    /// <returns>The name of the database.</returns>
    public static string Create(PostgresServer server, int targetMajor)
    {
        string database = server.CreateDatabase();
        Load(server, database, [.. Rooms.SelectMany(room => Scripts(room, server.Major, targetMajor))]);
        SetProperties(server, database);
        return database;
    }

    /// <summary>The newest server that takes the same database as <paramref name="targetMajor"/> does.</summary>
    public static int SameUntil(int targetMajor) =>
        Directory
            .EnumerateFiles(PathOf("."), "*-until-*.sql")
            .Select(static path =>
                int.Parse(Path.GetFileNameWithoutExtension(path).Split('-')[^1], System.Globalization.CultureInfo.InvariantCulture))
            .Where(until => targetMajor <= until)
            .DefaultIfEmpty(OracleMajor)
            .Min();

    /// <summary>An empty database for a restore, with the settings of the one it comes from: a dump carries them only with -C.</summary>
    public static string CreateTarget(PostgresServer server)
    {
        string database = server.CreateDatabase();
        Load(server, database, [PathOf("roles.sql"), PathOf("database.sql")]);
        return database;
    }

    /// <summary>Drops it, or a copy of it: no database goes that has subscriptions.</summary>
    public static void Drop(PostgresServer server, string database)
    {
        server.Execute(database, DropSubscriptions);
        server.DropDatabase(database);
    }

    /// <summary>Gives a database settings, owner, privileges and a comment of its own; needs the roles.</summary>
    public static void SetProperties(PostgresServer server, string database) =>
        Load(server, database, [PathOf("roles.sql"), PathOf("database.sql")]);

    /// <summary>How many objects a user made in a database.</summary>
    public static int CountObjects(PostgresServer server, string database) =>
        int.Parse(server.Scalar(database, Objects)!, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The tables without rows, by name.</summary>
    public static string TablesWithoutRows(PostgresServer server, string database) => server.Scalar(database, EmptyTables)!;

    /// <summary>What pg_dump 18 prints of a database, whole: definitions and rows.</summary>
    public static string PlainText(PostgresServer server, string database, params string[] options) =>
        PgDumpOracle.ModelFor(server).Run("pg_dump", server, ["-d", database, "--restrict-key=oracle", .. options]).Succeeded().Output;

    /// <summary>
    /// Replays a script with psql 18; a statement that fails fails the test. Only what pg_dump 18 writes and the server cannot
    /// read is left out (<see cref="ToleratedDifferences.Unreadables"/>).
    /// </summary>
    /// <param name="server">The server.</param>
    /// <param name="database">The database.</param>
    /// <param name="script">The script's text.</param>
    public static void Replay(PostgresServer server, string database, string script)
    {
        using var file = new Transfer.TemporaryFile("script.sql");
        File.WriteAllText(file.Path, ToleratedDifferences.Readable(script, server.Major));
        Load(server, database, [file.Path]);
    }

    /// <summary>The full path of one of the scripts.</summary>
    public static string PathOf(string name) => Repository.PathOf("tests", "PureDump.ServerTests", "Oracle", name);

    private static IEnumerable<string> Scripts(string room, int serverMajor, int targetMajor)
    {
        int[] majors =
        [
            .. Enumerable.Range(ServerFeatures.OldestVersion / 10000, OracleMajor - (ServerFeatures.OldestVersion / 10000) + 1),
        ];
        return (
            (string[])
                [
                    $"{room}.sql",
                    .. majors.Where(major => major <= serverMajor).Select(major => $"{room}-{major}.sql"),
                    .. majors.Where(major => targetMajor <= major).Select(major => $"{room}-until-{major}.sql"),
                ])
            .Select(PathOf)
            .Where(File.Exists);
    }

    /// <summary>Runs scripts by psql; a statement that fails fails the test.</summary>
    public static void Load(PostgresServer server, string database, IEnumerable<string> paths) =>
        PgDumpOracle
            .ModelFor(server)
            .Run("psql", server, ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, .. paths.SelectMany(path => (string[])["-f", path])])
            .Succeeded();
}
