using System.Text;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;

namespace PureDump.Formats.Script;

/// <summary>What a script holds next.</summary>
public enum ScriptPart
{
    /// <summary>The script is over.</summary>
    End,

    /// <summary>A statement, <see cref="ScriptReader.Statement"/>.</summary>
    Statement,

    /// <summary>A command for the client, <see cref="ScriptReader.Command"/>.</summary>
    Command,
}

/// <summary>
/// Reads a psql script front to back: statements, backslash commands, and the rows that stand behind a COPY. Holds one
/// statement and a window of the script, never rows.
/// </summary>
public sealed class ScriptReader
{
    /// <summary>The longest line of a backslash command.</summary>
    public const int CommandLengthMax = 1 << 20;

    /// <summary>How many variables are put in their place in one statement. Without it forty of them, each of which names another twice,
    /// would take for ever and come to nothing.</summary>
    public const int ExpansionCountMax = 1 << 20;

    private const int KeptLengthMax = 1 << 20;
    private const int WindowSize = SqlLexer.TokenLengthMax;
    private const int ExpansionDepthMax = 64;

    private static readonly byte[] s_byteOrderMark = [0xef, 0xbb, 0xbf];

    private readonly Stream _input;
    private readonly SqlLexer _lexer;

    // Texts that come before the rest of the window: values of variables, and what follows a COPY on its line.
    private readonly List<PendingText> _pending = [];
    private byte[] _window = new byte[WindowSize];

    // The marks of the window, up to where its last whole character ends (see SqlLexer); the window itself where each byte can be
    // looked at for itself.
    private byte[] _marks;
    private int _markedEnd;
    private int _expansionCount;
    private int _start;
    private int _end;
    private int _echoedEnd;
    private bool _isInputOver;
    private bool _isBegun;
    private long _newlineCount;
    private bool _isAtLineStart = true;
    private string _encoding = "UTF8";
    private bool _isCopyOver;
    private bool _isCopyAtLineStart;
    private bool _skips;

    // The statement before, as far as it is not too long to be kept.
    private byte[] _kept = [];
    private int _keptLength;
    private int _keptCopyCount;
    private bool _isRecalled;

    /// <summary>A script.</summary>
    /// <param name="input">Its bytes; read no further than needed.</param>
    /// <param name="variables">What <c>:name</c> outside quotes stands for; null where nothing does.</param>
    public ScriptReader(Stream input, IScriptVariables? variables = null)
    {
        _input = input;
        _marks = _window;
        Variables = variables;
        _lexer = new SqlLexer { Variables = variables };
    }

    /// <summary>What <c>:name</c> stands for.</summary>
    public IScriptVariables? Variables { get; }

    /// <summary>The session's setting, which says what a backslash in a literal means. May change between two statements.</summary>
    public bool StandardConformingStrings
    {
        get => _lexer.StandardConformingStrings;
        set => _lexer.StandardConformingStrings = value;
    }

    /// <summary>
    /// The server does not know the setting off: <see cref="Statement"/> is what means the same where it is on. May change between two
    /// statements.
    /// </summary>
    public bool TellsEscapes
    {
        get => _lexer.TellsEscapes;
        set => _lexer.TellsEscapes = value;
    }

    /// <summary>The session's client encoding. May change between two statements.</summary>
    public string Encoding
    {
        get => _encoding;
        set
        {
            if (value != _encoding)
            {
                _encoding = value;
                _lexer.Characters = ClientCharacters.Of(value);
                MarkAnew();
            }
        }
    }

    /// <summary>
    /// Gets each line, without its end, before what stands on it is returned; but for rows. Null where nobody wants it: then
    /// a line is never held whole. May change between two statements.
    /// </summary>
    public Action<ReadOnlySpan<byte>>? Echo { get; set; }

    /// <summary>The statement, with its semicolon; valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> Statement => _lexer.Statement.Bytes;

    /// <summary>How many times the statement asks for rows out of the script.</summary>
    public int CopyFromStdinCount => _isRecalled ? _keptCopyCount : _lexer.Words.CopyFromStdinCount;

    /// <summary>
    /// True where statements are passed over, with the rows behind them: in a branch of an <c>\if</c> that is not taken. Commands are
    /// still returned. A statement that was begun before goes on behind it.
    /// </summary>
    public bool Skips
    {
        get => _skips;
        set
        {
            if (value && !_skips)
            {
                _lexer.Mark();
            }
            else if (!value && _skips)
            {
                _lexer.ReturnToMark();
            }

            _skips = value;
            _lexer.Variables = value ? null : Variables;
        }
    }

    /// <summary>The backslash command.</summary>
    public MetaCommand? Command { get; private set; }

    /// <summary>True where the rows that were read last ended with their mark; false where the script ended first.</summary>
    public bool HasCopyEndMark { get; private set; }

    /// <summary>The number of the line that was read last, 1 for the first: where the statement ends.</summary>
    public long Line => Math.Max(1, _newlineCount + (_isAtLineStart ? 0 : 1));

    /// <summary>Counts lines from here on: what was read before was no script.</summary>
    public void CountAnew() => _newlineCount = 0;

    /// <summary>The first bytes of the script, up to so many; nothing is consumed.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        while (_end - _start < count && Refill())
        {
        }

        return _window.AsSpan(_start, Math.Min(count, _end - _start));
    }

    /// <summary>Reads the next part.</summary>
    /// <exception cref="PureDumpException">A statement, a name or a line is longer than it can be, or holds a zero byte
    /// (<see cref="ErrorKind.ScriptRefused"/>).</exception>
    public ScriptPart Read()
    {
        BeginScript();
        if (Command is null)
        {
            Forget();
            _expansionCount = 0;
        }

        Command = null;
        while (true)
        {
            ReadOnlySpan<byte> text = Available(out ReadOnlySpan<byte> marks, out bool isLast);
            LexerStop stop = _lexer.Scan(text, marks, isLast, out int consumed);
            Consume(consumed);
            switch (stop)
            {
                case LexerStop.Semicolon:
                    if (Skips)
                    {
                        PassOverRows(_lexer.Words.CopyFromStdinCount);
                        _lexer.ReturnToMark();
                        break;
                    }

                    CheckZero();
                    return ScriptPart.Statement;
                case LexerStop.Backslash:
                    ReadCommand();
                    return ScriptPart.Command;
                case LexerStop.Variable:
                    Expand();
                    break;
                default:
                    if (_pending.Count > 0)
                    {
                        if (consumed == text.Length)
                        {
                            _pending.RemoveAt(_pending.Count - 1);
                        }
                    }
                    else if (!(Echo is null ? Refill() : EchoLine(Echo)) && _start == _end)
                    {
                        return Finish();
                    }

                    break;
            }
        }
    }

    /// <summary>Forgets a statement that was begun; what stands before a part that is skipped stays.</summary>
    public void Forget()
    {
        _isRecalled = false;
        if (Skips)
        {
            _lexer.ReturnToMark();
        }
        else
        {
            _lexer.Restart();
        }
    }

    /// <summary>Forgets the rest of the line.</summary>
    public void ForgetLine()
    {
        while (true)
        {
            ReadOnlySpan<byte> text = Available(out _, out _);
            int end = text.IndexOf((byte)'\n');
            Consume(end < 0 ? text.Length : end);
            if (_pending.Count > 0 && end < 0)
            {
                _pending.RemoveAt(_pending.Count - 1);
            }
            else if (end >= 0 || Echo is not null || !Refill())
            {
                // A line that is echoed was read whole.
                return;
            }
        }
    }

    /// <summary>Keeps the statement for <see cref="EndStatement"/>.</summary>
    public void Keep()
    {
        if (_isRecalled)
        {
            return;
        }

        ReadOnlySpan<byte> bytes = Statement;
        _keptLength = bytes.Length > KeptLengthMax ? 0 : bytes.Length;
        _keptCopyCount = CopyFromStdinCount;
        if (_kept.Length < _keptLength)
        {
            _kept = new byte[Math.Max(_keptLength, Math.Min(KeptLengthMax, 2 * _kept.Length))];
        }

        bytes[.._keptLength].CopyTo(_kept);
    }

    /// <summary>Ends the statement that was begun here, without a semicolon; where none was, it is the one that was kept.</summary>
    /// <returns>False where there is neither.</returns>
    /// <exception cref="PureDumpException">It holds a zero byte (<see cref="ErrorKind.ScriptRefused"/>).</exception>
    public bool EndStatement()
    {
        _lexer.Statement.TrimEnd();
        if (_lexer.Statement.Length == 0)
        {
            _isRecalled = true;
            _lexer.Statement.Append(_kept.AsSpan(0, _keptLength));
        }

        CheckZero();
        return _lexer.Statement.Length > 0;
    }

    /// <summary>The statement that was begun here, or else the one that was kept.</summary>
    public ReadOnlySpan<byte> Begun
    {
        get
        {
            ReadOnlySpan<byte> begun = Statement.TrimEnd((byte)'\n');
            return begun.IsEmpty ? _kept.AsSpan(0, _keptLength) : begun;
        }
    }

    /// <summary>Passes over the rows of so many COPYs: they are no statements.</summary>
    public void PassOverRows(int copyCount)
    {
        for (; copyCount > 0; copyCount--)
        {
            BeginCopy();
            while (ReadCopy(out _))
            {
                // Until their end.
            }
        }
    }

    /// <summary>The rows of a COPY begin on the next line of the script.</summary>
    public void BeginCopy()
    {
        BeginScript();
        _isCopyOver = false;
        HasCopyEndMark = false;
        _isCopyAtLineStart = true;
        if (_isAtLineStart)
        {
            return;
        }

        // psql has read the line already: what follows the COPY on it comes after the rows.
        var rest = new List<byte>();
        while (true)
        {
            ReadOnlySpan<byte> text = _window.AsSpan(_start, _end - _start);
            int end = text.IndexOf((byte)'\n');
            rest.AddRange(text[..(end < 0 ? text.Length : end + 1)]);
            ConsumeWindow(end < 0 ? text.Length : end + 1);
            if (rest.Count > StatementBuffer.LengthMax / 2)
            {
                throw Refused("what follows a COPY on its line is too long");
            }

            if (end >= 0 || !Refill())
            {
                break;
            }
        }

        byte[] bytes = [.. rest];
        if (!bytes.AsSpan().TrimStart(" \t\r\n"u8).IsEmpty)
        {
            _pending.Insert(0, new PendingText(null, bytes, _lexer.Characters));
        }
    }

    /// <summary>The next rows of a COPY, in pieces of any size; ends with the line <c>\.</c>, which is taken.</summary>
    /// <param name="rows">Valid until the next call.</param>
    /// <returns>False where the rows are over.</returns>
    public bool ReadCopy(out ReadOnlySpan<byte> rows)
    {
        rows = [];
        while (!_isCopyOver)
        {
            ReadOnlySpan<byte> text = _window.AsSpan(_start, _end - _start);
            int length = RowsLength(text, out int endLength);
            if (length > 0)
            {
                rows = text[..length];
                ConsumeWindow(length);
                _isCopyAtLineStart = _isAtLineStart;
                return true;
            }

            if (endLength > 0)
            {
                ConsumeWindow(endLength);
                _isCopyOver = true;
                HasCopyEndMark = true;
            }
            else if (!Refill() && _start == _end)
            {
                _isCopyOver = true;
            }
        }

        // The rows are no lines to be echoed.
        _echoedEnd = _start;
        _lexer.BeginLine();
        return false;
    }

    /// <summary>The next bytes of the input as they are, up to its end: rows in binary.</summary>
    /// <returns>False at the end.</returns>
    public bool ReadRaw(out ReadOnlySpan<byte> bytes)
    {
        if (_start == _end)
        {
            Refill();
        }

        bytes = _window.AsSpan(_start, _end - _start);
        ConsumeWindow(bytes.Length);
        _echoedEnd = _start;
        return !bytes.IsEmpty;
    }

    // How much of the window is rows for certain; 0 and the length of the end mark where that comes next.
    private int RowsLength(ReadOnlySpan<byte> text, out int endLength)
    {
        endLength = 0;
        int at = 0;
        if (!_isCopyAtLineStart)
        {
            int line = text.IndexOf("\n\\."u8);
            if (line < 0)
            {
                return WithoutTail(text);
            }

            at = line + 1;
        }

        while (true)
        {
            // Here a line begins.
            int length = EndMarkLength(text[at..], out bool needsMore);
            if (length > 0 || needsMore)
            {
                endLength = at == 0 ? length : 0;
                return at;
            }

            int line = text[at..].IndexOf("\n\\."u8);
            if (line < 0)
            {
                return at + WithoutTail(text[at..]);
            }

            at += line + 1;
        }
    }

    // A line end at the very end may be followed by the mark; it is kept so that the mark is seen whole.
    private int WithoutTail(ReadOnlySpan<byte> text)
    {
        if (_isInputOver)
        {
            return text.Length;
        }

        return text switch
        {
            [.., (byte)'\n', (byte)'\\'] => text.Length - 1,
            _ => text.Length,
        };
    }

    private int EndMarkLength(ReadOnlySpan<byte> line, out bool needsMore)
    {
        needsMore = false;
        ReadOnlySpan<byte> mark = "\\.\r\n"u8;
        if (line.StartsWith("\\.\n"u8))
        {
            return 3;
        }

        if (line.StartsWith(mark))
        {
            return 4;
        }

        if (line.Length < mark.Length && mark.StartsWith(line) || line.SequenceEqual("\\."u8))
        {
            needsMore = !_isInputOver;
            return _isInputOver && line.Length is 2 or 3 && line.StartsWith("\\."u8) ? line.Length : 0;
        }

        return 0;
    }

    private void BeginScript()
    {
        if (_isBegun)
        {
            return;
        }

        _isBegun = true;
        if (Peek(s_byteOrderMark.Length).SequenceEqual(s_byteOrderMark))
        {
            _start += s_byteOrderMark.Length;
            _echoedEnd = _start;
            MarkAnew();
        }
    }

    private ReadOnlySpan<byte> Available(out ReadOnlySpan<byte> marks, out bool isLast)
    {
        if (_pending.Count > 0)
        {
            isLast = true;
            PendingText text = _pending[^1];
            marks = text.Marks.AsSpan(text.Position);
            return text.Bytes.AsSpan(text.Position);
        }

        // What is not echoed yet is not read yet.
        int end = Echo is null ? Math.Max(_start, _markedEnd) : Math.Max(_start, _echoedEnd);
        isLast = _isInputOver && end == _end;
        marks = _marks.AsSpan(_start, end - _start);
        return _window.AsSpan(_start, end - _start);
    }

    private void Consume(int count)
    {
        if (_pending.Count > 0)
        {
            _pending[^1].Position += count;
        }
        else
        {
            ConsumeWindow(count);
        }
    }

    private void ConsumeWindow(int count)
    {
        if (count == 0)
        {
            return;
        }

        ReadOnlySpan<byte> bytes = _window.AsSpan(_start, count);
        _newlineCount += bytes.Count((byte)'\n');
        _isAtLineStart = bytes[^1] == (byte)'\n';
        _start += count;
    }

    // psql refuses a variable inside its own value; so does this, and no script can nest without end.
    private void Expand()
    {
        if (_pending.Any(text => text.Name == _lexer.ExpansionName))
        {
            throw Refused($"the variable \"{_lexer.ExpansionName}\" is used inside its own value");
        }

        if (++_expansionCount > ExpansionCountMax)
        {
            throw Refused($"a statement stands for more than {ExpansionCountMax} variables");
        }

        if (_pending.Count >= ExpansionDepthMax)
        {
            throw Refused($"variables are nested more than {ExpansionDepthMax} deep");
        }

        _pending.Add(new PendingText(_lexer.ExpansionName, _lexer.Expansion, _lexer.Characters));
    }

    private void ReadCommand()
    {
        while (true)
        {
            ReadOnlySpan<byte> text = Available(out ReadOnlySpan<byte> marks, out bool isLast);
            int end = text.IndexOf((byte)'\n');
            if (end < 0 && !isLast && text.Length <= CommandLengthMax)
            {
                // Moves what the text lies in, also where nothing more comes.
                Refill(grows: true);
                continue;
            }

            int length = end < 0 ? text.Length : end;
            if (length > CommandLengthMax)
            {
                throw Refused($"a backslash command is longer than {CommandLengthMax} bytes");
            }

            Command = MetaCommand.Read(text[..length], marks[..length], _lexer.Variables, _lexer.Characters, out int consumed);
            Consume(consumed);
            return;
        }
    }

    private ScriptPart Finish()
    {
        _lexer.Statement.TrimEnd();
        if (_lexer.Statement.Length == 0 || Skips)
        {
            return ScriptPart.End;
        }

        CheckZero();
        return ScriptPart.Statement;
    }

    // The protocol ends a statement at a zero byte: the server would run half of it.
    private void CheckZero()
    {
        if (_lexer.Statement.Bytes.Contains((byte)0))
        {
            throw new PureDumpException(
                ErrorKind.ScriptRefused,
                "a statement holds a zero byte",
                "is the script in UTF-16? Statements must be in an encoding that PostgreSQL knows");
        }
    }

    // Echoes the next line. False where there is none.
    private bool EchoLine(Action<ReadOnlySpan<byte>> echo)
    {
        int end;
        _echoedEnd = Math.Max(_start, _echoedEnd);
        while ((end = _window.AsSpan(_echoedEnd, _end - _echoedEnd).IndexOf((byte)'\n')) < 0)
        {
            if (!Refill(grows: true))
            {
                break;
            }
        }

        int length = end < 0 ? _end - _echoedEnd : end;
        if (length == 0 && end < 0)
        {
            return false;
        }

        if (length > 0 || _lexer.IsInQuotes)
        {
            echo(_window.AsSpan(_echoedEnd, length));
        }

        _echoedEnd += length + (end < 0 ? 0 : 1);
        return true;
    }

    private bool Refill(bool grows = false)
    {
        if (_isInputOver)
        {
            return false;
        }

        if (_start > 0)
        {
            _window.AsSpan(_start, _end - _start).CopyTo(_window);
            if (_marks != _window)
            {
                _marks.AsSpan(_start, _end - _start).CopyTo(_marks);
            }

            _end -= _start;
            _echoedEnd -= _start;

            // Rows are taken as bytes, also inside a character; marks are looked at behind the line end that ends them.
            _markedEnd = Math.Max(0, _markedEnd - _start);
            _start = 0;
        }

        if (_end == _window.Length)
        {
            if (!grows)
            {
                throw Refused($"the name of a variable or the tag of a dollar quote is longer than {SqlLexer.TokenLengthMax} bytes");
            }

            if (_window.Length >= StatementBuffer.LengthMax / 2)
            {
                throw Refused("a line is too long to be echoed");
            }

            bool isMarked = _marks != _window;
            Array.Resize(ref _window, 2 * _window.Length);
            if (isMarked)
            {
                Array.Resize(ref _marks, _window.Length);
            }
            else
            {
                _marks = _window;
            }
        }

        int count = _input.Read(_window.AsSpan(_end));
        _isInputOver = count == 0;
        _end += count;
        MarkOn();
        return count > 0;
    }

    // What is not consumed begins with a character, for the encoding changes between statements.
    private void MarkAnew()
    {
        _marks = _lexer.Characters is null ? _window : new byte[_window.Length];
        _markedEnd = _start;
        MarkOn();
        _pending.ForEach(text => text.Mark(_lexer.Characters));
    }

    private void MarkOn() =>
        _markedEnd = _lexer.Characters is { } characters
            ? _markedEnd + characters.Mask(_window.AsSpan(_markedEnd, _end - _markedEnd), _marks.AsSpan(_markedEnd), _isInputOver)
            : _end;

    private static PureDumpException Refused(string message) => new(ErrorKind.ScriptRefused, message);

    private sealed class PendingText
    {
        public PendingText(string? name, byte[] bytes, ClientCharacters? characters)
        {
            Name = name;
            Bytes = bytes;
            Marks = bytes;
            Mark(characters);
        }

        public string? Name { get; }

        public byte[] Bytes { get; }

        public byte[] Marks { get; private set; }

        public int Position { get; set; }

        public void Mark(ClientCharacters? characters)
        {
            Marks = characters is null ? Bytes : new byte[Bytes.Length];
            characters?.Mask(Bytes.AsSpan(Position), Marks.AsSpan(Position), isLast: true);
        }
    }
}
