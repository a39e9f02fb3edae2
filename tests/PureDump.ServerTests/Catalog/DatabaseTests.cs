using PureDump.Formats.Script;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Server;
using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Catalog;

/// <summary>What is true of a database as a whole, and what a clean restore drops first.</summary>
public sealed class DatabaseTests
{
    public static IEnumerable<TheoryDataRow<int, string>> Scripts => CatalogTests.Scripts;

    [Theory, MemberData(nameof(Scripts))]
    public void Objects_are_dropped_as_pg_dump_does(int major, string name)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = CatalogTests.Load(server, name);

        CatalogTests.AssertSame(server, database, null, "-c");
        CatalogTests.AssertSame(server, database, null, "-c", "--if-exists");
    }

    [Theory, EveryMajor]
    public void A_database_is_made_as_pg_dump_does(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string name = $"Odd \"Db\" {Guid.NewGuid():N}";
        string quoted = SqlText.Name(name);
        server.Execute(
            "postgres",
            $"CREATE DATABASE {quoted} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8' CONNECTION LIMIT 7");
        server.Execute(
            "postgres",
            $""""
            DO $$
            DECLARE
                r text;
            BEGIN
                FOREACH r IN ARRAY ARRAY['Db "Owner"', 'db_user'] LOOP
                    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) THEN
                        EXECUTE format('CREATE ROLE %I', r);
                    END IF;
                END LOOP;
            END
            $$;
            ALTER DATABASE {quoted} OWNER TO "Db ""Owner""";
            ALTER DATABASE {quoted} IS_TEMPLATE true;
            ALTER DATABASE {quoted} SET search_path = public, "Odd ""Schema""", "a,b";
            ALTER DATABASE {quoted} SET application_name = 'it''s \ odd';
            ALTER DATABASE {quoted} SET work_mem = '7MB';
            ALTER DATABASE {quoted} SET "odd.Setting" = 'x';
            ALTER DATABASE {quoted} SET temp_tablespaces = '';
            ALTER ROLE "Db ""Owner""" IN DATABASE {quoted} SET search_path = '';
            ALTER ROLE "Db ""Owner""" IN DATABASE {quoted} SET DateStyle = 'German';
            ALTER ROLE db_user IN DATABASE {quoted} SET session_preload_libraries = '$libdir/a', 'B b';
            COMMENT ON DATABASE {quoted} IS 'it''s \ odd';
            REVOKE ALL ON DATABASE {quoted} FROM PUBLIC;
            GRANT CREATE, TEMPORARY ON DATABASE {quoted} TO db_user WITH GRANT OPTION;
            SET allow_system_table_mods = on;
            INSERT INTO pg_shseclabel (objoid, classoid, provider, label)
            SELECT d.oid, 'pg_database'::regclass, 'dummy', 'it''s a database' FROM pg_database d WHERE d.datname = {SqlText.Literal(name)};
            """");

        CatalogTests.AssertSame(server, name, null, "-C");
        CatalogTests.AssertSame(
            server,
            name,
            new DumpSelection
            {
                WithSchema = false,
                WithData = false,
                WithStatistics = true,
            },
            "-C",
            "--statistics-only");
        CatalogTests.AssertSame(server, "template1", null, "-C");
        foreach (string database in (string[])["postgres", .. WithLocales(server)])
        {
            AssertMade(server, database);
        }

        CatalogTests.AssertSame(
            server, name,
            new DumpSelection { WithData = false, WithPrivileges = false, WithComments = false, WithSecurityLabels = false },
            "-C", "-x", "--no-comments", "--no-security-labels");
    }

    [Theory, EveryMajor]
    public void A_database_in_a_tablespace_is_made_there(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = $"db_{Guid.NewGuid():N}";
        string tablespace = SqlText.Name($"Odd Space {database}");
        using (var connection = server.Connect())
        {
            foreach (
                string sql in (string[])
                    [
                        "SET allow_in_place_tablespaces = on",
                        $"CREATE TABLESPACE {tablespace} LOCATION ''",
                        $"CREATE DATABASE {database} TABLESPACE {tablespace}",
                    ])
            {
                using var command = new Npgsql.NpgsqlCommand(sql, connection);
                command.ExecuteNonQuery();
            }
        }

        server.Execute(database, "CREATE TABLE here (a integer); CREATE TABLE default_one (a integer PRIMARY KEY) TABLESPACE pg_default");

        AssertMade(server, database);
    }

    private static void AssertMade(PostgresServer server, string database)
    {
        CatalogTests.AssertSame(server, database, null, "-C");
        CatalogTests.AssertSame(server, database, null, "-C", "-c");
        CatalogTests.AssertSame(server, database, null, "-C", "-c", "--if-exists");
    }

    // One database for each locale provider and property the server has.
    private static List<string> WithLocales(PostgresServer server)
    {
        var features = new ServerFeatures(server.Major * 10000);
        List<string> result = [];
        Add(true, "LC_COLLATE 'C' LC_CTYPE 'C'");
        Add(features.HasLocaleProvider, "LOCALE_PROVIDER icu ICU_LOCALE 'de-u-co-phonebk' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'");
        Add(features.HasIcuRules, "LOCALE_PROVIDER icu ICU_LOCALE 'und' ICU_RULES '& a < ''g''' LC_COLLATE 'C' LC_CTYPE 'C'");
        Add(features.HasDatabaseLocaleColumn, "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'");
        return result;

        void Add(bool isKnown, string options)
        {
            if (isKnown)
            {
                string database = $"db_{Guid.NewGuid():N}";
                server.Execute("postgres", $"CREATE DATABASE {database} TEMPLATE template0 ENCODING 'UTF8' {options}");
                result.Add(database);
            }
        }
    }
}
