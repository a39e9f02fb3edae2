using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Ddl;

/// <summary>Casts as SQL (pg_dump.c, dumpCast).</summary>
internal static class CastDdl
{
    /// <summary>Adds the entries of one cast.</summary>
    /// <exception cref="PureDumpException">It works in a way that is not known (<see cref="ErrorKind.Catalog"/>).</exception>
    public static void Emit(CastObject cast, DdlContext context)
    {
        string name = $"({cast.SourceType} AS {cast.TargetType})";
        PreDataDdl.EmitNameless(
            cast,
            EntryKind.Cast,
            name,
            () => $"CREATE CAST {name} {MethodSql(cast, name)}{ContextSql(cast)};\n",
            context);
    }

    private static string MethodSql(CastObject cast, string name) => (cast.Method, cast.Function) switch
    {
        ('b', _) => "WITHOUT FUNCTION",
        ('i', _) => "WITH INOUT",
        ('f', { } function) => $"WITH FUNCTION {RoutineName.Sql(function)}",
        _ => throw new PureDumpException(ErrorKind.Catalog, $"the cast {name} has the unknown method '{cast.Method}' or no function"),
    };

    private static string ContextSql(CastObject cast) => cast.Context switch
    {
        'a' => " AS ASSIGNMENT",
        'i' => " AS IMPLICIT",
        _ => "",
    };
}
