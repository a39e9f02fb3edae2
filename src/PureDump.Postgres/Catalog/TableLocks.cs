using System.Globalization;
using System.Text;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Wire;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// Takes the ACCESS SHARE locks that keep tables from being dropped or altered until the dump is done. Only tables and
/// partitioned tables can be locked; each is named itself, so ONLY spares the server from going through partitions again.
/// </summary>
internal static class TableLocks
{
    private const int StatementLengthMax = 1024 * 1024;
    private const Components NeedLock = Components.Definition | Components.Data | Components.Policy | Components.Statistics;

    private const string InsufficientPrivilege = "42501";
    private const string LockNotAvailable = "55P03";
    private const string QueryCanceled = "57014";
    private const string UndefinedTable = "42P01";
    private const string UndefinedSchema = "3F000";
    private const string WrongObjectType = "42809";
    private const string DeadlockDetected = "40P01";
    private const int DeadlockCountMax = 10;
    private const string Savepoint = "puredump_locks";

    /// <summary>
    /// The tables of which the definition, the rows or the policies are wanted, and those of extensions whose
    /// rows are registered by now.
    /// </summary>
    public static IEnumerable<TableObject> Wanted(CatalogSet catalog) =>
        catalog
            .All<TableObject>()
            .Where(static table => ((table.Wanted & NeedLock) != 0 || table.Data is not null) && table.RelKind is 'r' or 'p');

    /// <summary>The name of a table, quoted.</summary>
    public static string NameOf(TableObject table) => SqlText.Name(table.Schema!.Name, table.Name);

    /// <summary>Locks every table that is <see cref="Wanted"/>.</summary>
    /// <param name="session">Inside the dump's transaction.</param>
    /// <param name="catalog">With its relations.</param>
    /// <param name="wait">How long to wait for one lock; null = for ever.</param>
    /// <returns>Null; or, where the database has changed since the snapshot, what it was: a table is gone, or has other contents than the
    /// snapshot has seen (<see cref="ErrorKind.Catalog"/>), or somebody waited for us while we waited for him. Names the table.</returns>
    /// <exception cref="PureDumpException">A table could not be locked: no privilege (<see cref="ErrorKind.Permission"/>),
    /// not in time (<see cref="ErrorKind.Lock"/>). The message names the table.</exception>
    public static PureDumpException? Take(CatalogSession session, CatalogSet catalog, TimeSpan? wait)
    {
        List<TableObject> tables = [.. Wanted(catalog)];
        Limit(session, wait);
        foreach (List<string> batch in Batches([.. tables.Select(NameOf)]))
        {
            try
            {
                TakeBatch(session, batch);
            }
            catch (PureDumpException e) when (IsGone(e) || e.SqlState == DeadlockDetected)
            {
                return e;
            }
        }

        Limit(session, wait is null ? null : TimeSpan.Zero);
        return FindChanged(session, catalog, tables);
    }

    /// <summary>Locks the tables of the given names that are there, without looking at the database otherwise: no snapshot is taken by
    /// it.</summary>
    /// <param name="session">At the beginning of a transaction.</param>
    /// <param name="names">Quoted.</param>
    /// <param name="wait">How long to wait for one lock; null = for ever.</param>
    /// <exception cref="PureDumpException">As for <see cref="Take"/>.</exception>
    public static void TakeThoseLeft(CatalogSession session, IReadOnlyList<string> names, TimeSpan? wait)
    {
        Limit(session, wait);
        int deadlockCount = 0;
        var open = new Stack<List<string>>(Batches(names));
        while (open.TryPop(out List<string>? batch))
        {
            try
            {
                Lock(session, batch);
            }
            catch (PureDumpException e) when (IsGone(e))
            {
                GoBack(session);
                if (batch.Count > 1)
                {
                    int middle = batch.Count / 2;
                    open.Push(batch[middle..]);
                    open.Push(batch[..middle]);
                }
            }
            catch (PureDumpException e) when (e.SqlState == DeadlockDetected && ++deadlockCount < DeadlockCountMax)
            {
                // What the other one waited for is free again.
                GoBack(session);
                open.Push(batch);
            }
            catch (PureDumpException e) when (e.SqlState is not null)
            {
                throw Named(e, e.SqlState == DeadlockDetected ? null : Culprit(session, batch));
            }
        }

        Limit(session, wait is null ? null : TimeSpan.Zero);
    }

    // Null: nothing is to be changed; zero: no limit.
    private static void Limit(CatalogSession session, TimeSpan? wait)
    {
        if (wait is { } limit)
        {
            long milliseconds = limit == TimeSpan.Zero ? 0 : Math.Clamp((long)limit.TotalMilliseconds, 1, int.MaxValue);
            session.Execute(
                $"SET lock_timeout = {milliseconds.ToString(CultureInfo.InvariantCulture)}",
                "setting the time to wait for locks");
        }
    }

    private static IEnumerable<List<string>> Batches(IReadOnlyList<string> names)
    {
        var batch = new List<string>();
        int length = 0;
        foreach (string name in names)
        {
            batch.Add(name);
            length += name.Length + 7;
            if (length >= StatementLengthMax)
            {
                yield return batch;
                batch = [];
                length = 0;
            }
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    // A table that was truncated or rewritten between the snapshot and its lock looks empty to the snapshot, and the rows of a column
    // that has another name now cannot be asked for.
    private static PureDumpException? FindChanged(CatalogSession session, CatalogSet catalog, List<TableObject> locked)
    {
        if (locked.Count == 0)
        {
            return null;
        }

        uint[] oids = [.. locked.Select(static table => table.Id.Row.Value)];
        List<Oid> changed = session.Query("ChangedTables.sql", static (ref CatalogRow row) => row.Oid(), oids);
        return changed.Count == 0
            ? null
            : new PureDumpException(
                ErrorKind.Catalog,
                $"table {NameOf(catalog.FindTable(changed[0])!)} was replaced, truncated or rewritten while the dump began, and the "
                    + "dump's snapshot does not see its rows",
                "run the dump again");
    }

    private static void TakeBatch(CatalogSession session, List<string> names)
    {
        try
        {
            Lock(session, names);
        }
        catch (PureDumpException e) when (e.SqlState is not null)
        {
            throw Named(e, e.SqlState == DeadlockDetected ? null : Culprit(session, names));
        }
    }

    private static void Lock(CatalogSession session, List<string> names)
    {
        session.Execute($"SAVEPOINT {Savepoint}", "preparing to lock the tables");
        session.Execute(Statement(names, 0, names.Count, ""), "locking the tables");
        session.Execute($"RELEASE SAVEPOINT {Savepoint}", "locking the tables");
    }

    // No savepoint may be left: a snapshot cannot be exported inside one.
    private static void GoBack(CatalogSession session) =>
        session.Execute(
            $"ROLLBACK TO SAVEPOINT {Savepoint}; RELEASE SAVEPOINT {Savepoint}",
            "locking the tables",
            TransactionState.InTransaction);

    private static bool IsGone(PureDumpException e) => e.SqlState is UndefinedTable or UndefinedSchema or WrongObjectType;

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
    private static string? Culprit(CatalogSession session, List<string> names)
    {
        int from = 0;
        int to = names.Count;
        while (to - from > 1)
        {
            int middle = from + ((to - from) / 2);
            (from, to) = Fails(session, Statement(names, from, middle, " NOWAIT")) ? (from, middle) : (middle, to);
        }

        return Fails(session, Statement(names, from, to, " NOWAIT")) ? names[from] : null;
    }

    private static bool Fails(CatalogSession session, string statement)
    {
        const string context = "finding the table that cannot be locked";
        session.Execute($"ROLLBACK TO SAVEPOINT {Savepoint}", context, TransactionState.InTransaction);
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
            InsufficientPrivilege =>
                (ErrorKind.Permission, "grant SELECT on it to the role that dumps, or leave the table out"),
            LockNotAvailable or QueryCanceled =>
                (ErrorKind.Lock, "another session holds a conflicting lock on it; try again later or wait longer for locks"),
            UndefinedTable or UndefinedSchema or WrongObjectType =>
                (ErrorKind.Catalog, "it was dropped or renamed while the dump began; run the dump again"),
            _ => (e.Kind, e.Hint),
        };
        return new PureDumpException(kind, $"cannot lock {name}: {e.Message}", hint, e) { SqlState = e.SqlState };
    }
}
