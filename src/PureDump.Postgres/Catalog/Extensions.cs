using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the extensions, who belongs to them, and later which rows of theirs are the user's.</summary>
internal static class Extensions
{
    /// <summary>Registers every extension and fills <see cref="CatalogSet.ExtensionMembers"/> and <see
    /// cref="CatalogSet.AddedToExtensions"/>. Must come before all else.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        var byOid = new Dictionary<Oid, ExtensionObject>();
        foreach (ExtensionObject extension in session.Query("Extensions.sql", Map))
        {
            byOid.Add(extension.Id.Row, catalog.Register(extension));
        }

        // pg_dump loses what was added by hand: CREATE EXTENSION does not bring it back.
        bool keepsAdded = catalog.Selection.Options.ChecksAfterRows;
        foreach ((CatalogId member, Oid extension, bool isByHand) in session.Query("ExtensionMembers.sql", MapMember))
        {
            (isByHand && keepsAdded ? catalog.AddedToExtensions : catalog.ExtensionMembers).TryAdd(member, byOid[extension]);
        }
    }

    /// <summary>
    /// Registers the rows of configuration tables and the values of configuration sequences: CREATE EXTENSION brings only
    /// those it came with (pg_dump.c, processExtensionTables).
    /// </summary>
    /// <remarks>When relations are known, before the rows of all others.</remarks>
    public static void AddConfigData(CatalogSet catalog)
    {
        DumpSelection options = catalog.Selection.Options;
        if (!options.WithData && !options.WithSequenceData)
        {
            return;
        }

        foreach (ExtensionObject extension in catalog.All<ExtensionObject>().ToList())
        {
            if (catalog.Selection.LeavesOut(extension))
            {
                continue;
            }

            for (int i = 0; i < extension.ConfigRelations.Count; i++)
            {
                if (catalog.FindTable(new Oid(extension.ConfigRelations[i])) is { } table
                    && (options.WithData || table.IsSequence)
                    && IsConfigWanted(extension, table, catalog.Selection))
                {
                    TableData.Add(catalog, table, extension.ConfigConditions.ElementAtOrDefault(i));
                }
            }
        }
    }

    // Without their extension only where they or their schema were asked for by name.
    private static bool IsConfigWanted(ExtensionObject extension, TableObject table, Selection selection) =>
        (extension.Emits(Components.Definition)
            || selection.Names(table)
            || (table.Schema is { } schema && (schema.Wanted & Components.Data) != 0))
        && !selection.Excludes(table)
        && !(table.Schema is { } own && selection.Excludes(own));

    private static ExtensionObject Map(ref CatalogRow row) => new()
    {
        Id = new CatalogId(row.Oid(), row.Oid()),
        Name = row.Text(),
        SchemaName = row.Text(),
        Version = row.Text(),
        ConfigRelations = row.Oids(),
        ConfigConditions = row.TextsOrNull() ?? [],
    };

    private static (CatalogId Member, Oid Extension, bool IsByHand) MapMember(ref CatalogRow row) =>
        (new CatalogId(row.Oid(), row.Oid()), row.Oid(), row.Bool());
}
