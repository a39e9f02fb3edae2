using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Sort;

namespace PureDump.Postgres.Ddl;

/// <summary>What makes an object go away with an extension it is no member of (pg_dump.c, append_depends_on_extension).</summary>
internal static class ExtensionDependence
{
    private static readonly Comparer<string> _byName = Comparer<string>.Create(Utf8Order.Compare);

    /// <summary>
    /// The ALTER statements that follow the object's CREATE, each on a line that is not ended: so does pg_dump it, and
    /// scripts are compared byte for byte. Ordered by name, where pg_dump takes the order of declaration as long as the
    /// server has kept it: a restored database dumps to the same script. Empty where the object depends on no extension so.
    /// </summary>
    /// <param name="item">The object.</param>
    /// <param name="target">What stands after ALTER, e.g. <c>TRIGGER t ON public.orders</c>.</param>
    public static string Sql(CatalogObject item, string target) =>
        item.DependsOnExtensions.Count == 0
            ? ""
            : string.Concat(
                item.DependsOnExtensions.OrderBy(static extension => extension.Name, _byName)
                    .Select(extension => $"\nALTER {target} DEPENDS ON EXTENSION {SqlText.Name(extension.Name)};"));
}
