using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// Makes the refreshes of materialized views: only of populated ones, in the order in which they read each other
/// (pg_dump.c, buildMatViewRefreshDependencies). They count as data for the selection and run after the privileges.
/// </summary>
internal static class Refreshes
{
    /// <summary>Registers a refresh for every materialized view whose data is wanted.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        var refreshes = new Dictionary<Oid, RefreshObject>();
        foreach (TableObject view in catalog.All<TableObject>().Where(view => IsWanted(view, catalog)).ToList())
        {
            RefreshObject refresh = catalog.Register(new RefreshObject
            {
                // Catalog 0: pg_depend must not mistake it for the view.
                Id = new CatalogId(Oid.None, view.Id.Row),
                Name = view.Name,
                Schema = view.Schema,
                Owner = view.Owner,
                View = view,
                IsPopulated = view.IsPopulated,
            });
            refresh.AddNeed(view);
            refreshes.Add(view.Id.Row, refresh);
        }

        if (refreshes.Count < 2)
        {
            return;
        }

        foreach ((Oid view, Oid used) in session.Query("Refreshes.sql", Map))
        {
            if (
                refreshes.TryGetValue(view, out RefreshObject? refresh)
                && refreshes.TryGetValue(used, out RefreshObject? under)
                && refresh != under)
            {
                refresh.AddNeed(under);
                refresh.IsPopulated &= under.View.IsPopulated;
            }
        }
    }

    private static bool IsWanted(TableObject table, CatalogSet catalog) =>
        table.IsMaterializedView
        && catalog.Selection.Options.WithData
        && (table.Wanted & Components.Data) != 0
        && !catalog.Selection.ExcludesDataOf(table);

    private static (Oid View, Oid Used) Map(ref CatalogRow row) => (row.Oid(), row.Oid());
}
