using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the publications and what is in them (pg_dump.c, getPublications and the two after it).</summary>
internal static class Publications
{
    private readonly record struct TableRow(CatalogId Id, Oid Publication, Oid Table, string? Filter, string[]? Columns);

    private readonly record struct SchemaRow(CatalogId Id, Oid Publication, Oid Schema);

    /// <summary>Registers the publications, and the tables and schemas in them.</summary>
    /// <remarks>What a publication holds belongs to it, whether or not the tables themselves are dumped.</remarks>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        if (!catalog.Selection.Options.WithPublications)
        {
            return;
        }

        Dictionary<Oid, PublicationObject> publications = session.Query("Publications.sql", Map)
            .Select(catalog.Register)
            .ToDictionary(static publication => publication.Id.Row);
        if (publications.Count == 0)
        {
            return;
        }

        ReadTables(session, catalog, publications);
        foreach (SchemaRow row in session.Query("PublicationSchemas.sql", MapSchema))
        {
            SchemaObject schema = catalog.SchemaOf(row.Schema);
            PublicationObject publication = publications[row.Publication];
            catalog.Register(new PublicationSchemaObject
            {
                Id = row.Id,
                Name = schema.Name,
                Owner = publication.Owner,
                Publication = publication,
                Published = schema,
            });
        }
    }

    private static void ReadTables(CatalogSession session, CatalogSet catalog, Dictionary<Oid, PublicationObject> publications)
    {
        foreach (TableRow row in session.Query("PublicationTables.sql", MapTable))
        {
            if (catalog.FindTable(row.Table) is not { } table)
            {
                continue;
            }

            PublicationObject publication = publications[row.Publication];
            catalog.Register(new PublicationTableObject
            {
                Id = row.Id,
                Name = table.Name,
                Schema = table.Schema,
                Owner = publication.Owner,
                Publication = publication,
                Table = table,
                Filter = row.Filter,
                Columns = row.Columns,
            });
        }
    }

    private static PublicationObject Map(ref CatalogRow row)
    {
        var id = new CatalogId(row.Oid(), row.Oid());
        string name = row.Text();
        string owner = row.Text();
        bool isForAllTables = row.Bool();
        var actions = new List<string>();
        foreach (string action in (ReadOnlySpan<string>)["insert", "update", "delete", "truncate"])
        {
            if (row.Bool())
            {
                actions.Add(action);
            }
        }

        return new PublicationObject
        {
            Id = id,
            Name = name,
            Owner = owner,
            IsForAllTables = isForAllTables,
            Actions = actions,
            PublishesViaRoot = row.Bool(),
            PublishesGeneratedColumns = row.Bool(),
            IsForAllSequences = row.Bool(),
            ExceptedTables = row.TextsOrNull() ?? [],
        };
    }

    private static TableRow MapTable(ref CatalogRow row) =>
        new(new CatalogId(row.Oid(), row.Oid()), row.Oid(), row.Oid(), row.TextOrNull(), row.TextsOrNull());

    private static SchemaRow MapSchema(ref CatalogRow row) => new(new CatalogId(row.Oid(), row.Oid()), row.Oid(), row.Oid());
}
