using System.Text;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Ddl;

/// <summary><c>ALTER … DEPENDS ON EXTENSION</c> (pg_dump.c, append_depends_on_extension).</summary>
internal static class ExtensionDependencyDdl
{
    /// <summary>Appends a statement for each extension the object was declared to depend on.</summary>
    /// <param name="sql">Where to; the object's own statements stand there already.</param>
    /// <param name="item">The object.</param>
    /// <param name="target">What stands after ALTER, e.g. <c>INDEX public.orders_by_day</c>.</param>
    public static void Append(StringBuilder sql, CatalogObject item, string target)
    {
        foreach (ExtensionObject extension in item.DependsOnExtensions)
        {
            sql.Append($"\nALTER {target} DEPENDS ON EXTENSION {SqlText.Name(extension.Name)};");
        }
    }
}
