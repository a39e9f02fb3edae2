using PureDump.Formats.Errors;
using PureDump.Formats.Pg;

namespace PureDump.Formats.Script;

/// <summary>
/// The part of a script that was read from its stream and not consumed, and the texts that come before it. Two views of it: its text,
/// cut where characters end (and lines, where they are wanted one by one), and its bytes, for rows.
/// </summary>
internal sealed class ScriptWindow
{
    private static readonly byte[] s_byteOrderMark = [0xef, 0xbb, 0xbf];

    private readonly Stream _input;

    // The last one is read first; what it expands to stands behind it.
    private readonly List<PendingText> _pending = [];
    private byte[] _window;

    // The marks of the window, up to where its last whole character ends (see SqlLexer); the window itself where each byte can be
    // looked at for itself.
    private byte[] _marks;
    private int _markedEnd;
    private int _start;
    private int _end;
    private int _lineEnd;
    private long _newlineCount;
    private bool _isAtLineStart = true;
    private ClientCharacters? _characters;

    /// <summary>A window of which nothing is read.</summary>
    /// <param name="input">The script; read no further than needed.</param>
    /// <param name="size">How many bytes are held, unless more are asked for by name: the longest token.</param>
    public ScriptWindow(Stream input, int size = SqlLexer.TokenLengthMax)
    {
        _input = input;
        _window = new byte[size];
        _marks = _window;
    }

    /// <summary>
    /// Where the characters of the script end. What is not consumed begins with a character, for the encoding changes between statements.
    /// </summary>
    public ClientCharacters? Characters
    {
        get => _characters;
        set
        {
            _characters = value;
            MarkAnew();
        }
    }

    /// <summary>The text ends with the line that <see cref="ReadLine"/> gave.</summary>
    public bool IsReadByLines { get; set; }

    /// <summary>The stream has no more bytes.</summary>
    public bool IsInputOver { get; private set; }

    /// <summary>The number of the line that the last consumed byte stands on, 1 for the first.</summary>
    public long Line => Math.Max(1, _newlineCount + (_isAtLineStart ? 0 : 1));

    /// <summary>All that was read and not consumed, without pending texts.</summary>
    public ReadOnlySpan<byte> Bytes => _window.AsSpan(_start, _end - _start);

    /// <summary>A pending text comes next.</summary>
    public bool HasPending => _pending.Count > 0;

    /// <summary>How many pending texts there are, one inside the other.</summary>
    public int PendingCount => _pending.Count;

    /// <summary>Counts lines from here on.</summary>
    public void CountAnew() => _newlineCount = 0;

    /// <summary>The next bytes, up to so many; nothing is consumed.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        while (_end - _start < count && Refill())
        {
            // Until they are there.
        }

        return Bytes[..Math.Min(count, _end - _start)];
    }

    /// <summary>Passes over a byte order mark, which is no part of a script.</summary>
    public void PassByteOrderMark()
    {
        if (Peek(s_byteOrderMark.Length).SequenceEqual(s_byteOrderMark))
        {
            _start += s_byteOrderMark.Length;
            _lineEnd = _start;
            MarkAnew();
        }
    }

    /// <summary>The text that comes next: of the last pending one, or whole characters of the window.</summary>
    /// <param name="marks">Its marks (<see cref="ClientCharacters.Mask"/>).</param>
    /// <param name="isLast">Nothing follows in the same pending text, or in the script.</param>
    public ReadOnlySpan<byte> Text(out ReadOnlySpan<byte> marks, out bool isLast)
    {
        if (HasPending)
        {
            isLast = true;
            PendingText text = _pending[^1];
            marks = text.Marks.AsSpan(text.Position);
            return text.Bytes.AsSpan(text.Position);
        }

        int end = Math.Max(_start, IsReadByLines ? _lineEnd : _markedEnd);
        isLast = IsInputOver && end == _end;
        marks = _marks.AsSpan(_start, end - _start);
        return _window.AsSpan(_start, end - _start);
    }

    /// <summary>Takes so many bytes of <see cref="Text"/>.</summary>
    public void Consume(int count)
    {
        if (HasPending)
        {
            _pending[^1].Position += count;
        }
        else
        {
            ConsumeBytes(count);
        }
    }

    /// <summary>Takes so many of <see cref="Bytes"/> that are no lines of the script.</summary>
    public void PassRows(int count)
    {
        ConsumeBytes(count);
        _lineEnd = _start;
    }

    /// <summary>The next line, without its end, becomes part of <see cref="Text"/>.</summary>
    /// <returns>False where there is none.</returns>
    /// <exception cref="PureDumpException">It is too long to be held whole (<see cref="ErrorKind.ScriptRefused"/>).</exception>
    public bool ReadLine(out ReadOnlySpan<byte> line)
    {
        int length;
        _lineEnd = Math.Max(_start, _lineEnd);
        while ((length = _window.AsSpan(_lineEnd, _end - _lineEnd).IndexOf((byte)'\n')) < 0)
        {
            if (!Refill(grows: true))
            {
                line = _window.AsSpan(_lineEnd, _end - _lineEnd);
                _lineEnd = _end;
                return !line.IsEmpty;
            }
        }

        line = _window.AsSpan(_lineEnd, length);
        _lineEnd += length + 1;
        return true;
    }

    /// <summary>Puts the value of a variable before everything else.</summary>
    public void Insert(string name, byte[] value) => _pending.Add(new PendingText(name, value, _characters));

    /// <summary>A value of that variable is being read.</summary>
    public bool IsPending(string name) => _pending.Exists(text => text.Name == name);

    /// <summary>Ends the pending text that comes next.</summary>
    public void DropPending() => _pending.RemoveAt(_pending.Count - 1);

    /// <summary>Passes over the rest of a line that was begun; what stands there becomes the pending text that comes last.</summary>
    /// <exception cref="PureDumpException">It is too long (<see cref="ErrorKind.ScriptRefused"/>).</exception>
    public void DeferLine()
    {
        if (_isAtLineStart)
        {
            return;
        }

        var rest = new List<byte>();
        while (true)
        {
            ReadOnlySpan<byte> bytes = Bytes;
            int end = bytes.IndexOf((byte)'\n');
            int length = end < 0 ? bytes.Length : end + 1;
            rest.AddRange(bytes[..length]);
            ConsumeBytes(length);
            if (rest.Count > StatementBuffer.LengthMax / 2)
            {
                throw Refused("what follows a COPY on its line is too long");
            }

            if (end >= 0 || !Refill())
            {
                break;
            }
        }

        byte[] line = [.. rest];
        if (!line.AsSpan().TrimStart(" \t\r\n"u8).IsEmpty)
        {
            _pending.Insert(0, new PendingText(null, line, _characters));
        }
    }

    /// <summary>Reads once from the stream; what <see cref="Text"/> and <see cref="Bytes"/> gave before is not valid any more.</summary>
    /// <param name="grows">More may be held than the window has room for.</param>
    /// <returns>False where the stream has no more bytes.</returns>
    /// <exception cref="PureDumpException">The window is full (<see cref="ErrorKind.ScriptRefused"/>).</exception>
    public bool Refill(bool grows = false)
    {
        if (IsInputOver)
        {
            return false;
        }

        MoveToFront();
        if (_end == _window.Length)
        {
            Grow(grows);
        }

        int count = _input.Read(_window.AsSpan(_end));
        IsInputOver = count == 0;
        _end += count;
        MarkOn();
        return count > 0;
    }

    private void ConsumeBytes(int count)
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

    private void MoveToFront()
    {
        if (_start == 0)
        {
            return;
        }

        _window.AsSpan(_start, _end - _start).CopyTo(_window);
        if (_marks != _window)
        {
            _marks.AsSpan(_start, _end - _start).CopyTo(_marks);
        }

        _end -= _start;
        _lineEnd -= _start;

        // Rows are taken as bytes, also inside a character; marks are looked at behind the line end that ends them.
        _markedEnd = Math.Max(0, _markedEnd - _start);
        _start = 0;
    }

    private void Grow(bool mayGrow)
    {
        if (!mayGrow)
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

    private void MarkAnew()
    {
        _marks = _characters is null ? _window : new byte[_window.Length];
        _markedEnd = _start;
        MarkOn();
        _pending.ForEach(text => text.Mark(_characters));
    }

    private void MarkOn() =>
        _markedEnd = _characters is null
            ? _end
            : _markedEnd + _characters.Mask(_window.AsSpan(_markedEnd, _end - _markedEnd), _marks.AsSpan(_markedEnd), IsInputOver);

    private static PureDumpException Refused(string message) => new(ErrorKind.ScriptRefused, message);
}
