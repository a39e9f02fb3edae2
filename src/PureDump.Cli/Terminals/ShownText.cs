using System.Buffers;
using System.Globalization;
using System.Text;

namespace PureDump.Cli.Terminals;

/// <summary>
/// Text that a terminal or a log can be given, whoever wrote it: nothing in it moves the cursor, changes a colour, turns the
/// direction of writing or begins a line that looks like the program's own. What does not stand for itself stands as
/// <c>\u001b</c>, as in JSON; a backslash that only looks like the beginning of that stands as <c>\u005c</c>, so that
/// the text can be had back.
/// </summary>
/// <remarks>
/// <para>What cannot be read is shown as <c>\u001b</c>, a backslash only where it looks like that: one way back for people, and the same
/// escape as in JSON; a name with backslashes stays as it is. The two joiners stay: Persian and Indic words need them.</para>
/// <para>Under a client's name (<c>psql:</c>, <c>pg_restore:</c>) lines of a message stand where libpq puts them; only those that begin as
/// the client's own are indented: programs look for <c>DETAIL:</c> and <c>HINT:</c> at the beginning of a line. What <c>psql</c> prints as
/// results or echoes of the user's own text (<c>-a</c>, <c>-e</c>) is data.</para>
/// </remarks>
internal readonly record struct ShownText
{
    /// <summary>Who speaks where no client of PostgreSQL is stood for.</summary>
    public const string Program = "puredump";

    private const string Indent = "  ";

    private static readonly SearchValues<char> s_hexDigits = SearchValues.Create("0123456789abcdef");

    private ShownText(string value) => Value = value;

    /// <summary>The text; lines end with a line feed, the last one without.</summary>
    public string Value { get; }

    /// <summary>A message: its lines after the first are indented.</summary>
    public static ShownText Of(string message) => new(Indented(Escaped(message.TrimEnd('\n'), keepsLines: true), static _ => true));

    /// <summary>
    /// A message in the layout of a client of PostgreSQL, whose users look for <c>DETAIL:</c> and <c>HINT:</c> at the beginning of
    /// a line: only a line after the first that begins as those of the client, or of the program, do is indented.
    /// </summary>
    /// <param name="message">The message; one line feed at its end is its line's, more are blank lines that the client leaves too.</param>
    /// <param name="client">The client's name.</param>
    public static ShownText OfClient(string message, string client) =>
        new(
            Indented(
                Escaped(message.EndsWith('\n') ? message[..^1] : message, keepsLines: true),
                line => Begins(line, client) || Begins(line, Program)));

    /// <summary>A message as <paramref name="speaker"/> says it: the program itself, or a client of PostgreSQL that it stands
    /// for.</summary>
    public static ShownText By(string speaker, string message) => speaker == Program ? Of(message) : OfClient(message, speaker);

    /// <summary>A name, or whatever else has to stay in the line it stands in.</summary>
    public static string Line(string text) => Escaped(text, keepsLines: false);

    /// <summary>Lines of the program's own making, of which none may have been brought in from outside.</summary>
    public static string Lines(string text) => Escaped(text, keepsLines: true);

    /// <summary>Messages one below the other.</summary>
    public static ShownText Join(IEnumerable<ShownText> messages) =>
        new(string.Join('\n', messages.Select(static message => message.Value)));

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool Begins(string line, string speaker) =>
        line.Length > speaker.Length && line[speaker.Length] == ':' && line.StartsWith(speaker, StringComparison.Ordinal);

    private static string Indented(string text, Func<string, bool> isIndented) =>
        text.Contains('\n', StringComparison.Ordinal)
            ? string.Join('\n', text.Split('\n').Select((line, i) => i > 0 && line.Length > 0 && isIndented(line) ? Indent + line : line))
            : text;

    private static string Escaped(string text, bool keepsLines)
    {
        StringBuilder? result = null;
        int done = 0;
        for (int at = 0; at < text.Length;)
        {
            int length = Rune.TryGetRuneAt(text, at, out Rune letter) ? letter.Utf16SequenceLength : 1;
            bool isShown =
                letter != default
                && (
                    letter.Value == '\n' ? keepsLines
                    : letter.Value == '\\' ? !BeginsEscape(text, at)
                    : IsShown(letter));
            if (!isShown)
            {
                result ??= new StringBuilder(text.Length + 16);
                result.Append(text, done, at - done);
                for (int i = at; i < at + length; i++)
                {
                    result.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
                }

                done = at + length;
            }

            at += length;
        }

        return result is null ? text : result.Append(text, done, text.Length - done).ToString();
    }

    private static bool BeginsEscape(string text, int at) =>
        at + 6 <= text.Length && text[at + 1] == 'u' && text.AsSpan(at + 2, 4).IndexOfAnyExcept(s_hexDigits) < 0;

    // Without the two joiners: Persian, the scripts of India and some pictures are not written right without them, and they move nothing.
    private static bool IsShown(Rune letter) => Rune.GetUnicodeCategory(letter) switch
    {
        UnicodeCategory.Control => letter.Value == '\t',
        UnicodeCategory.Format => letter.Value is 0x200c or 0x200d,
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        _ => true,
    };
}
