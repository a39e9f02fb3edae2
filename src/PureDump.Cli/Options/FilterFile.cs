using System.Text;
using PureDump.Cli.Terminals;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog;
using PureDump.Storage.Local;

namespace PureDump.Cli.Options;

/// <summary>
/// Reads a filter file: lines of <c>include</c> or <c>exclude</c>, a kind of object and a pattern; blank lines, and comments
/// from <c>#</c> on. Names in double quotes may go on over line breaks (pg_dump's filter.c, whose messages these are).
/// </summary>
internal sealed class FilterFile
{
    private const string Separators = "#,.()\"";

    // What the messages call them, and who can include and exclude them.
    private static readonly (string Keyword, FilterObject Object, string Name, FilterUses CanInclude, FilterUses CanExclude)[] s_objects =
    [
        ("table", FilterObject.Table, "table", FilterUses.Dump | FilterUses.Restore, FilterUses.Dump),
        ("table_and_children", FilterObject.TableAndChildren, "table and children", FilterUses.Dump, FilterUses.Dump),
        ("table_data", FilterObject.TableData, "table data", FilterUses.None, FilterUses.Dump),
        ("table_data_and_children", FilterObject.TableDataAndChildren, "table data and children", FilterUses.None, FilterUses.Dump),
        ("schema", FilterObject.Schema, "schema", FilterUses.Dump | FilterUses.Restore, FilterUses.Dump | FilterUses.Restore),
        ("extension", FilterObject.Extension, "extension", FilterUses.Dump, FilterUses.Dump),
        ("foreign_data", FilterObject.ForeignData, "foreign data", FilterUses.Dump, FilterUses.None),
        ("database", FilterObject.Database, "database", FilterUses.None, FilterUses.Cluster),
        ("function", FilterObject.Function, "function", FilterUses.Restore, FilterUses.None),
        ("index", FilterObject.Index, "index", FilterUses.Restore, FilterUses.None),
        ("trigger", FilterObject.Trigger, "trigger", FilterUses.Restore, FilterUses.None),
    ];

    private readonly TextReader _input;
    private readonly string? _path;
    private readonly FilterUses _use;
    private int _lineNumber;

    private FilterFile(TextReader input, string? path, FilterUses use)
    {
        _input = input;
        _path = path;
        _use = use;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its name; <c>-</c> is standard input.</param>
    /// <param name="surroundings">With standard input.</param>
    /// <param name="use">What for.</param>
    /// <exception cref="PureDumpException">It cannot be read (<see cref="ErrorKind.File"/>), or a line is malformed or asks
    /// for what cannot be done (<see cref="ErrorKind.Usage"/>); the message has the number of the line.</exception>
    public static List<FilterItem> Read(string path, Surroundings surroundings, FilterUses use)
    {
        if (path == "-")
        {
            return Read(Lines(surroundings.Input), null, use);
        }

        FileStream stream;
        try
        {
            stream = InputFile.Open(path);
        }
        catch (PureDumpException e) when (e.InnerException is not null)
        {
            throw FileErrors.TranslateAsErrno(e.InnerException, $"could not open filter file \"{path}\"");
        }

        using (stream)
        {
            return Read(Lines(stream), path, use);
        }
    }

    /// <summary>Reads a filter.</summary>
    /// <param name="input">The lines.</param>
    /// <param name="path">Where they come from, for messages; null is standard input.</param>
    /// <param name="use">What for.</param>
    /// <exception cref="PureDumpException">As above.</exception>
    public static List<FilterItem> Read(TextReader input, string? path, FilterUses use)
    {
        var file = new FilterFile(input, path, use);
        var items = new List<FilterItem>();
        while (file.NextLine() is { } line)
        {
            int at = SkipSpace(line, 0);
            if (at < line.Length && line[at] != '#')
            {
                items.Add(file.ReadItem(line, at));
            }
        }

        return items;
    }

    private static StringReader Lines(Stream stream) => new(string.Join('\n', TypedText.ReadLines(stream)));

    private string? NextLine()
    {
        string? line = _input.ReadLine();
        _lineNumber += line is null ? 0 : 1;
        return line;
    }

    private FilterItem ReadItem(string line, int at)
    {
        bool isInclude = Word(line, ref at) switch
        {
            var word when IsKeyword(word, "include") => true,
            var word when IsKeyword(word, "exclude") => false,
            _ => throw Malformed("invalid filter command (expected \"include\" or \"exclude\")"),
        };
        string keyword = Word(line, ref at);
        if (keyword.Length == 0)
        {
            throw Malformed("missing filter object type");
        }

        int kind = Array.FindIndex(s_objects, known => IsKeyword(keyword, known.Keyword));
        if (kind < 0)
        {
            throw Malformed($"unsupported filter object type: \"{keyword}\"");
        }

        string pattern = ReadPattern(line, at);
        if (_use == FilterUses.Cluster && !isInclude && s_objects[kind].Object != FilterObject.Database)
        {
            throw Malformed("unsupported filter object");
        }

        if (((isInclude ? s_objects[kind].CanInclude : s_objects[kind].CanExclude) & _use) == 0)
        {
            throw Malformed($"{(isInclude ? "include" : "exclude")} filter for \"{s_objects[kind].Name}\" is not allowed");
        }

        return new FilterItem(isInclude, s_objects[kind].Object, pattern);
    }

    // Blanks count only between words: not around dots and parentheses, one behind a comma.
    private string ReadPattern(string line, int at)
    {
        at = SkipSpace(line, at);
        if (at == line.Length)
        {
            throw Malformed("missing object name pattern");
        }

        var pattern = new StringBuilder();
        bool skipsSpace = true;
        bool hasSpace = false;
        while (at < line.Length && line[at] != '#')
        {
            while (at < line.Length && !IsSpace(line[at]) && !Separators.Contains(line[at], StringComparison.Ordinal))
            {
                if (hasSpace && !skipsSpace)
                {
                    pattern.Append(' ');
                    skipsSpace = true;
                }

                pattern.Append(line[at++]);
            }

            skipsSpace = false;
            switch (at < line.Length ? line[at] : '\0')
            {
                case '"':
                    pattern.Append(hasSpace ? " " : "");
                    ReadQuoted(ref line, ref at, pattern);
                    break;
                case ',':
                    pattern.Append(", ");
                    skipsSpace = true;
                    at++;
                    break;
                case '.' or '(' or ')':
                    pattern.Append(line[at++]);
                    skipsSpace = true;
                    break;
            }

            int next = SkipSpace(line, at);
            hasSpace = next > at;
            at = next;
        }

        return pattern.ToString();
    }

    // The quotes stay, for the pattern to be taken apart later. \n and \\ stand for what they do in C.
    private void ReadQuoted(ref string line, ref int at, StringBuilder pattern)
    {
        pattern.Append('"');
        at++;
        while (true)
        {
            if (at >= line.Length)
            {
                line = NextLine() ?? throw Malformed("unexpected end of file");
                pattern.Append('\n');
                at = 0;
                continue;
            }

            char letter = line[at++];
            if (letter == '"')
            {
                pattern.Append('"');
                if (at >= line.Length || line[at] != '"')
                {
                    return;
                }

                pattern.Append('"');
                at++;
            }
            else if (letter == '\\')
            {
                char escaped = at < line.Length ? line[at++] : '\0';
                pattern.Append(escaped switch { 'n' => "\n", '\\' => "\\", _ => "" });
            }
            else
            {
                pattern.Append(letter == '\r' ? "" : letter);
            }
        }
    }

    private static string Word(string line, ref int at)
    {
        int begin = SkipSpace(line, at);
        at = begin;
        while (at < line.Length && !IsSpace(line[at]))
        {
            at++;
        }

        return line[begin..at];
    }

    private static int SkipSpace(string line, int at)
    {
        while (at < line.Length && IsSpace(line[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsSpace(char letter) => letter is ' ' or (>= '\t' and <= '\r');

    private static bool IsKeyword(string word, string keyword) => word.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    private PureDumpException Malformed(string message) => new(
        ErrorKind.Usage,
        $"invalid format in filter read from {(_path is null ? "standard input" : $"file \"{_path}\"")} on line {_lineNumber}: {message}");
}
