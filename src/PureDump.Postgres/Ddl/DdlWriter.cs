using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Ddl;

/// <summary>Turns the sorted objects into entries: one line here per class of object.</summary>
internal static class DdlWriter
{
    /// <summary>Adds the entries of one object.</summary>
    public static void Emit(CatalogObject item, DdlContext context)
    {
        switch (item)
        {
            case SchemaObject schema:
                SchemaDdl.Emit(schema, context);
                break;
        }
    }
}
