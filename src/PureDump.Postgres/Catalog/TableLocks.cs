using System.Globalization;
using System.Text;
using Npgsql;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Script;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// Takes the ACCESS SHARE locks that keep tables from being dropped or altered until the dump is done. Only tables and
/// partitioned tables can be locked; each is named itself, so ONLY spares the server from going through partitions again.
/// </summary>
internal static class TableLocks
{
    private const int StatementLengthMax = 1024 * 1024;
    private const Components NeedLock = Components.Definition | Components.Data | Components.Policy | Components.Statistics;

    /// <summary>
    /// Locks every table of which the definition, the rows or the policies are wanted, and those of extensions whose
    /// rows are registered by now.
    /// </summary>
    /// <param name="session">Inside the dump's transaction.</param>
    /// <param name="catalog">With its relations.</param>
    /// <param name="wait">How long to wait for one lock; null = for ever.</param>
    /// <exception cref="PureDumpException">A table could not be locked: no privilege (<see cref="ErrorKind.Permission"/>),
    /// not in time (<see cref="ErrorKind.Lock"/>), gone, or with other contents than the snapshot has seen
    /// (<see cref="ErrorKind.Catalog"/>). The message names the table.</exception>
    public static void Take(CatalogSession session, CatalogSet catalog, TimeSpan? wait)
    {
        var batch = new List<string>();
        var locked = new List<uint>();
        int length = 0;
        if (wait is { } limit)
        {
            long milliseconds = Math.Clamp((long)limit.TotalMilliseconds, 1, int.MaxValue);
            session.Execute($"SET lock_timeout = {milliseconds.ToString(CultureInfo.InvariantCulture)}", "setting the time to wait for locks");
        }

        foreach (TableObject table in catalog.All<TableObject>())
        {
            bool isWanted = (table.Wanted & NeedLock) != 0 || table.Data is not null;
            if (!isWanted || table.RelKind is not ('r' or 'p'))
            {
                continue;
            }

            string name = SqlText.Name(table.Schema!.Name, table.Name);
            batch.Add(name);
            locked.Add(table.Id.Row.Value);
            length += name.Length + 7;
            if (length >= StatementLengthMax)
            {
                TakeBatch(session, batch);
                batch.Clear();
                length = 0;
            }
        }

        TakeBatch(session, batch);
        if (wait is not null)
        {
            session.Execute("SET lock_timeout = 0", "resetting the time to wait for locks");
        }

        RefuseRewritten(session, catalog, locked);
    }

    // A table that was truncated or rewritten between the snapshot and its lock looks empty to the snapshot.
    private static void RefuseRewritten(CatalogSession session, CatalogSet catalog, List<uint> locked)
    {
        if (locked.Count == 0)
        {
            return;
        }

        foreach (Oid oid in session.Query("RewrittenTables.sql", static (ref CatalogRow row) => row.Oid(), locked.ToArray()))
        {
            TableObject table = catalog.TableOf(oid);
            throw new PureDumpException(
                ErrorKind.Catalog,
                $"table {SqlText.Name(table.Schema!.Name, table.Name)} was replaced, truncated or rewritten while the dump began, and the dump's snapshot does not see its rows",
                "run the dump again");
        }
    }

    private static void TakeBatch(CatalogSession session, List<string> names)
    {
        if (names.Count == 0)
        {
            return;
        }

        const string savepoint = "puredump_locks";
        session.Execute($"SAVEPOINT {savepoint}", "preparing to lock the tables");
        try
        {
            session.Execute(Statement(names, 0, names.Count, ""), "locking the tables");
        }
        catch (PureDumpException e) when (e.SqlState is not null)
        {
            throw Named(e, Culprit(session, names, savepoint));
        }

        session.Execute($"RELEASE SAVEPOINT {savepoint}", "locking the tables");
    }

    private static string Statement(List<string> names, int from, int to, string suffix)
    {
        var sql = new StringBuilder("LOCK TABLE ");
        for (int i = from; i < to; i++)
        {
            sql.Append(i == from ? "ONLY " : ", ONLY ").Append(names[i]);
        }

        return sql.Append(" IN ACCESS SHARE MODE").Append(suffix).ToString();
    }

    // The server does not say which of the tables it was (or says it without the schema): halve the batch, without
    // waiting this time. Null where none fails any more, because the lock has become free meanwhile.
    private static string? Culprit(CatalogSession session, List<string> names, string savepoint)
    {
        int from = 0;
        int to = names.Count;
        while (to - from > 1)
        {
            int middle = from + ((to - from) / 2);
            (from, to) = Fails(session, Statement(names, from, middle, " NOWAIT"), savepoint) ? (from, middle) : (middle, to);
        }

        return Fails(session, Statement(names, from, to, " NOWAIT"), savepoint) ? names[from] : null;
    }

    private static bool Fails(CatalogSession session, string statement, string savepoint)
    {
        const string context = "finding the table that cannot be locked";
        session.Execute($"ROLLBACK TO SAVEPOINT {savepoint}", context);
        try
        {
            session.Execute(statement, context);
            return false;
        }
        catch (PureDumpException e) when (e.SqlState is not null)
        {
            return true;
        }
    }

    private static PureDumpException Named(PureDumpException e, string? table)
    {
        string name = table is null ? "the tables" : $"table {table}";
        (ErrorKind kind, string? hint) = e.SqlState switch
        {
            PostgresErrorCodes.InsufficientPrivilege =>
                (ErrorKind.Permission, "grant SELECT on it to the role that dumps, or leave the table out"),
            PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled =>
                (ErrorKind.Lock, "another session holds a conflicting lock on it; try again later or wait longer for locks"),
            PostgresErrorCodes.UndefinedTable =>
                (ErrorKind.Catalog, "it was dropped or renamed while the dump began; run the dump again"),
            _ => (e.Kind, e.Hint),
        };
        return new PureDumpException(kind, $"cannot lock {name}: {e.Message}", hint, e) { SqlState = e.SqlState };
    }
}
