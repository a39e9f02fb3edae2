using PureDump.Formats.Errors;
using PureDump.Formats.Pg;

namespace PureDump.Formats.Script;

/// <summary>
/// Reads a psql script front to back: statements, backslash commands, and the rows that stand behind a COPY. Holds one
/// statement and a window of the script, never rows.
/// </summary>
/// <remarks>
/// Rows behind a COPY in a branch that is not taken are passed over as rows: psql reads them as statements: a quote in one hides the
/// <c>\endif</c>, and a backslash in one is a command.
/// </remarks>
internal sealed class ScriptReader
{
    /// <summary>The longest line of a backslash command.</summary>
    public const int CommandLengthMax = 1 << 20;

    /// <summary>How many variables are put in their place in one statement. Without it forty of them, each of which names another twice,
    /// would take for ever and come to nothing.</summary>
    public const int ExpansionCountMax = 1 << 20;

    private const int KeptLengthMax = 1 << 20;
    private const int ExpansionDepthMax = 64;

    private readonly ScriptWindow _window;
    private readonly SqlLexer _lexer;
    private readonly CopyRowsScanner _rows = new();
    private int _expansionCount;
    private bool _isBegun;
    private string _encoding = "UTF8";
    private Action<ReadOnlySpan<byte>>? _echo;
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
        _window = new ScriptWindow(input);
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
                _window.Characters = _lexer.Characters;
            }
        }
    }

    /// <summary>
    /// Gets each line, without its end, before what stands on it is returned; but for rows. Null where nobody wants it: then
    /// a line is never held whole. May change between two statements.
    /// </summary>
    public Action<ReadOnlySpan<byte>>? Echo
    {
        get => _echo;
        set
        {
            _echo = value;
            _window.IsReadByLines = value is not null;
        }
    }

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
    public bool HasCopyEndMark => _rows.HasEndMark;

    /// <summary>The number of the line that was read last, 1 for the first: where the statement ends.</summary>
    public long Line => _window.Line;

    /// <summary>Counts lines from here on: what was read before was no script.</summary>
    public void CountAnew() => _window.CountAnew();

    /// <summary>The first bytes of the script, up to so many; nothing is consumed.</summary>
    public ReadOnlySpan<byte> Peek(int count) => _window.Peek(count);

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
            ReadOnlySpan<byte> text = _window.Text(out ReadOnlySpan<byte> marks, out bool isLast);
            LexerStop stop = _lexer.Scan(text, marks, isLast, out int consumed);
            _window.Consume(consumed);
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
                    if (_window.HasPending)
                    {
                        if (consumed == text.Length)
                        {
                            _window.DropPending();
                        }
                    }
                    else if (!(Echo is null ? _window.Refill() : EchoLine(Echo)) && _window.Bytes.IsEmpty)
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
            ReadOnlySpan<byte> text = _window.Text(out _, out _);
            int end = text.IndexOf((byte)'\n');
            _window.Consume(end < 0 ? text.Length : end);
            if (_window.HasPending && end < 0)
            {
                _window.DropPending();
            }
            else if (end >= 0 || Echo is not null || !_window.Refill())
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
        _rows.Begin();

        // psql has read the line already: what follows the COPY on it comes after the rows.
        _window.DeferLine();
    }

    /// <summary>The next rows of a COPY, in pieces of any size; ends with the line <c>\.</c>, which is taken.</summary>
    /// <param name="rows">Valid until the next call.</param>
    /// <returns>False where the rows are over.</returns>
    public bool ReadCopy(out ReadOnlySpan<byte> rows)
    {
        rows = [];
        while (!_rows.IsOver)
        {
            ReadOnlySpan<byte> bytes = _window.Bytes;
            int length = _rows.Scan(bytes, _window.IsInputOver, out int endMarkLength);
            _window.PassRows(length + endMarkLength);
            if (length > 0)
            {
                rows = bytes[..length];
                return true;
            }

            if (!_rows.IsOver)
            {
                _window.Refill();
            }
        }

        _lexer.BeginLine();
        return false;
    }

    /// <summary>The next bytes of the input as they are, up to its end: rows in binary.</summary>
    /// <returns>False at the end.</returns>
    public bool ReadRaw(out ReadOnlySpan<byte> bytes)
    {
        if (_window.Bytes.IsEmpty)
        {
            _window.Refill();
        }

        bytes = _window.Bytes;
        _window.PassRows(bytes.Length);
        return !bytes.IsEmpty;
    }

    private void BeginScript()
    {
        if (!_isBegun)
        {
            _isBegun = true;
            _window.PassByteOrderMark();
        }
    }

    // psql refuses a variable inside its own value; so does this, and no script can nest without end.
    private void Expand()
    {
        if (_window.IsPending(_lexer.ExpansionName))
        {
            throw Refused($"the variable \"{_lexer.ExpansionName}\" is used inside its own value");
        }

        if (++_expansionCount > ExpansionCountMax)
        {
            throw Refused($"a statement stands for more than {ExpansionCountMax} variables");
        }

        if (_window.PendingCount >= ExpansionDepthMax)
        {
            throw Refused($"variables are nested more than {ExpansionDepthMax} deep");
        }

        _window.Insert(_lexer.ExpansionName, _lexer.Expansion);
    }

    private void ReadCommand()
    {
        while (true)
        {
            ReadOnlySpan<byte> text = _window.Text(out ReadOnlySpan<byte> marks, out bool isLast);
            int end = text.IndexOf((byte)'\n');
            if (end < 0 && !isLast && text.Length <= CommandLengthMax)
            {
                // Moves what the text lies in, also where nothing more comes.
                _window.Refill(grows: true);
                continue;
            }

            int length = end < 0 ? text.Length : end;
            if (length > CommandLengthMax)
            {
                throw Refused($"a backslash command is longer than {CommandLengthMax} bytes");
            }

            Command = MetaCommand.Read(text[..length], marks[..length], _lexer.Variables, _lexer.Characters, out int consumed);
            _window.Consume(consumed);
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
        if (!_window.ReadLine(out ReadOnlySpan<byte> line))
        {
            return false;
        }

        if (!line.IsEmpty || _lexer.IsInQuotes)
        {
            echo(line);
        }

        return true;
    }

    private static PureDumpException Refused(string message) => new(ErrorKind.ScriptRefused, message);
}
