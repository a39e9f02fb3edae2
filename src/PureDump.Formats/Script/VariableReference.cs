using PureDump.Formats.Pg;

namespace PureDump.Formats.Script;

/// <summary>How a script asks for a variable.</summary>
/// <remarks>
/// <c>:name</c> stands for what <c>-v</c> or <c>\set</c> gave it, or where the script is connected: a script with <c>-v</c> is of no use
/// without; what nobody set stays as it is, and nothing inside quotes is touched, so a dump is not.
/// </remarks>
internal enum VariableKind
{
    /// <summary><c>:name</c>: its text.</summary>
    Plain,

    /// <summary><c>:'name'</c>: its text as a literal.</summary>
    Literal,

    /// <summary><c>:"name"</c>: its text as an identifier.</summary>
    Name,

    /// <summary><c>:{?name}</c>: whether it is set.</summary>
    Test,
}

/// <summary>A colon and the name of a variable behind it (psqlscan.l).</summary>
/// <param name="Kind">How it is asked for.</param>
/// <param name="NameStart">Where the name begins, counted from the colon.</param>
/// <param name="NameLength">The length of the name.</param>
/// <param name="Length">The length of all of it.</param>
internal readonly record struct VariableReference(VariableKind Kind, int NameStart, int NameLength, int Length)
{
    /// <summary>The reference a text begins with, or null.</summary>
    /// <param name="text">Begins with the colon.</param>
    /// <param name="isLast">Nothing follows the text.</param>
    /// <param name="needsMore">The text is too short to tell.</param>
    public static VariableReference? Find(ReadOnlySpan<byte> text, bool isLast, out bool needsMore)
    {
        needsMore = false;
        if (text.Length == 1)
        {
            needsMore = !isLast;
            return null;
        }

        (VariableKind kind, int start, byte end) = text[1] switch
        {
            (byte)'\'' => (VariableKind.Literal, 2, (byte)'\''),
            (byte)'"' => (VariableKind.Name, 2, (byte)'"'),
            (byte)'{' => (VariableKind.Test, 3, (byte)'}'),
            _ => (VariableKind.Plain, 1, (byte)0),
        };
        if (kind == VariableKind.Test && text.Length > 2 && text[2] != (byte)'?')
        {
            return null;
        }

        int at = start;
        while (at < text.Length && IsOfName(text[at]))
        {
            at++;
        }

        if (at >= text.Length && !isLast)
        {
            needsMore = true;
            return null;
        }

        if (at <= start)
        {
            return null;
        }

        if (kind == VariableKind.Plain)
        {
            return new VariableReference(kind, start, at - start, at);
        }

        return at < text.Length && text[at] == end ? new VariableReference(kind, start, at - start, at + 1) : null;
    }

    /// <summary>
    /// A value as a literal or as an identifier (libpq's <c>PQescapeInternal</c>). Null where it holds what is no character of an
    /// encoding that only clients use: the quote behind it could be taken for a part of one.
    /// </summary>
    public static byte[]? Quoted(ReadOnlySpan<byte> value, VariableKind kind, ClientCharacters? characters)
    {
        bool isLiteral = kind == VariableKind.Literal;
        byte quote = isLiteral ? (byte)'\'' : (byte)'"';
        ReadOnlySpan<byte> marks = value;
        if (characters is not null)
        {
            if (!characters.AreValid(value))
            {
                return null;
            }

            byte[] masked = new byte[value.Length];
            characters.Mask(value, masked, isLast: true);
            marks = masked;
        }

        bool escapes = isLiteral && marks.Contains((byte)'\\');
        var text = new List<byte>(value.Length + 4);
        if (escapes)
        {
            text.Add((byte)' ');
            text.Add((byte)'E');
        }

        text.Add(quote);
        for (int i = 0; i < value.Length; i++)
        {
            if (marks[i] == quote || (escapes && marks[i] == (byte)'\\'))
            {
                text.Add(marks[i]);
            }

            text.Add(value[i]);
        }

        text.Add(quote);
        return [.. text];
    }

    private static bool IsOfName(byte value) =>
        value is >= (byte)'a' and <= (byte)'z' or >= (byte)'A' and <= (byte)'Z' or >= (byte)'0' and <= (byte)'9' or (byte)'_' or >= 0x80;
}
