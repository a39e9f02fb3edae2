using PureDump.Formats.Pg;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the transforms.</summary>
internal static class Transforms
{
    /// <summary>Registers every transform.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        foreach (TransformObject transform in session.Query("Transforms.sql", Map))
        {
            catalog.Register(transform);
        }
    }

    private static TransformObject Map(ref CatalogRow row)
    {
        var id = new CatalogId(row.Oid(), row.Oid());
        string type = row.Text();
        string typeName = row.Text();
        string language = row.Text();
        return new TransformObject
        {
            Id = id,

            // The sort of pg_dump compares the language's name with its quotes.
            Name = $"{type} {SqlText.Name(language)}",
            TypeName = typeName,
            Language = language,
            FromSql = RoutineSignature.Read(ref row),
            ToSql = RoutineSignature.Read(ref row),
        };
    }
}
