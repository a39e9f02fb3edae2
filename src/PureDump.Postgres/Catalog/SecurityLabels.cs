using PureDump.Formats.Pg;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads all security labels with one query, when every object is registered (pg_dump.c, collectSecLabels).</summary>
internal static class SecurityLabels
{
    /// <summary>Fills <see cref="CatalogSet.SecurityLabels"/> and notes at the objects that they have some.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        if (!catalog.Selection.Options.WithSecurityLabels)
        {
            return;
        }

        foreach ((CatalogId id, int column, SecurityLabel label) in session.Query("SecurityLabels.sql", Map))
        {
            if (!catalog.SecurityLabels.TryGetValue((id, column), out List<SecurityLabel>? labels))
            {
                catalog.SecurityLabels.Add((id, column), labels = []);
            }

            labels.Add(label);
            if (catalog.Find(id) is { } item)
            {
                item.Present |= Components.SecurityLabel;
            }
        }
    }

    private static (CatalogId Id, int Column, SecurityLabel Label) Map(ref CatalogRow row) =>
        (new CatalogId(row.Oid(), row.Oid()), row.Int32(), new SecurityLabel(row.Text(), row.Text()));
}
