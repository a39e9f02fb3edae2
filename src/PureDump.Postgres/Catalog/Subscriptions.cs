using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the subscriptions (pg_dump.c, getSubscriptions).</summary>
internal static class Subscriptions
{
    /// <summary>Registers the subscriptions of the database.</summary>
    /// <param name="session">Where from.</param>
    /// <param name="catalog">Where to.</param>
    /// <param name="warn">Told where there are some that only a superuser could read.</param>
    public static void Read(CatalogSession session, CatalogSet catalog, Action<string> warn)
    {
        DumpSelection options = catalog.Selection.Options;
        if (!options.WithSubscriptions || !options.WithSchema || !options.IncludesEverything)
        {
            return;
        }

        (bool isSuperuser, int count) = session.QueryOne("SubscriptionAccess.sql", MapAccess);
        if (count == 0)
        {
            return;
        }

        if (!isSuperuser)
        {
            warn("subscriptions not dumped because current user is not a superuser");
            return;
        }

        foreach (SubscriptionObject subscription in session.Query("Subscriptions.sql", Map))
        {
            catalog.Register(subscription);
        }
    }

    private static (bool IsSuperuser, int Count) MapAccess(ref CatalogRow row) => (row.Bool(), row.Int32());

    private static SubscriptionObject Map(ref CatalogRow row) => new()
    {
        Id = new CatalogId(row.Oid(), row.Oid()),
        Name = row.Text(),
        Owner = row.Text(),
        Conninfo = row.Text(),
        Server = row.TextOrNull(),
        SlotName = row.TextOrNull(),
        SynchronousCommit = row.Text(),
        Publications = row.TextsOrNull() ?? [],
        IsBinary = row.Bool(),
        Streaming = row.Char(),
        IsTwoPhase = row.Bool(),
        DisablesOnError = row.Bool(),
        RequiresPassword = row.Bool(),
        RunsAsOwner = row.Bool(),
        HasFailover = row.Bool(),
        RetainsDeadTuples = row.Bool(),
        RetentionMax = row.Int32(),
        WalReceiverTimeout = row.Text(),
        Origin = row.TextOrNull(),
    };
}
