using System.Text;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;

namespace PureDump.Formats.Script;

/// <summary>
/// A backslash command of a script, taken apart as psql does (psqlscanslash.l) but for backquotes, which ran a program.
/// </summary>
/// <remarks>
/// <para>A backslash command about a file, a program or another server ends the script, whatever ON_ERROR_STOP says: what follows may rest
/// on it (the rows behind a <c>\copy</c>); one that is missing is an error like any other, as a name that psql does not know.</para>
/// <para>Words of a backslash command, and the text of <c>-c</c>, are bytes whatever client_encoding is (<c>TypedText</c>): as to psql:
/// pg_dumpall names the next database in UTF-8 behind the rows of one in LATIN1.</para>
/// </remarks>
internal sealed class MetaCommand
{
    /// <summary>The longest words, with what variables in them stand for: a few values of the longest that a variable can have.</summary>
    public const int WordsLengthMax = 1 << 22;

    private MetaCommand(string name, string tail) => (Name, Tail) = (name, tail);

    /// <summary>Its name, without the backslash.</summary>
    public string Name { get; }

    /// <summary>The rest of the line as it stands there.</summary>
    public string Tail { get; }

    /// <summary>The words behind the name: single quotes taken off, double quotes kept. None of <c>copy</c>.</summary>
    public IReadOnlyList<string> Arguments { get; private init; } = [];

    /// <summary>True where a word asks for a program to be run.</summary>
    public bool HasBackquote { get; private init; }

    /// <summary>A word without its double quotes: <c>"a""b"</c> is <c>a"b</c>.</summary>
    public static string Unquoted(string argument)
    {
        var text = new StringBuilder(argument.Length);
        bool isInside = false;
        for (int i = 0; i < argument.Length; i++)
        {
            if (argument[i] != '"')
            {
                text.Append(argument[i]);
            }
            else if (isInside && i + 1 < argument.Length && argument[i + 1] == '"')
            {
                text.Append('"');
                i++;
            }
            else
            {
                isInside = !isInside;
            }
        }

        return text.ToString();
    }

    /// <summary>Reads a command.</summary>
    /// <param name="line">What follows the backslash, up to the end of the line and without it.</param>
    /// <param name="marks">Its marks (see <see cref="SqlLexer"/>).</param>
    /// <param name="variables">What <c>:name</c> stands for in its words; null where nothing does.</param>
    /// <param name="characters">The characters of the script's encoding; null where each byte can be looked at for itself.</param>
    /// <param name="consumed">How many bytes are done with: all, or those before the next command of the line.</param>
    /// <exception cref="PureDumpException">With what its variables stand for it is longer than <see cref="WordsLengthMax"/>
    /// (<see cref="ErrorKind.ScriptRefused"/>).</exception>
    internal static MetaCommand Read(
        ReadOnlySpan<byte> line, ReadOnlySpan<byte> marks, IScriptVariables? variables, ClientCharacters? characters, out int consumed)
    {
        int nameLength = 0;
        while (nameLength < marks.Length && !IsBlank(marks[nameLength]) && marks[nameLength] != (byte)'\\')
        {
            nameLength++;
        }

        if (line[..nameLength].SequenceEqual("copy"u8))
        {
            // Its line is a statement's, which quotes as SQL does.
            consumed = line.Length;
            return new MetaCommand("copy", Text(line[nameLength..].Trim(" \t\r"u8)));
        }

        var words = new Words(line[nameLength..], marks[nameLength..], variables, characters);
        words.Read();
        consumed = nameLength + words.Position;
        return new MetaCommand(Text(line[..nameLength]), Text(line[nameLength..].TrimEnd(" \t\r"u8).TrimStart(" \t"u8)))
        {
            Arguments = [.. words.Found.Select(static word => Text(word))],
            HasBackquote = words.HasBackquote,
        };
    }

    private static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\v' or (byte)'\f';

    // To psql the words of a command are bytes, whatever client_encoding is: pg_dumpall names databases in UTF-8 behind the rows of one
    // in LATIN1.
    private static string Text(ReadOnlySpan<byte> bytes) => TypedText.Decode(bytes);

    private ref struct Words(ReadOnlySpan<byte> line, ReadOnlySpan<byte> marks, IScriptVariables? variables, ClientCharacters? characters)
    {
        private readonly ReadOnlySpan<byte> _line = line;
        private readonly ReadOnlySpan<byte> _marks = marks;
        private readonly IScriptVariables? _variables = variables;
        private readonly ClientCharacters? _characters = characters;
        private int _length;

        public List<byte[]> Found { get; } = [];

        public int Position { get; private set; }

        public bool HasBackquote { get; private set; }

        public void Read()
        {
            while (true)
            {
                while (Position < _line.Length && IsBlank(_marks[Position]))
                {
                    Position++;
                }

                if (Position == _line.Length)
                {
                    return;
                }

                if (_marks[Position] == (byte)'\\')
                {
                    // "\\" ends the command; a single one begins the next.
                    Position += Position + 1 < _line.Length && _marks[Position + 1] == (byte)'\\' ? 2 : 0;
                    return;
                }

                ReadWord();
            }
        }

        private void ReadWord()
        {
            var word = new List<byte>();
            while (Position < _line.Length && !IsBlank(_marks[Position]) && _marks[Position] != (byte)'\\')
            {
                byte first = _marks[Position];
                switch (first)
                {
                    case (byte)'\'':
                        ReadLiteral(word);
                        break;
                    case (byte)'"':
                        ReadName(word);
                        break;
                    case (byte)':':
                        ReadVariable(word);
                        break;
                    default:
                        HasBackquote |= first == (byte)'`';
                        word.Add(_line[Position++]);
                        break;
                }
            }

            Found.Add([.. word]);
        }

        // As in C: \n \t \b \r \f, octal and hexadecimal numbers, and a quote by doubling.
        private void ReadLiteral(List<byte> word)
        {
            Position++;
            while (Position < _line.Length)
            {
                byte one = _marks[Position];
                byte meant = _line[Position++];
                if (one == (byte)'\'')
                {
                    if (Position == _line.Length || _marks[Position] != (byte)'\'')
                    {
                        return;
                    }

                    Position++;
                }
                else if (one == (byte)'\\' && Position < _line.Length)
                {
                    meant = ReadEscape();
                }

                word.Add(meant);
            }
        }

        private byte ReadEscape()
        {
            byte letter = _marks[Position];
            byte meant = _line[Position++];
            switch (letter)
            {
                case (byte)'n':
                    return (byte)'\n';
                case (byte)'t':
                    return (byte)'\t';
                case (byte)'b':
                    return (byte)'\b';
                case (byte)'r':
                    return (byte)'\r';
                case (byte)'f':
                    return (byte)'\f';
                case >= (byte)'0' and <= (byte)'7':
                    Position--;
                    return ReadNumber(8, 3);
                case (byte)'x' when Position < _line.Length && char.IsAsciiHexDigit((char)_marks[Position]):
                    return ReadNumber(16, 2);
                default:
                    return meant;
            }
        }

        private byte ReadNumber(int radix, int lengthMax)
        {
            int number = 0;
            for (int i = 0; i < lengthMax && Position < _line.Length; i++)
            {
                int digit = char.IsAsciiHexDigit((char)_marks[Position]) ? Convert.ToInt32(((char)_marks[Position]).ToString(), 16) : radix;
                if (digit >= radix)
                {
                    break;
                }

                number = (number * radix) + digit;
                Position++;
            }

            return (byte)number;
        }

        private void ReadName(List<byte> word)
        {
            int end = _marks[(Position + 1)..].IndexOf((byte)'"');
            int length = end < 0 ? _line.Length - Position : end + 2;
            word.AddRange(_line.Slice(Position, length));
            Position += length;
        }

        private void ReadVariable(List<byte> word)
        {
            if (VariableReference.Find(_marks[Position..], isLast: true, out _) is not { } found)
            {
                word.Add(_line[Position++]);
                return;
            }

            if (found.Kind == VariableKind.Test && _variables is not null)
            {
                word.AddRange(_variables.TryGet(_line.Slice(Position + found.NameStart, found.NameLength), out _) ? "TRUE"u8 : "FALSE"u8);
                Position += found.Length;
                return;
            }

            if (found.Kind != VariableKind.Test
                && _variables is not null
                && _variables.TryGet(_line.Slice(Position + found.NameStart, found.NameLength), out byte[] value)
                && (found.Kind == VariableKind.Plain ? value : VariableReference.Quoted(value, found.Kind, _characters)) is { } meant)
            {
                _length += meant.Length;
                if (_length > WordsLengthMax)
                {
                    throw new PureDumpException(
                        ErrorKind.ScriptRefused,
                        $"with its variables a backslash command is longer than {WordsLengthMax} bytes");
                }

                word.AddRange(meant);
                Position += found.Length;
                return;
            }

            // What nobody has set stays as it stands, quotes and all.
            word.AddRange(_line.Slice(Position, found.Length));
            Position += found.Length;
        }
    }
}
