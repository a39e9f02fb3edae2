using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Ddl;

/// <summary>Functions as other objects' statements name them.</summary>
internal static class RoutineName
{
    /// <summary>The qualified name with its argument types, for WITH FUNCTION (pg_dump.c, format_function_signature).</summary>
    public static string Sql(RoutineSignature routine) =>
        $"{SqlText.Name(routine.Schema, routine.Name)}({string.Join(", ", routine.ArgumentTypes)})";

    /// <summary>
    /// What the server printed as regprocedure, without the argument types: up to the first parenthesis outside quotes
    /// (pg_dump.c, convertRegProcReference).
    /// </summary>
    public static string WithoutTypes(string signature)
    {
        bool isQuoted = false;
        for (int i = 0; i < signature.Length; i++)
        {
            if (signature[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (signature[i] == '(' && !isQuoted)
            {
                return signature[..i];
            }
        }

        return signature;
    }
}
