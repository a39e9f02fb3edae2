using System.Text;
using PureDump.Engine.Sinks;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Script;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Connection;
using PureDump.Postgres.Server;
using PureDump.Postgres.Session;
using PureDump.Postgres.Wire;

namespace PureDump.Engine;

/// <summary>
/// Makes the database a dump is restored into (<c>--create</c>): CREATE DATABASE and what belongs to it, from another
/// database of the server; then its settings, from inside, for they count only for sessions that begin later.
/// </summary>
internal sealed class DatabaseCreation(
    RestoreRequest request,
    DumpOrigin origin,
    Func<TocEntry, PureDumpException, bool> passOver,
    CancellationToken cancellation)
{
    /// <summary>Makes it.</summary>
    /// <param name="entries">The entries of the database itself.</param>
    /// <returns>Where it is.</returns>
    /// <exception cref="PureDumpException">There is none among the entries, or a statement failed and is not passed over.</exception>
    public ConnectionTarget Run(IReadOnlyList<TocEntry> entries)
    {
        TocEntry database = entries.FirstOrDefault(entry => entry.Kind == EntryKind.Database)
            ?? throw new PureDumpException(ErrorKind.NotFound, "the archive holds no database to create");
        string name;
        using (WireConnection connection = Connect(request.Target, out ServerFeatures features))
        {
            if (request.Clean)
            {
                foreach (TocEntry entry in entries.Reverse())
                {
                    RunAll(
                        connection,
                        entry,
                        request.IfExists && entry.DropIfExistsSql.Length > 0 ? entry.DropIfExistsSql : entry.DropSql,
                        "");
                }
            }

            RunAll(connection, database, new TargetServer(features).CreateSql(database, origin), "\n\n");
            if (database.OwnerTarget is not null && !string.IsNullOrEmpty(database.Owner))
            {
                RunAll(connection, database, EntrySteps.OwnerSql(database), "\n\n");
            }

            name = NameToConnect(connection, database.Name);
        }

        ConnectionTarget target = request.Target.With(name);
        using (WireConnection connection = Connect(target, out ServerFeatures features))
        {
            foreach (TocEntry entry in entries.Where(entry => entry.Kind != EntryKind.Database))
            {
                RunAll(connection, entry, new TargetServer(features).CreateSql(entry, origin), "\n\n");
            }
        }

        return target;
    }

    // A start-up packet has no encoding: the bytes of a name in it are those that the catalog holds, which the statement that made the
    // database came to by way of two encodings.
    private static string NameToConnect(WireConnection connection, string name)
    {
        if (Ascii.IsValid(name))
        {
            return name;
        }

        string sql =
            "SELECT pg_catalog.encode(pg_catalog.convert_to(datname::pg_catalog.text, pg_catalog.getdatabaseencoding()), 'hex') "
                + $"FROM pg_catalog.pg_database WHERE datname OPERATOR(pg_catalog.=) {SqlText.LiteralAnywhere(name)}";
        return connection.Query(sql, 1) is [[{ } bytes]] ? TypedText.Decode(Convert.FromHexString(bytes)) : name;
    }

    private WireConnection Connect(ConnectionTarget target, out ServerFeatures features)
    {
        ServerSession server = ServerSession.Open(target, origin.Encoding, cancellation);
        features = server.Features;
        return server.OpenWire(RestoreSettings.Statements(origin, features, request.Role, request.EnableRowSecurity, statementJobs: 1));
    }

    // One statement at a time: CREATE and DROP DATABASE do not run with others in one query. Errors show all, and the blank
    // lines that pg_restore sends behind.
    private void RunAll(WireConnection connection, TocEntry entry, string sql, string end)
    {
        foreach (string statement in StatementTexts.Of(sql, origin))
        {
            try
            {
                connection.Execute(statement);
            }
            catch (PureDumpException e)
            {
                PureDumpException named = e.Of(sql + end).About(entry.ErrorName);
                if (!passOver(entry, named))
                {
                    throw named;
                }
            }
        }
    }
}
