using PureDump.Formats.Values;

namespace PureDump.Formats.Script;

/// <summary>What the statement that makes an operator class says (pg_dump.c, dumpOpclass).</summary>
internal static class OperatorClassText
{
    /// <summary>
    /// The type, as it is printed, by whose values arrays, composites and ranges of it are compared with this class: it is the default
    /// one of a B-tree or of hashing, others are not looked for (typcache.c). Null where it is no such class.
    /// </summary>
    public static string? ComparedType(string sql)
    {
        int at = 0;
        if (!TypeName.Skip(sql, ref at, "CREATE OPERATOR CLASS ") || TypeName.TakeIdentifier(sql, ref at) is null
            || !TypeName.Skip(sql, ref at, ".") || TypeName.TakeIdentifier(sql, ref at) is null
            || !TypeName.Skip(sql, ref at, "\n    DEFAULT FOR TYPE "))
        {
            return null;
        }

        int start = at;
        bool isType = TypeName.Take(sql, ref at) is not null;
        string type = sql[start..at];
        return isType && TypeName.Skip(sql, ref at, " USING ") && IsComparing(TypeName.TakeIdentifier(sql, ref at)) ? type : null;
    }

    /// <summary>True for the access methods whose default classes say how values are compared.</summary>
    public static bool IsComparing(string? accessMethod) => accessMethod is "btree" or "hash";
}
