using System.Globalization;
using System.Text;
using PureDump.Formats.Errors;

namespace PureDump.Cli.Talking;

/// <summary>A server's error as libpq words it for its programs (fe-protocol3.c, pqBuildErrorMessage3 and reportErrorPosition).</summary>
internal static class ServerErrorText
{
    // What is shown of the line in which the error is, and how much of it behind the error at least; in characters.
    private const int LineLengthMax = 60;
    private const int RightLengthMin = 10;

    /// <summary>All that the server said, in lines; the last one is ended too.</summary>
    public static string Of(ServerReport report)
    {
        var text = new StringBuilder($"{report.Severity}:  {report.Message}\n");
        if (report is { Position: > 0, Statement: not null })
        {
            AppendPosition(report.Statement, report.Position - 1, text);
        }

        Append("DETAIL", report.Detail);
        Append("HINT", report.Hint);
        Append("QUERY", report.InternalQuery);
        Append("CONTEXT", report.Where);
        return text.ToString();

        void Append(string title, string? field)
        {
            if (field is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $"{title}:  {field}\n");
            }
        }
    }

    // The line of the statement and a mark below the character. Characters of one column each, as most are.
    private static void AppendPosition(string statement, int position, StringBuilder text)
    {
        Rune[] letters = [.. statement.EnumerateRunes()];
        if (position > letters.Length)
        {
            return;
        }

        (int number, int begin) = FindLine(letters, position);
        int end = Array.FindIndex(letters, position, letter => letter.Value is '\n' or '\r') is >= 0 and var found ? found : letters.Length;
        bool isCutLeft = false;
        bool isCutRight = false;
        if (end - begin > LineLengthMax)
        {
            if (begin + LineLengthMax >= position + RightLengthMin)
            {
                (end, isCutRight) = (begin + LineLengthMax, true);
            }
            else
            {
                isCutRight = position + RightLengthMin < end;
                end = Math.Min(end, position + RightLengthMin);
                isCutLeft = end - begin > LineLengthMax;
                begin = Math.Max(begin, end - LineLengthMax);
            }
        }

        string head = string.Create(CultureInfo.InvariantCulture, $"LINE {number}: {(isCutLeft ? "..." : "")}");
        text.Append(head);
        foreach (Rune letter in letters.AsSpan(begin, end - begin))
        {
            text.Append(letter.Value == '\t' ? " " : letter.ToString());
        }

        text.Append(isCutRight ? "...\n" : "\n").Append(' ', head.Length + position - begin).Append("^\n");
    }

    private static (int Number, int Begin) FindLine(Rune[] letters, int position)
    {
        int number = 1;
        int begin = 0;
        for (int i = 0; i < position; i++)
        {
            if (letters[i].Value is '\n' or '\r')
            {
                bool isSecondHalf = letters[i].Value == '\n' && i > 0 && letters[i - 1].Value == '\r';
                number += isSecondHalf ? 0 : 1;
                begin = i + 1;
            }
        }

        return (number, begin);
    }
}
