using System.Text;
using PureDump.Formats.Errors;

namespace PureDump.Postgres.Connection;

/// <summary>
/// The <c>key=value key='quoted value'</c> form of connection options (libpq documentation, "Keyword/Value Connection
/// Strings"). No error text repeats a value: a password with a blank in it looks like two options.
/// </summary>
internal static class ConninfoString
{
    private const string Origin = "connection string";

    /// <summary>True where libpq would read <paramref name="text"/> as options rather than as the name of a database.</summary>
    public static bool IsRecognized(string text) => ConnectionUri.IsRecognized(text) || text.Contains('=', StringComparison.Ordinal);

    /// <summary>Reads <paramref name="text"/> into <paramref name="values"/>, over what is there.</summary>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.ConnectionOptions"/>.</exception>
    public static void Read(ReadOnlySpan<char> text, ConnectionValues values)
    {
        var value = new StringBuilder();
        bool afterSecret = false;
        while (true)
        {
            text = text.TrimStart(Blanks);
            if (text.IsEmpty)
            {
                return;
            }

            int nameLength = text.IndexOfAny('=', ' ', '\t') is var first && first >= 0 ? first : text.Length;
            nameLength = Math.Min(nameLength, text.IndexOfAny("\n\r\v\f") is var blank && blank >= 0 ? blank : text.Length);
            ReadOnlySpan<char> name = text[..nameLength];
            text = text[nameLength..].TrimStart(Blanks);
            string shown = afterSecret ? "an option after a password" : $"\"{name}\"";
            if (text.IsEmpty || text[0] != '=')
            {
                throw Malformed(
                    $"missing \"=\" after {shown}",
                    "a value with blanks in it must be quoted: dbname='two words'");
            }

            ConnectionKeyword? keyword = ConnectionKeyword.Find(name);
            if (keyword is null && afterSecret)
            {
                throw Malformed("unknown option after a password", "a value with blanks in it must be quoted: dbname='two words'");
            }

            text = text[1..].TrimStart(Blanks);
            value.Clear();
            text = text is ['\'', ..] ? ReadQuoted(text[1..], value, shown) : ReadBare(text, value);
            values.Set(name.ToString(), value.ToString(), Origin);
            afterSecret = keyword is { IsSecret: true };
        }
    }

    private const string Blanks = " \t\n\r\v\f";

    private static ReadOnlySpan<char> ReadBare(ReadOnlySpan<char> text, StringBuilder value)
    {
        int index = 0;
        for (; index < text.Length && !Blanks.Contains(text[index], StringComparison.Ordinal); index++)
        {
            if (text[index] == '\\')
            {
                index++;
                if (index == text.Length)
                {
                    break;
                }
            }

            value.Append(text[index]);
        }

        return text[index..];
    }

    private static ReadOnlySpan<char> ReadQuoted(ReadOnlySpan<char> text, StringBuilder value, string shown)
    {
        for (int index = 0; index < text.Length; index++)
        {
            if (text[index] == '\'')
            {
                return text[(index + 1)..];
            }

            if (text[index] == '\\' && index + 1 < text.Length)
            {
                index++;
            }

            value.Append(text[index]);
        }

        throw Malformed($"the quoted value of {shown} has no end", null);
    }

    private static PureDumpException Malformed(string what, string? hint) =>
        new(ErrorKind.ConnectionOptions, $"malformed connection string: {what}", hint);
}
