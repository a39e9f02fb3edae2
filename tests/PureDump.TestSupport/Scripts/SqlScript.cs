using System.Text.RegularExpressions;

namespace PureDump.TestSupport;

/// <summary>
/// A psql script cut into statements, in order. Written apart from the product's lexer on purpose: what the tests load
/// must not depend on the code they test.
/// </summary>
internal sealed partial class SqlScript(string text)
{
    private int position;

    /// <summary>The session's setting; a script may change it on its way.</summary>
    public bool StandardConformingStrings { get; set; } = true;

    /// <summary>
    /// The next statement without its semicolon and without comments before it, or null at the end. Backslash lines
    /// that only matter to psql (<c>\connect</c>, <c>\restrict</c>) are passed over.
    /// </summary>
    /// <exception cref="FormatException">A backslash command a replay cannot do without.</exception>
    public string? NextStatement()
    {
        while (true)
        {
            SkipBlankAndComments();
            if (position == text.Length)
            {
                return null;
            }

            if (text[position] == '\\')
            {
                SkipMetaCommand();
            }
            else if (text[position] == ';')
            {
                position++;
            }
            else
            {
                return ReadStatement();
            }
        }
    }

    /// <summary>The data lines after <c>COPY ... FROM stdin;</c>, up to and without the line <c>\.</c>.</summary>
    public IEnumerable<string> CopyLines()
    {
        position = AfterLine(position);
        while (true)
        {
            var next = AfterLine(position);
            var line = text[position..next].TrimEnd('\n');
            position = next;
            if (line == "\\.")
            {
                yield break;
            }

            yield return line;
        }
    }

    /// <summary>Whether data lines follow <paramref name="statement"/> in the script.</summary>
    public static bool IsCopyFromScript(string statement) => CopyFromStdin().IsMatch(statement);

    private string ReadStatement()
    {
        var start = position;
        var parentheses = 0;
        var atomicDepth = 0;
        var previousWord = "";
        while (position < text.Length)
        {
            var c = text[position];
            if (c == ';' && parentheses == 0 && atomicDepth == 0)
            {
                return text[start..position++];
            }

            if (IsWordStart(c))
            {
                var word = ReadWord();
                if (position < text.Length && text[position] == '\'' && word is "e" or "E")
                {
                    SkipString('\'', escapes: true);
                }
                else
                {
                    // BEGIN ATOMIC ... END holds semicolons of its own; CASE is what else ends with END.
                    if (
                        previousWord.Equals("BEGIN", StringComparison.OrdinalIgnoreCase)
                        && word.Equals("ATOMIC", StringComparison.OrdinalIgnoreCase))
                    {
                        atomicDepth = 1;
                    }
                    else if (atomicDepth > 0 && word.Equals("CASE", StringComparison.OrdinalIgnoreCase))
                    {
                        atomicDepth++;
                    }
                    else if (atomicDepth > 0 && word.Equals("END", StringComparison.OrdinalIgnoreCase))
                    {
                        atomicDepth--;
                    }
                }

                previousWord = word;
                continue;
            }

            switch (c)
            {
                case '\'':
                    SkipString('\'', escapes: !StandardConformingStrings);
                    break;
                case '"':
                    SkipString('"', escapes: false);
                    break;
                case '$' when DollarTag().Match(text, position) is { Success: true } tag && tag.Index == position:
                    position = text.IndexOf(tag.Value, position + tag.Length, StringComparison.Ordinal) is >= 0 and var end
                        ? end + tag.Length
                        : throw new FormatException($"dollar quote {tag.Value} is not closed");
                    break;
                case '-' or '/' when IsCommentStart():
                    SkipComment();
                    break;
                default:
                    parentheses += c switch { '(' => 1, ')' => -1, _ => 0 };
                    position++;
                    break;
            }
        }

        return text[start..].TrimEnd();
    }

    private static bool IsWordStart(char c) => char.IsLetter(c) || c == '_';

    private string ReadWord()
    {
        var start = position;
        while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] is '_' or '$'))
        {
            position++;
        }

        return text[start..position];
    }

    private void SkipString(char quote, bool escapes)
    {
        for (position++; position < text.Length; position++)
        {
            if (escapes && text[position] == '\\')
            {
                position++;
            }
            else if (text[position] == quote)
            {
                position++;
                if (position == text.Length || text[position] != quote)
                {
                    return;
                }
            }
        }

        throw new FormatException($"a string in {quote} is not closed");
    }

    private void SkipBlankAndComments()
    {
        while (position < text.Length)
        {
            if (char.IsWhiteSpace(text[position]) || text[position] == '\uFEFF')
            {
                position++;
            }
            else if (IsCommentStart())
            {
                SkipComment();
            }
            else
            {
                return;
            }
        }
    }

    private bool IsCommentStart() =>
        string.CompareOrdinal(text, position, "--", 0, 2) == 0 || string.CompareOrdinal(text, position, "/*", 0, 2) == 0;

    private void SkipComment()
    {
        if (text[position] == '-')
        {
            position = AfterLine(position);
            return;
        }

        var depth = 0;
        do
        {
            if (string.CompareOrdinal(text, position, "/*", 0, 2) == 0)
            {
                depth++;
                position += 2;
            }
            else if (string.CompareOrdinal(text, position, "*/", 0, 2) == 0)
            {
                depth--;
                position += 2;
            }
            else
            {
                position++;
            }
        }
        while (depth > 0 && position < text.Length);
    }

    private void SkipMetaCommand()
    {
        var next = AfterLine(position);
        var line = text[position..next].Trim();
        if (!HarmlessMetaCommand().IsMatch(line))
        {
            throw new FormatException($"cannot replay `{line}` without psql");
        }

        position = next;
    }

    private int AfterLine(int from) => text.IndexOf('\n', from) is >= 0 and var end ? end + 1 : text.Length;

    [GeneratedRegex(@"^\s*COPY\s.*\sFROM\s+STDIN\b", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex CopyFromStdin();

    [GeneratedRegex(@"\G\$([\p{L}_][\p{L}\p{Nd}_]*)?\$")]
    private static partial Regex DollarTag();

    [GeneratedRegex(@"^\\(c|connect|restrict|unrestrict|encoding|echo|set)\b")]
    private static partial Regex HarmlessMetaCommand();
}
