using System.Globalization;
using System.Text;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Postgres.Wire;

namespace PureDump.Engine.Replay;

/// <summary>What a server says of a statement, as libpq words it for its users (fe-protocol3.c, pqBuildErrorMessage3).</summary>
internal static class ServerMessageText
{
    /// <summary>How much of a line is shown (DISPLAY_SIZE), in columns of a screen.</summary>
    private const int LineWidthMax = 60;

    /// <summary>How near to the right end of what is shown the place may be (MIN_RIGHT_CUT).</summary>
    private const int RightMin = 10;

    /// <summary>The text, without a line end behind it.</summary>
    /// <param name="message">What the server said.</param>
    /// <param name="sql">The statement it said it of.</param>
    /// <param name="encoding">How the statement is held in strings.</param>
    /// <param name="isTerse">Nothing but the first line.</param>
    internal static string Of(ServerMessage message, ReadOnlySpan<byte> sql, Encoding encoding, bool isTerse) =>
        message.Position > 0 || IsError(message.Severity)
            ? Masked(message.ToReport(), sql, encoding, isTerse)
            : Of(message.ToReport(), sql, encoding, isTerse);

    /// <summary>The text of an error of <see cref="ServerReport.Statement"/>, without a line end behind it.</summary>
    public static string Of(ServerReport report) =>
        Of(
            report.Statement is null ? report with { Position = 0 } : report,
            Encoding.UTF8.GetBytes(report.Statement ?? ""),
            Encoding.UTF8,
            isTerse: false);

    // The statement is looked through for secrets only where it, or what the server says of it, may be shown.
    private static string Masked(ServerReport message, ReadOnlySpan<byte> sql, Encoding encoding, bool isTerse)
    {
        // A statement that the server refuses for its bytes is none of the encoding: then each byte stands for itself.
        Encoding held;
        string statement;
        try
        {
            (held, statement) = (encoding, encoding.GetString(sql));
        }
        catch (DecoderFallbackException)
        {
            (held, statement) = (Encoding.Latin1, Encoding.Latin1.GetString(sql));
        }

        ServerReport masked = message.Of(statement);
        return Of(masked, held.GetBytes(masked.Statement!), encoding, isTerse);
    }

    private static bool IsError(string severity) => severity is "ERROR" or "FATAL" or "PANIC";

    private static string Of(ServerReport message, ReadOnlySpan<byte> sql, Encoding encoding, bool isTerse)
    {
        // The server counts characters.
        if (TextEncoding.Visible(sql, encoding) is { } visible)
        {
            sql = Encoding.UTF8.GetBytes(visible);
            encoding = Encoding.UTF8;
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{message.Severity}:  {message.Message}");
        bool isInternal = message.Position == 0 && message.InternalQuery is not null;
        int position = isInternal ? message.InternalPosition : message.Position;
        if (isTerse)
        {
            return position > 0 ? text.Append(CultureInfo.InvariantCulture, $" at character {position}").ToString() : text.ToString();
        }

        if (position > 0)
        {
            AppendPlace(
                isInternal ? Encoding.UTF8.GetBytes(message.InternalQuery!) : sql,
                isInternal ? Encoding.UTF8 : encoding,
                position,
                text);
        }

        Append("DETAIL", message.Detail);
        Append("HINT", message.Hint);
        Append("QUERY", message.InternalQuery);

        // The stack of a notice is nothing to bother people with.
        Append("CONTEXT", IsError(message.Severity) ? message.Where : null);
        return text.ToString();

        void Append(string label, string? value)
        {
            if (value is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n{label}:  {value}");
            }
        }
    }

    // The line of the statement with the place, and a mark below it.
    private static void AppendPlace(ReadOnlySpan<byte> sql, Encoding encoding, int position, StringBuilder text)
    {
        (int lineNumber, int lineStart, int lineEnd, int column) = FindLine(sql, encoding, position - 1);
        if (lineNumber == 0)
        {
            return;
        }

        // A line may be the whole of a large INSERT; only what is near the place is looked at.
        Rune[] letters = Letters(sql[lineStart..lineEnd], encoding, column, out int first, out bool isCut);
        int place = column - first;
        int[] widths = [.. letters.Select(static letter => Math.Max(1, TextWidth.Of(letter)))];
        (int begin, int end) = Window(widths, place, isCut);
        string prefix = string.Create(CultureInfo.InvariantCulture, $"LINE {lineNumber}: {(begin > 0 || first > 0 ? "..." : "")}");
        text.Append('\n').Append(prefix);
        foreach (Rune letter in letters.AsSpan(begin, end - begin))
        {
            text.Append(letter.Value == '\t' ? " " : letter.ToString());
        }

        text.Append(end < letters.Length || isCut ? "..." : "").Append('\n');
        text.Append(' ', prefix.Length + widths.Skip(begin).Take(place - begin).Sum()).Append('^');
    }

    // Where the line with a character is: \r, \n and \r\n end lines. A line number of 0: the statement is shorter.
    private static (int Number, int Start, int End, int Column) FindLine(ReadOnlySpan<byte> sql, Encoding encoding, int place)
    {
        bool isUtf8 = encoding is UTF8Encoding;
        int number = 1;
        int start = 0;
        int startCharacter = 0;
        int at = 0;
        int character = 0;
        for (; at < sql.Length; at++)
        {
            if (isUtf8 && (sql[at] & 0xc0) == 0x80)
            {
                continue;
            }

            bool isLineEnd = sql[at] is (byte)'\n' or (byte)'\r';
            if (character >= place && isLineEnd)
            {
                break;
            }

            character++;
            if (isLineEnd)
            {
                number += sql[at] == (byte)'\r' || at == 0 || sql[at - 1] != (byte)'\r' ? 1 : 0;
                start = at + 1;
                startCharacter = character;
            }
        }

        return place <= character ? (number, start, at, place - startCharacter) : (0, 0, 0, 0);
    }

    private static Rune[] Letters(ReadOnlySpan<byte> line, Encoding encoding, int column, out int first, out bool isCut)
    {
        const int reach = 4 * LineWidthMax;
        bool isUtf8 = encoding is UTF8Encoding;
        first = 0;
        var letters = new List<Rune>();
        int index = 0;
        isCut = false;
        while (!line.IsEmpty)
        {
            int length = 1;
            Rune letter = new((char)line[0]);
            if (isUtf8)
            {
                _ = Rune.DecodeFromUtf8(line, out letter, out length);
            }

            line = line[length..];
            if (index++ < column - reach)
            {
                first++;
                continue;
            }

            if (index > column + reach)
            {
                isCut = true;
                break;
            }

            letters.Add(letter);
        }

        return [.. letters];
    }

    // First the right end is cut off, as far as the place allows; then the left one.
    private static (int Begin, int End) Window(int[] widths, int place, bool isCut)
    {
        int total = widths.Sum();
        int end = widths.Length;
        int begin = 0;
        if (total <= LineWidthMax && !isCut)
        {
            return (begin, end);
        }

        int before = widths.Take(place).Sum();
        if (LineWidthMax >= before + RightMin)
        {
            while (total > LineWidthMax)
            {
                total -= widths[--end];
            }

            return (begin, end);
        }

        while (before + RightMin < total)
        {
            total -= widths[--end];
        }

        while (total > LineWidthMax)
        {
            total -= widths[begin++];
        }

        return (begin, end);
    }
}
