namespace PureDump.Formats.Sql;

/// <summary>
/// Finds secrets in a text by walking its tokens: the literal behind a name of a secret, the options of a user mapping,
/// <c>password=...</c> of a connection string and <c>user:password@</c> of a URI. What stands in a literal is walked in its turn: a
/// body of a function, a connection string. Where it is not certain where a secret ends it is taken to go on.
/// </summary>
internal sealed class SecretFinder
{
    // A body in a body in a literal of a DO block; what is deeper is nobody's statement.
    private const int DepthMax = 8;

    private readonly string _text;

    // Where each character stands in the outermost text; null: in the same place.
    private readonly int[]? _places;
    private readonly int _offset;
    private readonly int _depth;

    // In a message, and in a literal, double quotes are punctuation and an apostrophe may be one; so may "--", but between the name
    // of a secret and its literal.
    private readonly bool _isMessage;
    private readonly List<Range> _found;
    private int _at;

    // What has been seen of the statement.
    private bool _isAfterUser;
    private bool _isUserMapping;
    private bool _isAfterOptions;
    private bool _isInOptions;

    // The literal that comes next is a secret; a value that is no literal is one behind "=" in a message.
    private bool _isDue;
    private bool _isAfterEquals;
    private bool _isInQuery;

    // The literal before was one, and goes on in the next.
    private bool _goesOn;

    private SecretFinder(string text, int[]? places, int offset, int depth, bool isMessage, List<Range> found)
    {
        _text = text;
        _places = places;
        _offset = offset;
        _depth = depth;
        _isMessage = isMessage;
        _found = found;
    }

    /// <summary>The secrets in a statement, or several, in their order; none overlaps another.</summary>
    public static IReadOnlyList<Range> InStatement(string sql) => Find(sql, isMessage: false);

    /// <summary>The same of a message, which may quote statements.</summary>
    public static IReadOnlyList<Range> InMessage(string text) => Find(text, isMessage: true);

    private static List<Range> Find(string text, bool isMessage)
    {
        var found = new List<Range>();
        new SecretFinder(text, null, 0, 0, isMessage, found).Walk();
        if (found.Count < 2)
        {
            return found;
        }

        found.Sort(static (a, b) => a.Start.Value.CompareTo(b.Start.Value));
        var apart = new List<Range>();
        foreach (Range range in found)
        {
            if (apart.Count > 0 && range.Start.Value < apart[^1].End.Value)
            {
                apart[^1] = apart[^1].Start..Math.Max(apart[^1].End.Value, range.End.Value);
            }
            else
            {
                apart.Add(range);
            }
        }

        return apart;
    }

    private static bool IsWord(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or '$';

    private void Walk()
    {
        while (_at < _text.Length)
        {
            char letter = _text[_at];
            if (char.IsWhiteSpace(letter))
            {
                _at++;
            }
            else if (TakesValue(letter))
            {
                TakeValue();
            }
            else if (letter == '\'' && !IsApostrophe())
            {
                // In a connection string a backslash escapes a quote.
                TakeLiteral(_at, isEscaped: _isMessage && _isDue && _isAfterEquals);
            }
            else if (IsWord(letter) && letter != '$')
            {
                TakeWord();
            }
            else if (letter == '$' && DollarTag() is { } tag)
            {
                TakeDollarQuoted(tag);
            }
            else if (!_isMessage && letter == '"')
            {
                TakeQuotedName();
            }
            else if ((!_isMessage || _isDue) && (Stands("--") || Stands("/*")))
            {
                TakeComment();
            }
            else
            {
                TakeMark(letter);
            }
        }
    }

    private bool Stands(string mark) => string.CompareOrdinal(_text, _at, mark, 0, mark.Length) == 0;

    // "can't": one between letters, and no beginning of E'...'. Behind a name of a secret it is taken for a quote.
    private bool IsApostrophe() => _isMessage && !_isDue && _at > 0 && char.IsLetterOrDigit(_text[_at - 1]);

    // The value of a connection string: it is no literal.
    private bool TakesValue(char letter) =>
        _isMessage && _isDue && _isAfterEquals && letter is not ('\'' or '>') && !(letter == '$' && DollarTag() is not null);

    private void TakeValue()
    {
        int start = _at;
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && !(_isInQuery && _text[_at] is '&' or '#'))
        {
            _at += _text[_at] == '\\' && _at + 1 < _text.Length ? 2 : 1;
        }

        Add(start, _at);
        Forget();
    }

    private void TakeWord()
    {
        int start = _at;
        while (_at < _text.Length && (IsWord(_text[_at]) || (_text[_at] == '-' && _isMessage)))
        {
            _at++;
        }

        ReadOnlySpan<char> word = _text.AsSpan(start, _at - start);
        if (_at < _text.Length && _text[_at] == '\'' && word is "e" or "E" or "n" or "N" or "b" or "B" or "x" or "X")
        {
            TakeLiteral(_at, isEscaped: word is "e" or "E");
            return;
        }

        if (word is "u" or "U" && _at + 1 < _text.Length && _text[_at] == '&' && _text[_at + 1] == '\'')
        {
            TakeLiteral(_at + 1, isEscaped: false);
            return;
        }

        // SET name TO 'value'
        if (_isDue && word.Equals("to", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        TakeName(word);
        _isInQuery = start > 0 && _text[start - 1] is '?' or '&';
        _isUserMapping |= _isAfterUser && word.Equals("mapping", StringComparison.OrdinalIgnoreCase);
        _isAfterUser = word.Equals("user", StringComparison.OrdinalIgnoreCase);
        _isAfterOptions = word.Equals("options", StringComparison.OrdinalIgnoreCase);
    }

    private void TakeQuotedName()
    {
        int start = ++_at;
        while (_at < _text.Length && (_text[_at] != '"' || (_at + 1 < _text.Length && _text[_at + 1] == '"')))
        {
            _at += _text[_at] == '"' ? 2 : 1;
        }

        TakeName(_text.AsSpan(start, Math.Min(_at, _text.Length) - start));
        _isAfterUser = _isAfterOptions = false;
        _at++;
    }

    private void TakeName(ReadOnlySpan<char> name)
    {
        Forget();
        bool isKeyword = name.Equals("add", StringComparison.OrdinalIgnoreCase) || name.Equals("set", StringComparison.OrdinalIgnoreCase);
        _isDue =
            SecretName.IsSecret(name, _isInOptions)
            || (_isInOptions && _isUserMapping && !isKeyword && !SecretName.IsPublicOfUserMapping(name));
    }

    private void TakeMark(char mark)
    {
        switch (mark)
        {
            case '=' or ':' or '>' when _isDue:
                // "=", ":=" and "=>" keep the name.
                _isAfterEquals |= mark == '=';
                TakeUri();
                break;
            case '"' when _isDue && !_isAfterEquals:
                break;
            case ':':
                TakeUri();
                break;
            case '(':
                _isInOptions = _isAfterOptions;
                Forget();
                break;
            case ')' or ',':
                _isInOptions &= mark == ',';
                Forget();
                break;
            case ';':
                _isInOptions = _isUserMapping = false;
                Forget();
                break;
            default:
                Forget();
                break;
        }

        _isAfterOptions = _isAfterUser = false;
        _at++;
    }

    // scheme://user:password@host, as far as the first of what can stand behind the host.
    private void TakeUri()
    {
        if (!Stands("://") || _at == 0 || !char.IsLetterOrDigit(_text[_at - 1]))
        {
            return;
        }

        Forget();
        int start = _at + 3;
        int length = _text.AsSpan(start).IndexOfAny(" \t\r\n/?#");
        int end = length < 0 ? _text.Length : start + length;
        int host = _text.LastIndexOf('@', end - 1, end - start);
        int password = host < 0 ? -1 : _text.IndexOf(':', start, host - start);
        if (password >= 0)
        {
            Add(password + 1, host);
            _at = host;
        }
        else
        {
            _at += 2;
        }
    }

    // At the quote.
    private void TakeLiteral(int quote, bool isEscaped)
    {
        int start = quote + 1;
        var content = new System.Text.StringBuilder();
        var places = new List<int>();
        for (_at = start; _at < _text.Length; _at++)
        {
            char letter = _text[_at];
            bool isPair = _at + 1 < _text.Length && (letter == '\'' ? _text[_at + 1] == '\'' : isEscaped && letter == '\\');
            if (letter == '\'' && !isPair)
            {
                break;
            }

            // Other letters that are escaped stand for themselves here.
            _at += isPair && _text[_at + 1] is ('\'' or '\\') ? 1 : 0;
            content.Append(_text[_at]);
            places.Add(_at);
        }

        int end = _at;
        _at = Math.Min(_at + 1, _text.Length);
        if (!_isDue && !_goesOn)
        {
            Nested(content.ToString(), [.. places]);
            Forget();
            return;
        }

        // With standard_conforming_strings off such a quote ends nothing.
        if (end > start && _text[end - 1] == '\\' && !isEscaped)
        {
            end = _at = _text.Length;
        }

        Add(start, end);
        Forget();
        _goesOn = true;
    }

    private string? DollarTag()
    {
        int end = _at + 1;
        while (end < _text.Length && (char.IsLetterOrDigit(_text[end]) || _text[end] == '_'))
        {
            end++;
        }

        return end < _text.Length && _text[end] == '$' && !char.IsDigit(_text[_at + 1]) ? _text[_at..(end + 1)] : null;
    }

    private void TakeDollarQuoted(string tag)
    {
        int start = _at + tag.Length;
        int end = _text.IndexOf(tag, start, StringComparison.Ordinal);
        _at = end < 0 ? _text.Length : end + tag.Length;
        end = end < 0 ? _text.Length : end;
        if (_isDue)
        {
            Add(start, end);
        }
        else
        {
            Nested(_text[start..end], null, start);
        }

        Forget();
    }

    private void TakeComment()
    {
        int start = _at;
        bool isLine = Stands("--");
        int depth = 0;
        do
        {
            depth += Stands("/*") ? 1 : Stands("*/") ? -1 : 0;
            _at += Stands("--") || Stands("/*") || Stands("*/") ? 2 : 1;
        }
        while (_at < _text.Length && (isLine ? _text[_at] is not ('\n' or '\r') : depth > 0));
        _at = Math.Min(_at, _text.Length);
        Nested(_text[(start + 2).._at], null, start + 2);
    }

    private void Nested(string content, int[]? places, int start = 0)
    {
        if (_depth == DepthMax || content.Length < 3)
        {
            return;
        }

        if (places is not null || _places is not null)
        {
            places = [.. (places ?? Enumerable.Range(start, content.Length)).Select(PlaceOf)];
        }

        new SecretFinder(content, places, _offset + start, _depth + 1, isMessage: true, _found).Walk();
    }

    private void Add(int start, int end)
    {
        if (end <= start)
        {
            return;
        }

        _found.Add(PlaceOf(start)..(PlaceOf(end - 1) + 1));
    }

    private int PlaceOf(int index) => _places is null ? _offset + index : _places[index];

    private void Forget() => _isDue = _isAfterEquals = _isInQuery = _goesOn = false;
}
