using PureDump.Formats.Sql;
using PureDump.Postgres.Wire;

namespace PureDump.Postgres.Catalog;

/// <summary>The leader's transaction: one moment of the database, which other sessions can see too.</summary>
internal sealed class DumpTransaction(CatalogSession session, DumpSession options)
{
    /// <summary>What other sessions import to see the same.</summary>
    public string Snapshot { get; private set; } = "";

    /// <summary>True where the moment is ours to choose.</summary>
    public bool CanBeginAgain => options.Snapshot is null;

    /// <summary>Begins it; the moment is now.</summary>
    public void Begin()
    {
        session.Execute(options.Begin, "begin of the dump's transaction", TransactionState.InTransaction);
        TakeSnapshot();
    }

    /// <summary>
    /// Begins it anew, with the locks first: the server takes the snapshot with the first statement that looks at rows, and LOCK TABLE is
    /// none. So what is locked is at that moment what it will be.
    /// </summary>
    /// <param name="tables">Their names, quoted; those that are gone are passed over.</param>
    /// <param name="wait">How long to wait for one lock; null = for ever.</param>
    public void BeginAgain(IReadOnlyList<string> tables, TimeSpan? wait)
    {
        session.Execute("ROLLBACK", "end of the transaction", TransactionState.Idle);
        session.Execute(options.Begin, "begin of the dump's transaction", TransactionState.InTransaction);
        TableLocks.TakeThoseLeft(session, tables, wait);
        TakeSnapshot();
    }

    // The workers import it too, so the given one need not be exported again.
    private void TakeSnapshot()
    {
        if (options.Snapshot is null)
        {
            Snapshot = session.QueryTextOne(
                "SELECT pg_catalog.pg_export_snapshot()",
                "export of the snapshot",
                static (ref CatalogRow row) => row.Text());
            return;
        }

        session.Execute($"SET TRANSACTION SNAPSHOT {SqlText.Literal(options.Snapshot)}", $"import of the snapshot \"{options.Snapshot}\"");
        Snapshot = options.Snapshot;
    }
}
