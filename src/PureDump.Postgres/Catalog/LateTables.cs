using PureDump.Formats.Entries;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// The order of rows in a dump without definitions, whose Toc does not say what the target calls for them: its tables stand there already,
/// with their CHECKs, generated columns, indexes and triggers. Rows of tables with functions of users come behind all others.
/// </summary>
internal static class LateTables
{
    /// <summary>Adds what rows need of others. Dependencies have been read.</summary>
    public static void Order(CatalogSet catalog)
    {
        List<TableDataObject> rows = [.. catalog.All<TableDataObject>()];
        bool countsExtensions = rows.Exists(static data => data.Table.Extension is not null);
        bool IsUsers(CatalogObject item) => item is FunctionObject && (item.Extension is null || countsExtensions);
        bool Calls(CatalogObject item) => LateChecks.Reaches(item, IsUsers, below => below == item || below is not TableObject);
        CallingTypes<CatalogObject> types = LateTypes.Of(catalog);
        HashSet<TableObject> called =
        [
            .. catalog.All<IndexObject>().Where(Calls).Select(static index => index.Table),
            .. catalog.All<TriggerObject>().Where(Calls).Select(static trigger => trigger.Table),
            .. catalog.All<ConstraintObject>().Where(Calls).Select(static constraint => constraint.Table).OfType<TableObject>(),
            .. catalog.All<DefaultObject>().Where(Calls).Select(static item => item.Table),
        ];
        foreach (
            (TableDataObject data, TableDataObject before) in LateRows
                .Edges(
                    rows,
                    data =>
                        called.Contains(data.Table) || Calls(data.Table)
                        || types.AreCalledToMake(data.Table) || types.AreCalledToUse(data.Table),
                    static data => data.Needs.ToArray().OfType<TableDataObject>())
                .ToList())
        {
            data.AddNeed(before);
        }
    }
}
