using PureDump.Formats.Entries;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Connection;
using PureDump.Postgres.Ddl;
using PureDump.Postgres.Server;
using PureDump.Postgres.Session;
using PureDump.Postgres.Wire;
using PureDump.ServerTests.Oracle;
using PureDump.ServerTests.Transfer;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Catalog;

/// <summary>Dumps definitions the way the product does, up to the script, and asks pg_dump for the same.</summary>
internal static class CatalogDump
{
    // The release whose output is the model, whatever the server is.
    /// <summary>The Toc of a part of a database.</summary>
    public static Toc Read(
        PostgresServer server,
        string database,
        DumpSelection selection,
        Action<string> warn,
        out int queryCount,
        string? role = null,
        int? fakedVersion = null,
        DumpSession? session = null)
    {
        using WireConnection connection = Connect(server, database);
        var features = new ServerFeatures(fakedVersion ?? int.Parse(server.Scalar(database, "SHOW server_version_num")!));
        if (role is not null)
        {
            connection.Execute($"SET SESSION AUTHORIZATION {role}");
        }

        connection.Execute(
            SessionSettings.Statements(
                DumpSettings.Statements(((session ?? new DumpSession()) with { FollowsStrings = true }).ForPgDump, "UTF8")));
        connection.Execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", TransactionState.InTransaction);
        var catalog = new CatalogSession(connection, features);
        Toc toc = DumpToc.Build(catalog, selection, warn);
        queryCount = catalog.QueryCount;
        return toc;
    }

    /// <summary>A connection for a <see cref="CatalogSession"/>.</summary>
    public static WireConnection Connect(PostgresServer server, string database)
    {
        ServerSession session = ServerSession.Open(Operations.TargetOf(server, database), null, CancellationToken.None);
        return session.OpenWire();
    }

    /// <summary>Fails for a warning, but for that about a kind of object which went with 13.</summary>
    public static void Warned(string warning) =>
        Assert.StartsWith("postfix operators are not supported anymore", warning, StringComparison.Ordinal);

    /// <summary>The script of the definitions of a part of a database; a warning fails the test.</summary>
    public static string PlainText(
        PostgresServer server, string database, DumpSelection? selection = null, ScriptOptions? options = null, DumpSession? session = null)
    {
        selection ??= new DumpSelection { WithData = false };
        Toc toc = Read(server, database, selection, Warned, out _, session: session);
        using var text = new StringWriter();
        var script = new PlainSqlWriter(text, toc.Origin, options);
        if (options is not { Clean: true })
        {
            script.WriteDefinitions(toc);
            return text.ToString();
        }

        script.WriteHead();
        foreach (TocEntry entry in toc.Entries.Reverse().Where(script.Takes))
        {
            script.WriteDrop(entry);
        }

        foreach (RestorePass pass in Enum.GetValues<RestorePass>())
        {
            foreach (TocEntry entry in toc.Entries.Where(entry => entry.Pass == pass && script.Takes(entry)))
            {
                script.WriteEntry(entry);
            }
        }

        script.WriteTail();
        return text.ToString();
    }

    /// <summary>Runs a script with psql: it holds function bodies that a driver would cut at their semicolons.</summary>
    public static void Load(PostgresServer server, string database, string path) =>
        PgDumpOracle.ModelFor(server).Run("psql", server, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, "-f", path).Succeeded();

    /// <summary>What pg_dump 18 prints of the definitions of a database, its defects mended.</summary>
    public static string Oracle(PostgresServer server, string database, params string[] options)
    {
        // Not together with statistics: who wants these says himself what else.
        string[] parts = options.Any(static option => option.StartsWith("--statistics", StringComparison.Ordinal)) ? [] : ["--schema-only"];
        string text = PgDumpOracle.ModelFor(server).Run("pg_dump", server, ["-d", database, .. parts, .. options]).Succeeded().Output;
        return ToleratedDifferences.Mend(text, server.Major);
    }
}
