namespace PureDump.Formats.Values;

/// <summary>
/// What a dump says of a user's type: the statement that makes it, as pg_dump writes it. What is not exactly so is unknown.
/// </summary>
/// <param name="Kind">Text for an enum; the base's own for a domain, which is why it is null.</param>
/// <param name="Parts">The base of a domain, the subtype of a range, the columns of a composite.</param>
/// <param name="Multirange">The multirange that comes with a range.</param>
internal sealed record UserType(ValueKind? Kind, IReadOnlyList<TypeName> Parts, TypeName? Multirange = null)
{
    /// <summary>Reads the statement of a TYPE or DOMAIN entry; null where it makes another kind of type.</summary>
    public static UserType? Read(string sql)
    {
        int at = 0;
        bool isDomain = TypeName.Skip(sql, ref at, "CREATE DOMAIN ");
        if (
            (!isDomain && !TypeName.Skip(sql, ref at, "CREATE TYPE "))
            || TypeName.Take(sql, ref at) is null
            || !TypeName.Skip(sql, ref at, " AS "))
        {
            return null;
        }

        return isDomain ? TypeName.Take(sql, ref at) is { } known ? new UserType(null, [known]) : null
            : TypeName.Skip(sql, ref at, "ENUM (") ? new UserType(ValueKind.Text, [])
            : TypeName.Skip(sql, ref at, "RANGE (\n    subtype = ") ? ReadRange(sql, at)
            : TypeName.Skip(sql, ref at, "(") ? ReadComposite(sql, at)
            : null;
    }

    private static UserType? ReadRange(string sql, int at)
    {
        if (TypeName.Take(sql, ref at) is not { } subtype)
        {
            return null;
        }

        return TypeName.Skip(sql, ref at, ",\n    multirange_type_name = ")
            ? TypeName.Take(sql, ref at) is { } multirange ? new UserType(ValueKind.Range, [subtype], multirange) : null
            : new UserType(ValueKind.Range, [subtype]);
    }

    // A line for each column: its name, its type, and perhaps a collation.
    private static UserType? ReadComposite(string sql, int at)
    {
        var columns = new List<TypeName>();
        while (!TypeName.Skip(sql, ref at, "\n);"))
        {
            if (columns.Count > 0 && !TypeName.Skip(sql, ref at, ","))
            {
                return null;
            }

            if (!TypeName.Skip(sql, ref at, "\n\t") || TypeName.TakeIdentifier(sql, ref at) is null
                || !TypeName.Skip(sql, ref at, " ") || TypeName.Take(sql, ref at) is not { } type)
            {
                return null;
            }

            columns.Add(type);
            if (TypeName.Skip(sql, ref at, " COLLATE ") && TypeName.Take(sql, ref at) is null)
            {
                return null;
            }
        }

        return new UserType(ValueKind.Composite, columns);
    }
}
