using System.Text;
using PureDump.Formats.Errors;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// One <c>aclitem</c> as the server prints it, <c>grantee=privileges/grantor</c>: names in double quotes where they
/// need them, a <c>*</c> after each privilege that may be granted on (acl.c, aclitemout).
/// </summary>
/// <param name="Grantee">The bare role name; empty = PUBLIC.</param>
/// <param name="Privileges">The letters with their stars.</param>
/// <param name="Grantor">The bare role name.</param>
internal readonly record struct AclItem(string Grantee, string Privileges, string Grantor)
{
    /// <summary>Takes an item apart.</summary>
    /// <exception cref="PureDumpException">It has not that form (<see cref="ErrorKind.Catalog"/>).</exception>
    public static AclItem Parse(string text)
    {
        int at = 0;
        if (ReadName(text, ref at, '=') is not { } grantee || at == text.Length)
        {
            throw Malformed(text);
        }

        int slash = text.IndexOf('/', ++at);
        if (slash < 0)
        {
            throw Malformed(text);
        }

        string privileges = text[at..slash];
        at = slash + 1;
        return ReadName(text, ref at, '\0') is { Length: > 0 } grantor
            ? new AclItem(grantee, privileges, grantor)
            : throw Malformed(text);
    }

    /// <summary>The item as the server would print it, for baselines that no catalog holds.</summary>
    public static string Format(string grantee, string privileges, string grantor) =>
        $"{Quoted(grantee)}={privileges}/{Quoted(grantor)}";

    // Up to the end character or the end of the text; null where a quote is not closed.
    private static string? ReadName(string text, ref int at, char end)
    {
        var name = new StringBuilder();
        bool quoted = false;
        for (; at < text.Length; at++)
        {
            char c = text[at];
            if (c == '"')
            {
                if (quoted && at + 1 < text.Length && text[at + 1] == '"')
                {
                    name.Append('"');
                    at++;
                }
                else
                {
                    quoted = !quoted;
                }
            }
            else if (c == end && !quoted)
            {
                break;
            }
            else
            {
                name.Append(c);
            }
        }

        return quoted ? null : name.ToString();
    }

    private static string Quoted(string name)
    {
        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
            {
                return $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            }
        }

        return name;
    }

    private static PureDumpException Malformed(string text) =>
        new(ErrorKind.Catalog, $"the server printed a privilege as \"{text}\", expected grantee=privileges/grantor");
}
