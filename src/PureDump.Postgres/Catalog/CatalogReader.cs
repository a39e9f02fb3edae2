namespace PureDump.Postgres.Catalog;

/// <summary>
/// Reads one database's catalog in the order that makes it consistent (pg_dump.c, getSchemaData): who belongs to which
/// extension before anything is classified; relations, then their locks, before any definition is looked at.
/// </summary>
internal static class CatalogReader
{
    // Of a table that comes and goes all the time each attempt may meet one.
    private const int AttemptCountMax = 30;

    /// <summary>The program and its version, for the head of a dump.</summary>
    public static string Producer { get; } = $"PureDump {typeof(CatalogReader).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>Reads everything the selection wants.</summary>
    /// <param name="session">A session inside the dump's transaction, with an empty search_path.</param>
    /// <param name="options">What is wanted.</param>
    /// <param name="warn">Takes a sentence for what has to be left out.</param>
    /// <param name="lockWait">How long to wait for a table's lock; null = for ever.</param>
    public static CatalogSet Read(CatalogSession session, DumpSelection options, Action<string> warn, TimeSpan? lockWait = null)
    {
        CatalogSet catalog = ReadLocked(session, options, lockWait);
        TableData.AddWanted(session, catalog);
        Inheritance.Read(session, catalog);
        using CatalogAhead? ahead = CatalogAhead.Begin(session, catalog);
        Columns.Ask(ahead, catalog);
        Indexes.Ask(ahead, catalog);
        Types.Ask(ahead, catalog);
        Dependencies.Ask(ahead);
        UnknownContent.Ask(ahead, options);
        Columns.ReadAcls(session, catalog);
        Functions.Read(session, catalog);
        Types.Read(session, catalog);
        Languages.Read(session, catalog);
        Aggregates.Read(session, catalog);
        Operators.Read(session, catalog);
        AccessMethods.Read(session, catalog);
        OperatorGroups.Read(session, catalog);
        TextSearchParsers.Read(session, catalog);
        TextSearchTemplates.Read(session, catalog);
        TextSearchDictionaries.Read(session, catalog);
        TextSearchConfigurations.Read(session, catalog);
        ForeignDataWrappers.Read(session, catalog);
        ForeignServers.Read(session, catalog);
        DefaultAcls.Read(session, catalog);
        Collations.Read(session, catalog);
        Conversions.Read(session, catalog);
        Casts.Read(session, catalog);
        Transforms.Read(session, catalog);
        EventTriggers.Read(session, catalog);
        Columns.Read(session, catalog);
        bool ordersLateRows = options is { WithSchema: false, WithData: true, ChecksAfterRows: true };
        if (options.WithSchema || ordersLateRows)
        {
            Defaults.Read(session, catalog);
            Constraints.Read(session, catalog);
        }

        Inheritance.CompareColumns(catalog, session.Features);
        TableDetails.Read(session, catalog);
        Indexes.Read(session, catalog);
        ExtendedStatistics.Read(session, catalog);
        ForeignKeys.Read(session, catalog);
        Triggers.Read(session, catalog);
        Rules.Read(session, catalog);
        Policies.Read(session, catalog);
        Publications.Read(session, catalog);
        Subscriptions.Read(session, catalog, warn);
        Views.Read(session, catalog);
        TableData.Describe(session, catalog);
        TableData.Order(session, catalog);
        Refreshes.Read(session, catalog);
        StatisticsData.Read(session, catalog);
        LargeObjects.Read(session, catalog);
        Dependencies.Read(session, catalog);
        if (options is { ChecksAfterRows: true, WithData: true, WithSchema: true })
        {
            LateChecks.Separate(catalog);
        }

        if (ordersLateRows)
        {
            LateTables.Order(catalog);
        }

        Comments.Read(session, catalog);
        SecurityLabels.Read(session, catalog);
        Sequences.Read(session, catalog);
        UnknownContent.Report(session, catalog, warn);
        return catalog;
    }

    // Where the database changed between the snapshot and the locks, the locks come first in another attempt.
    private static CatalogSet ReadLocked(CatalogSession session, DumpSelection options, TimeSpan? lockWait)
    {
        CatalogSet catalog = ReadRelations(session, options);
        for (int attempt = 1; TableLocks.Take(session, catalog, lockWait) is { } change; attempt++)
        {
            if (session.Transaction is not { CanBeginAgain: true } transaction || attempt == AttemptCountMax)
            {
                throw change;
            }

            transaction.BeginAgain([.. TableLocks.Wanted(catalog).Select(TableLocks.NameOf)], lockWait);
            catalog = ReadRelations(session, options);
        }

        return catalog;
    }

    private static CatalogSet ReadRelations(CatalogSession session, DumpSelection options)
    {
        var catalog = new CatalogSet(Selection.Resolve(session, options));
        Databases.Read(session, catalog, Producer);
        Extensions.Read(session, catalog);
        Schemas.Read(session, catalog);
        Tables.Read(session, catalog);
        Extensions.AddConfigData(catalog);
        return catalog;
    }
}
