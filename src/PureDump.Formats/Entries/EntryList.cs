using System.Globalization;
using System.Text;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Entries;

/// <summary>
/// Reads a list of entries as <c>pg_restore -l</c> prints it and people edit it: a number first in the line, a comment
/// from <c>;</c> on; the order of the lines is that of the restore (pg_backup_archiver.c, SortTocFromFile).
/// </summary>
internal static class EntryList
{
    /// <summary>The most characters a line may have before its comment.</summary>
    public const int LineLengthMax = 1024;

    private const string Blanks = " \t\r\n\v\f";

    /// <summary>Reads it.</summary>
    /// <param name="input">The lines. What stands in comments is not held, however long it is.</param>
    /// <param name="toc">The entries that can be named.</param>
    /// <param name="warn">Is told of lines that name nothing: without a number, with one beyond all entries, or with one a second
    /// time.</param>
    /// <returns>The entries named, in the order of the lines.</returns>
    /// <exception cref="PureDumpException">There is no entry of a number (<see cref="ErrorKind.NotFound"/>), or a line is no line
    /// of a list at all (<see cref="ErrorKind.Usage"/>).</exception>
    public static IReadOnlyList<DumpId> Read(TextReader input, Toc toc, Action<string> warn)
    {
        int idMax = toc.Entries.Count == 0 ? 0 : toc.Entries.Max(entry => entry.Id.Value);
        var order = new List<DumpId>();
        var seen = new HashSet<DumpId>();
        int lineNumber = 0;
        while (NextLine(input, ++lineNumber) is { } line)
        {
            if (line.AsSpan().Trim(Blanks).IsEmpty)
            {
                continue;
            }

            var id = new DumpId(LeadingNumber(line));
            if (id.Value <= 0 || id.Value > idMax || seen.Contains(id))
            {
                warn($"line ignored: {line.TrimEnd('\r')}");
                continue;
            }

            if (!toc.TryFind(id, out _))
            {
                throw new PureDumpException(ErrorKind.NotFound, $"could not find entry for ID {id}");
            }

            seen.Add(id);
            order.Add(id);
        }

        return order;
    }

    // Up to the comment; null at the end.
    private static string? NextLine(TextReader input, int lineNumber)
    {
        var line = new StringBuilder();
        bool isComment = false;
        int letter = input.Read();
        if (letter < 0)
        {
            return null;
        }

        for (; letter >= 0 && letter != '\n'; letter = input.Read())
        {
            isComment |= letter == ';';
            if (isComment)
            {
                continue;
            }

            if (line.Length == LineLengthMax)
            {
                throw new PureDumpException(
                    ErrorKind.Usage,
                    $"line {lineNumber} of the list has more than {LineLengthMax} characters before its comment",
                    "is it a list of entries?");
            }

            if (char.IsControl((char)letter) && !Blanks.Contains((char)letter, StringComparison.Ordinal))
            {
                throw new PureDumpException(
                    ErrorKind.Usage, $"line {lineNumber} of the list holds control characters", "is it a list of entries?");
            }

            line.Append((char)letter);
        }

        return line.ToString();
    }

    // As strtol reads it: blanks, a sign, digits, and whatever follows. 0 where there is none, or one too large for an id.
    private static int LeadingNumber(string line)
    {
        ReadOnlySpan<char> text = line.AsSpan().TrimStart(Blanks);
        int length = text is ['+' or '-', ..] ? 1 : 0;
        while (length < text.Length && char.IsAsciiDigit(text[length]))
        {
            length++;
        }

        return int.TryParse(text[..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : 0;
    }
}
