using System.Text;

namespace PureDump.Formats.Values;

/// <summary>
/// The name of a type as <c>format_type</c> prints it under an empty search_path: <c>character varying(20)</c>,
/// <c>public."My Type"[]</c>. Modifiers are left out, for they change nothing in how a value looks.
/// </summary>
/// <param name="Schema">The bare schema; null for the types of pg_catalog.</param>
/// <param name="Name">The bare name, as in <c>pg_type.typname</c>; of an array that of its element.</param>
/// <param name="IsArray">An array of it.</param>
internal readonly record struct TypeName(string? Schema, string Name, bool IsArray)
{
    /// <summary>Reads a name, which is the whole text.</summary>
    public static TypeName? Parse(string text)
    {
        int at = 0;
        return Take(text, ref at) is { } name && at == text.Length ? name : null;
    }

    /// <summary>Takes the name that begins there; null where none does.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Moved behind the name.</param>
    public static TypeName? Take(string text, ref int at)
    {
        bool isQuoted = at < text.Length && text[at] == '"';
        if (TakeIdentifier(text, ref at) is not { } name)
        {
            return null;
        }

        string? schema = null;
        if (Skip(text, ref at, "."))
        {
            schema = name;
            if (TakeIdentifier(text, ref at) is not { } inSchema)
            {
                return null;
            }

            name = inSchema;
        }

        if (schema is null && !isQuoted)
        {
            name = TakeKeywords(name, text, ref at);
        }

        TakeModifier(text, ref at);
        bool isArray = Skip(text, ref at, "[]");
        return new TypeName(schema == "pg_catalog" ? null : schema, name, isArray);
    }

    /// <summary>Takes an identifier, quoted or not, and gives it bare.</summary>
    public static string? TakeIdentifier(string text, ref int at)
    {
        int start = at;
        if (!Skip(text, ref at, "\""))
        {
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '$' or >= '\x80'))
            {
                at++;
            }

            return at > start ? text[start..at] : null;
        }

        var bare = new StringBuilder();
        for (; at < text.Length; at++)
        {
            if (text[at] == '"' && (++at == text.Length || text[at] != '"'))
            {
                return bare.ToString();
            }

            bare.Append(text[at]);
        }

        return null;
    }

    /// <summary>Goes behind the words where they stand next.</summary>
    public static bool Skip(string text, ref int at, string words)
    {
        if (string.CompareOrdinal(text, at, words, 0, words.Length) != 0)
        {
            return false;
        }

        at += words.Length;
        return true;
    }

    // The types that SQL spells in words of its own (format_type.c, format_type_extended), by their names in pg_type.
    private static string TakeKeywords(string word, string text, ref int at)
    {
        switch (word)
        {
            case "boolean":
                return "bool";
            case "smallint":
                return "int2";
            case "integer":
                return "int4";
            case "bigint":
                return "int8";
            case "real":
                return "float4";
            case "double":
                return Skip(text, ref at, " precision") ? "float8" : word;
            case "character":
                return Skip(text, ref at, " varying") ? "varchar" : "bpchar";
            case "bit":
                return Skip(text, ref at, " varying") ? "varbit" : word;
            case "time" or "timestamp":
                TakeModifier(text, ref at);
                bool hasZone = Skip(text, ref at, " with time zone");
                return hasZone || Skip(text, ref at, " without time zone") ? word + (hasZone ? "tz" : "") : word;
            case "interval":
                while (TakeIntervalField(text, ref at))
                {
                }

                return word;
            default:
                return word;
        }
    }

    private static bool TakeIntervalField(string text, ref int at) =>
        Skip(text, ref at, " year") || Skip(text, ref at, " month") || Skip(text, ref at, " day") || Skip(text, ref at, " hour")
        || Skip(text, ref at, " minute") || Skip(text, ref at, " second") || Skip(text, ref at, " to");

    private static void TakeModifier(string text, ref int at)
    {
        if (at < text.Length && text[at] == '(' && text.IndexOf(')', at) is > 0 and int end)
        {
            at = end + 1;
        }
    }
}
