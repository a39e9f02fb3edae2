using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Ddl;

/// <summary>Transforms as SQL (pg_dump.c, dumpTransform).</summary>
internal static class TransformDdl
{
    /// <summary>Adds the entries of one transform.</summary>
    public static void Emit(TransformObject transform, DdlContext context)
    {
        string name = $"FOR {transform.TypeName} LANGUAGE {SqlText.Name(transform.Language)}";
        PreDataDdl.EmitNameless(
            transform, EntryKind.Transform, name, () => $"CREATE TRANSFORM {name} ({string.Join(", ", Clauses(transform))});\n", context);
    }

    private static IEnumerable<string> Clauses(TransformObject transform)
    {
        if (transform.FromSql is { } from)
        {
            yield return $"FROM SQL WITH FUNCTION {RoutineName.Sql(from)}";
        }

        if (transform.ToSql is { } to)
        {
            yield return $"TO SQL WITH FUNCTION {RoutineName.Sql(to)}";
        }
    }
}
