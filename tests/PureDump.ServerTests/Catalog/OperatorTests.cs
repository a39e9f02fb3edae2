using PureDump.Formats.Entries;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;
using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Catalog;

/// <summary>Operators, casts, languages and their kin: what a selection takes of them, how they are dropped.</summary>
public sealed class OperatorTests
{
    [Theory, EveryMajor]
    public void A_selection_takes_what_pg_dump_takes(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = CatalogTests.Load(server, "operators");
        DumpSelection definitions = new() { WithData = false };

        CatalogTests.AssertSame(server, database, definitions with { Schemas = ["ops"] }, "-n", "ops");
        CatalogTests.AssertSame(server, database, definitions with { ExcludedSchemas = ["ops"] }, "-N", "ops");
        CatalogTests.AssertSame(server, database, definitions with { Tables = ["ops.t"] }, "-t", "ops.t");
        CatalogTests.AssertSame(server, database, definitions with { WithPrivileges = false, WithComments = false }, "-x", "--no-comments");
    }

    [Theory, EveryMajor]
    public void All_is_dropped_as_pg_dump_does(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = CatalogTests.Load(server, "operators");
        Toc toc = CatalogDump.Read(server, database, new DumpSelection { WithData = false }, CatalogDump.Warned, out _);
        List<TocEntry> reverse = [.. toc.Entries.Where(static entry => !PlainSqlWriter.IsDatabaseLevel(entry)).Reverse()];

        Assert.Equal(Drops("--clean"), string.Concat(reverse.Select(static entry => entry.DropSql)));
        Assert.Equal(Drops("--clean", "--if-exists"), string.Concat(reverse.Select(static entry => entry.DropIfExistsSql)));

        // They stand between the settings and the first entry that is made.
        string Drops(params string[] options)
        {
            string text = CatalogDump.Oracle(server, database, options);
            const string last = "SET row_security = off;\n\n";
            int from = text.IndexOf(last, StringComparison.Ordinal) + last.Length;
            return text[from..text.IndexOf("--\n-- Name: ", from, StringComparison.Ordinal)];
        }
    }

    [Theory, EveryMajor]
    public void What_was_restored_from_the_script_is_dumped_the_same(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = CatalogTests.Load(server, "operators");
        string target = server.CreateDatabase();
        string script = CatalogDump.PlainText(server, database);
        string path = Path.GetTempFileName();
        try
        {
            // An error before 17, which psql would stop at; pg_dump writes it all the same.
            File.WriteAllText(path, script.Replace("SET transaction_timeout = 0;\n", "", StringComparison.Ordinal));
            CatalogDump.Load(server, target, path);
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Empty(PlainTextComparison.Differences(script, CatalogDump.PlainText(server, target)));
    }

    // pg_dump writes such a language as CREATE OR REPLACE PROCEDURAL LANGUAGE "Borrowed", which the server takes for the
    // extension of that name, and fails.
    [Theory, EveryMajor]
    public void A_language_with_the_functions_of_another_is_restored_with_them(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = server.CreateDatabase();
        string target = server.CreateDatabase();
        server.Execute(
            database,
            """
            CREATE TRUSTED LANGUAGE "Borrowed" HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
            CREATE FUNCTION public.f() RETURNS integer LANGUAGE "Borrowed" AS 'BEGIN RETURN 7; END';
            """);

        Toc toc = CatalogDump.Read(server, database, new DumpSelection { WithData = false }, CatalogDump.Warned, out _);
        foreach (TocEntry entry in toc.Entries.Where(static entry => entry.Kind is EntryKind.ProceduralLanguage or EntryKind.Function))
        {
            server.Execute(target, entry.CreateSql);
        }

        Assert.Equal("7", server.Scalar(target, "SELECT public.f()"));
    }
}
