using System.Buffers;
using PureDump.Formats.Pg;

namespace PureDump.Formats.Script;

/// <summary>Why <see cref="SqlLexer.Scan"/> came back.</summary>
internal enum LexerStop
{
    /// <summary>More bytes are needed; those that are not consumed must be given again.</summary>
    NeedsMore,

    /// <summary>A semicolon ended the statement.</summary>
    Semicolon,

    /// <summary>A backslash outside quotes: what follows is a command for the client. The backslash is consumed.</summary>
    Backslash,

    /// <summary>A variable whose <see cref="SqlLexer.Expansion"/> is to be read before what follows.</summary>
    Variable,
}

/// <summary>
/// Cuts a script into statements the way psql does (psqlscan.l), where psql's way and the server's differ the server's
/// (scan.l). Knows no more of SQL than where a semicolon counts: quotes, comments, parentheses, bodies between BEGIN ATOMIC
/// and END. A pure state machine: the same bytes give the same statements, wherever they are cut into pieces.
/// Two texts are read side by side: the script, which is kept, and its marks, in which all rules look. They differ in the encodings
/// that only clients use, where <see cref="ClientCharacters.Mask"/> leaves of each character but its first byte.
/// </summary>
internal sealed class SqlLexer
{
    /// <summary>The longest name of a variable or tag of a dollar quote; its bytes must be seen together.</summary>
    public const int TokenLengthMax = 1 << 16;

    // Longer words are no keywords, and are taken in pieces.
    private const int WordLengthMax = TokenLengthMax / 2;

    private static readonly SearchValues<byte> s_commentMarks = SearchValues.Create("/*"u8);

    private readonly StatementWords _markedWords = new();

    private Mode _mode;
    private int _parenthesisDepth;
    private int _commentDepth;
    private byte[] _dollarTag = [];
    private byte[] _dollarTagMarks = [];
    private bool _isLineEmpty = true;
    private int _markedLength;
    private int _markedParenthesisDepth;

    // Where the quote stands that opened the literal, if that says nothing of escapes and one in it would have to be told; else -1.
    private int _untoldLiteral = -1;

    // The literal that was closed last, while only blanks and "--" comments came since: the next quote may go on with it.
    private Mode _closed;
    private bool _isClosedAdjacent;
    private bool _isNewlineSinceClosed;

    private enum Mode
    {
        Plain,
        Word,
        Literal,
        EscapedLiteral,
        Name,
        Dollar,
        Comment,
        LineComment,
    }

    /// <summary>The statement so far, as psql sends it: without what stands before its first token and without empty lines.</summary>
    public StatementBuffer Statement { get; } = new();

    /// <summary>What its words say.</summary>
    public StatementWords Words { get; } = new();

    /// <summary>The session's setting: false makes a backslash in any literal escape what follows.</summary>
    public bool StandardConformingStrings { get; set; } = true;

    /// <summary>
    /// The server knows only the setting that is on: where <see cref="StandardConformingStrings"/> is off, a literal with a backslash is
    /// given the <c>E</c> that says so.
    /// </summary>
    public bool TellsEscapes { get; set; }

    /// <summary>The characters of the script's encoding; null where each byte can be looked at for itself.</summary>
    public ClientCharacters? Characters { get; set; }

    /// <summary>What <c>:name</c> stands for; null where nothing does.</summary>
    public IScriptVariables? Variables { get; set; }

    /// <summary>The text that <see cref="LexerStop.Variable"/> stands for.</summary>
    public byte[] Expansion { get; private set; } = [];

    /// <summary>The name of that variable.</summary>
    public string ExpansionName { get; private set; } = "";

    /// <summary>True inside quotes or a comment that can go on over lines.</summary>
    public bool IsInQuotes => _mode is not (Mode.Plain or Mode.Word or Mode.LineComment);

    /// <summary>Begins a new statement.</summary>
    public void Restart()
    {
        Statement.Clear();
        Words.Restart();
        _mode = Mode.Plain;
        _closed = Mode.Plain;
        _parenthesisDepth = 0;
    }

    /// <summary>Remembers how far the statement is.</summary>
    public void Mark()
    {
        (_markedLength, _markedParenthesisDepth) = (Statement.Length, _parenthesisDepth);
        _markedWords.Set(Words);
    }

    /// <summary>Forgets what was read since <see cref="Mark"/>.</summary>
    public void ReturnToMark()
    {
        Statement.Truncate(_markedLength);
        Words.Set(_markedWords);
        _parenthesisDepth = _markedParenthesisDepth;
        _mode = Mode.Plain;
        _closed = Mode.Plain;
    }

    /// <summary>The next byte begins a line; needed where lines were read by somebody else.</summary>
    public void BeginLine() => _isLineEmpty = true;

    /// <summary>Reads on.</summary>
    /// <param name="input">What comes next of the script.</param>
    /// <param name="inputMarks">Its marks: the same bytes where <see cref="Characters"/> is null.</param>
    /// <param name="isLast">Nothing of the script that a token could go on into follows these bytes.</param>
    /// <param name="consumed">How many bytes are done with.</param>
    public LexerStop Scan(ReadOnlySpan<byte> input, ReadOnlySpan<byte> inputMarks, bool isLast, out int consumed)
    {
        consumed = 0;
        while (consumed < input.Length)
        {
            ReadOnlySpan<byte> rest = input[consumed..];
            ReadOnlySpan<byte> marks = inputMarks.Slice(consumed, rest.Length);
            LexerStop stop = LexerStop.NeedsMore;
            int count = _mode switch
            {
                Mode.Plain => TakeToken(rest, marks, isLast, out stop),
                Mode.Word => TakeRestOfWord(rest, marks, isLast, out stop),
                Mode.Literal or Mode.Name => TakeQuoted(rest, marks, _mode == Mode.Name ? (byte)'"' : (byte)'\''),
                Mode.EscapedLiteral => TakeEscaped(rest, marks, isLast),
                Mode.Dollar => TakeDollarQuoted(rest, marks, isLast),
                Mode.Comment => TakeComment(rest, marks, isLast),
                _ => TakeLineComment(rest, marks),
            };
            consumed += count;
            if (stop != LexerStop.NeedsMore)
            {
                return stop;
            }

            if (count == 0)
            {
                break;
            }
        }

        return LexerStop.NeedsMore;
    }

    private static bool BeginsName(byte value) =>
        value is >= (byte)'a' and <= (byte)'z' or >= (byte)'A' and <= (byte)'Z' or (byte)'_' or >= 0x80;

    private static bool IsDigit(byte value) => value is >= (byte)'0' and <= (byte)'9';

    // One token outside quotes. 0 where more bytes are needed to tell what it is.
    private int TakeToken(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> marks, bool isLast, out LexerStop stop)
    {
        stop = LexerStop.NeedsMore;
        byte first = marks[0];
        if (first is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\v' or (byte)'\f')
        {
            return TakeBlank(first);
        }

        if (BeginsName(first))
        {
            return TakeWord(rest, marks, isLast);
        }

        if (first is (byte)'-' or (byte)'/' && rest.Length == 1 && !isLast)
        {
            return 0;
        }

        byte second = marks.Length > 1 ? marks[1] : (byte)0;
        if (first == (byte)'-' && second == (byte)'-')
        {
            // It keeps a literal open for continuation, as blanks do.
            _isClosedAdjacent = false;
            _isLineEmpty = false;
            _mode = Mode.LineComment;
            return TakeLineComment(rest, marks);
        }

        if (first == (byte)'\'')
        {
            OpenLiteral();
            return Echo(rest[..1]);
        }

        _closed = Mode.Plain;
        switch (first)
        {
            case (byte)'/' when second == (byte)'*':
                _mode = Mode.Comment;
                _commentDepth = 1;
                return Echo(rest[..2]);
            case (byte)'"':
                Words.Other();
                _mode = Mode.Name;
                return Echo(rest[..1]);
            case (byte)'$':
                Words.Other();
                return TakeDollar(rest, marks, isLast);
            case (byte)'(':
                Words.Other();
                _parenthesisDepth++;
                return Echo(rest[..1]);
            case (byte)')':
                Words.Other();
                _parenthesisDepth = Math.Max(0, _parenthesisDepth - 1);
                return Echo(rest[..1]);
            case (byte)';':
                return TakeSemicolon(rest, out stop);
            case (byte)'\\':
                return TakeBackslash(rest, marks, isLast, out stop);
            case (byte)':':
                return TakeColon(rest, marks, isLast, out stop);
            default:
                Words.Other();
                return Echo(rest[..1]);
        }
    }

    private int Echo(ReadOnlySpan<byte> bytes)
    {
        _isLineEmpty = false;
        Statement.Append(bytes);
        return bytes.Length;
    }

    // psql sends neither what stands before a statement nor empty lines in it; the line numbers of the server's errors are
    // counted in what is sent.
    private int TakeBlank(byte blank)
    {
        bool isNewline = blank == (byte)'\n';
        _isClosedAdjacent = false;
        _isNewlineSinceClosed |= isNewline || blank == (byte)'\r';
        if (Statement.Length > 0 && !(isNewline && _isLineEmpty))
        {
            Statement.Append(blank);
        }

        _isLineEmpty = isNewline;
        return 1;
    }

    private int TakeWord(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> marks, bool isLast)
    {
        int length = WordLength(marks, isLast, out bool mayGoOn);
        if (mayGoOn)
        {
            if (length < WordLengthMax)
            {
                return 0;
            }

            _mode = Mode.Word;
        }

        _closed = Mode.Plain;
        ReadOnlySpan<byte> word = marks[..length];
        int start = LiteralStart(marks, isLast, out bool needsMore);
        if (length == 1 && start > 0)
        {
            Words.Other();
            _mode = marks[0] is (byte)'e' or (byte)'E' ? Mode.EscapedLiteral : Mode.Literal;
            _untoldLiteral = -1;
            return Echo(rest[..start]);
        }

        if (length == 1 && needsMore)
        {
            return 0;
        }

        Words.Take(word, _parenthesisDepth);
        return Echo(rest[..length]);
    }

    // How long the beginning of a literal is whose kind says what a backslash is, whatever the setting: E'…', B'…', X'…', U&'…'. 0 where it
    // is none.
    private static int LiteralStart(ReadOnlySpan<byte> marks, bool isLast, out bool needsMore)
    {
        int quote = marks[0] switch
        {
            (byte)'e' or (byte)'E' or (byte)'b' or (byte)'B' or (byte)'x' or (byte)'X' => 1,
            (byte)'u' or (byte)'U' when marks.Length > 1 && marks[1] == (byte)'&' => 2,
            _ => 0,
        };
        needsMore = quote == marks.Length && !isLast;
        return quote > 0 && quote < marks.Length && marks[quote] == (byte)'\'' ? quote + 1 : 0;
    }

    private int TakeRestOfWord(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> marks, bool isLast, out LexerStop stop)
    {
        int length = WordLength(marks, isLast, out bool mayGoOn);
        if (!mayGoOn)
        {
            _mode = Mode.Plain;
        }

        stop = LexerStop.NeedsMore;
        return length > 0 ? Echo(rest[..length]) : mayGoOn ? 0 : TakeToken(rest, marks, isLast, out stop);
    }

    // How much of the text belongs to a word; whether what follows the text can belong to it too.
    private static int WordLength(ReadOnlySpan<byte> marks, bool isLast, out bool mayGoOn)
    {
        int length = 0;
        while (length < marks.Length && IsOfWord(marks[length]))
        {
            length++;
        }

        mayGoOn = length == marks.Length && !isLast;
        return length;
    }

    private void OpenLiteral()
    {
        Words.Other();
        bool goesOn = _closed != Mode.Plain && (_isClosedAdjacent || _isNewlineSinceClosed);
        if (!goesOn)
        {
            _untoldLiteral = TellsEscapes && !StandardConformingStrings ? Statement.Length : -1;
        }

        _mode = goesOn ? _closed : StandardConformingStrings ? Mode.Literal : Mode.EscapedLiteral;
        _closed = Mode.Plain;
    }

    private int TakeSemicolon(ReadOnlySpan<byte> rest, out LexerStop stop)
    {
        Words.Other();
        stop = _parenthesisDepth == 0 && !Words.IsInBody ? LexerStop.Semicolon : LexerStop.NeedsMore;
        return Echo(rest[..1]);
    }

    private int TakeBackslash(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> marks, bool isLast, out LexerStop stop)
    {
        stop = LexerStop.NeedsMore;
        if (rest.Length == 1 && !isLast)
        {
            return 0;
        }

        Words.Other();
        if (marks is [_, (byte)';' or (byte)':', ..])
        {
            // A semicolon that does not end the statement: the server gets several in one message.
            if (marks[1] == (byte)';')
            {
                Words.RestartInBatch();
            }

            return 1 + Echo(rest.Slice(1, 1));
        }

        // A line with nothing but a command is an empty one for the statement around it.
        stop = LexerStop.Backslash;
        return 1;
    }

    private int TakeDollar(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> marks, bool isLast)
    {
        int length = 1;
        if (length < marks.Length && IsDigit(marks[length]))
        {
            while (length < marks.Length && IsDigit(marks[length]))
            {
                length++;
            }

            return length == rest.Length && !isLast ? 0 : Echo(rest[..length]);
        }

        while (length < marks.Length && (BeginsName(marks[length]) || IsDigit(marks[length])))
        {
            length++;
        }

        if (length == rest.Length)
        {
            return isLast ? Echo(rest[..1]) : 0;
        }

        if (marks[length] != (byte)'$')
        {
            return Echo(rest[..1]);
        }

        length++;
        (_dollarTag, _dollarTagMarks) = (rest[..length].ToArray(), marks[..length].ToArray());
        _mode = Mode.Dollar;
        return Echo(rest[..length]);
    }

    // psql compares the mask of the closing tag with the opening one, and misses one with a character of several bytes; the server
    // does not.
    private int TakeDollarQuoted(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> marks, bool isLast)
    {
        int from = 0;
        for (int at; (at = rest[from..].IndexOf(_dollarTag)) >= 0; from += at + 1)
        {
            int end = from + at + _dollarTag.Length;
            if (marks[(from + at)..end].SequenceEqual(_dollarTagMarks))
            {
                _mode = Mode.Plain;
                return Echo(rest[..end]);
            }
        }

        // The tag may have begun.
        int kept = isLast ? 0 : Math.Min(rest.Length, _dollarTag.Length - 1);
        return kept == rest.Length ? 0 : Echo(rest[..^kept]);
    }

    private int TakeQuoted(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> marks, byte quote)
    {
        int at = marks.IndexOf(quote);
        if (at < 0)
        {
            return Echo(rest);
        }

        CloseLiteral();
        return Echo(rest[..(at + 1)]);
    }

    private int TakeEscaped(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> marks, bool isLast)
    {
        int at = marks.IndexOfAny((byte)'\'', (byte)'\\');
        if (at < 0)
        {
            return Echo(rest);
        }

        if (marks[at] == (byte)'\'')
        {
            CloseLiteral();
            return Echo(rest[..(at + 1)]);
        }

        TellEscapes();
        if (at + 1 == rest.Length && !isLast)
        {
            return at == 0 ? 0 : Echo(rest[..at]);
        }

        return Echo(rest[..Math.Min(rest.Length, at + 2)]);
    }

    // What stands before the quote stays a word of its own; N'…' is a way to write NCHAR '…' (scan.l, xnstart).
    private void TellEscapes()
    {
        if (_untoldLiteral < 0)
        {
            return;
        }

        ReadOnlySpan<byte> before = Statement.Bytes[.._untoldLiteral];
        bool isWord = before is [.., var last] && IsOfWord(last);
        bool isNational = before is [.., (byte)'n' or (byte)'N'] && (before.Length == 1 || !IsOfWord(before[^2]));
        Statement.Insert(_untoldLiteral, isNational ? "CHAR E"u8 : isWord ? " E"u8 : "E"u8);
        _untoldLiteral = -1;
    }

    private static bool IsOfWord(byte value) => BeginsName(value) || IsDigit(value) || value == (byte)'$';

    private void CloseLiteral()
    {
        if (_mode != Mode.Name)
        {
            _closed = _mode;
            _isClosedAdjacent = true;
            _isNewlineSinceClosed = false;
        }

        _mode = Mode.Plain;
    }

    private int TakeComment(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> marks, bool isLast)
    {
        int at = marks.IndexOfAny(s_commentMarks);
        if (at < 0)
        {
            return Echo(rest);
        }

        if (at + 1 == rest.Length)
        {
            return isLast ? Echo(rest) : at == 0 ? 0 : Echo(rest[..at]);
        }

        if (marks[at] == (byte)'/' && marks[at + 1] == (byte)'*')
        {
            _commentDepth++;
            return Echo(rest[..(at + 2)]);
        }

        if (marks[at] == (byte)'*' && marks[at + 1] == (byte)'/')
        {
            _commentDepth--;
            _mode = _commentDepth == 0 ? Mode.Plain : Mode.Comment;
            return Echo(rest[..(at + 2)]);
        }

        return Echo(rest[..(at + 1)]);
    }

    // Up to the end of the line, which is left for the blanks.
    private int TakeLineComment(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> marks)
    {
        int end = marks.IndexOfAny((byte)'\n', (byte)'\r');
        if (end >= 0)
        {
            _mode = Mode.Plain;
        }

        int length = end < 0 ? rest.Length : end;
        if (Statement.Length > 0)
        {
            Statement.Append(rest[..length]);
        }

        if (length == 0)
        {
            return TakeBlank(rest[0]);
        }

        return length;
    }

    private int TakeColon(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> marks, bool isLast, out LexerStop stop)
    {
        stop = LexerStop.NeedsMore;
        VariableReference? reference = VariableReference.Find(marks, isLast, out bool needsMore);
        if (needsMore)
        {
            return 0;
        }

        Words.Other();
        if (reference is not { } found)
        {
            // "::" is one token: what follows is a type, not a variable.
            return Echo(rest[..(rest.Length > 1 && marks[1] == (byte)':' ? 2 : 1)]);
        }

        ReadOnlySpan<byte> name = rest.Slice(found.NameStart, found.NameLength);
        byte[] value = [];
        bool isSet = Variables?.TryGet(name, out value) ?? false;
        if (found.Kind == VariableKind.Test)
        {
            Echo(isSet ? "TRUE"u8 : "FALSE"u8);
        }
        else if (!isSet)
        {
            Echo(rest[..found.Length]);
        }
        else if (found.Kind == VariableKind.Plain)
        {
            _isLineEmpty = false;
            Expansion = value;
            ExpansionName = System.Text.Encoding.Latin1.GetString(name);
            stop = LexerStop.Variable;
        }
        else
        {
            Echo(VariableReference.Quoted(value, found.Kind, Characters) ?? rest[..found.Length]);
        }

        return found.Length;
    }
}
