using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Rows;

namespace PureDump.Formats.PgArchive;

/// <summary>
/// Cuts the data of a <see cref="PgDataKind.Sql"/> entry into blocks of whole statements. A semicolon ends one outside quotes;
/// neither comments nor dollar quotes are written there (pg_backup_db.c, ExecuteSimpleCommands).
/// </summary>
/// <param name="data">The statements; not owned.</param>
/// <param name="encoding">PostgreSQL's name for that of the data.</param>
/// <param name="hasStandardStrings">A backslash in <c>'…'</c> is nothing but a backslash.</param>
/// <param name="name">For messages: whose rows.</param>
internal sealed class StatementReader(Stream data, string encoding, bool hasStandardStrings, string name)
{
    private readonly byte[] _rest = new byte[RowBlock.Capacity];
    private readonly ClientCharacters? _characters = ClientCharacters.Of(encoding);
    private byte[] _marks = [];
    private int _restLength;
    private byte _quote;
    private bool _hasEscapes;
    private bool _isEscaped;
    private byte _last;
    private bool _isInStatement;

    /// <summary>Fills an empty block.</summary>
    /// <returns>False where no statement is left; the data were then read to their end.</returns>
    /// <exception cref="PureDumpException">They end inside a statement (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public bool Read(RowBlock block)
    {
        byte[] buffer = block.Buffer;
        _rest.AsSpan(0, _restLength).CopyTo(buffer);
        int length = _restLength + data.ReadAtLeast(buffer.AsSpan(_restLength), buffer.Length - _restLength, throwOnEndOfStream: false);
        bool isLast = length < RowBlock.Capacity;
        int end = Scan(Marks(buffer.AsSpan(0, length), isLast, out int wholeLength), out int count);
        if (isLast && buffer.AsSpan(end, length - end).IndexOfAnyExcept("\n\r "u8) >= 0)
        {
            throw new PureDumpException(ErrorKind.ArchiveDamaged, $"the statements of {name} are truncated: the last one does not end");
        }

        bool isPiece = end == 0 && !isLast;
        block.Format = RowFormat.Statements;
        block.Length = isPiece ? wholeLength : isLast ? length : end;
        block.RowCount = count;
        block.IsContinuation = _isInStatement;
        block.Continues = isPiece;
        _isInStatement = isPiece;
        _restLength = length - block.Length;
        buffer.AsSpan(block.Length, _restLength).CopyTo(_rest);
        if (!isPiece)
        {
            // What is left is looked at again; it begins outside quotes.
            (_quote, _isEscaped, _last) = (0, false, 0);
        }

        return length > 0;
    }

    // In encodings that only clients use quotes are looked for in the marks; a piece of a statement ends with a character there.
    private ReadOnlySpan<byte> Marks(ReadOnlySpan<byte> bytes, bool isLast, out int wholeLength)
    {
        wholeLength = bytes.Length;
        if (_characters is null)
        {
            return bytes;
        }

        if (_marks.Length == 0)
        {
            _marks = new byte[RowBlock.Capacity];
        }

        wholeLength = _characters.Mask(bytes, _marks, isLast);
        return _marks.AsSpan(0, wholeLength);
    }

    // Where the last whole statement ends; 0 where none does.
    private int Scan(ReadOnlySpan<byte> bytes, out int count)
    {
        int end = 0;
        count = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            byte b = bytes[i];
            if (_quote == 0)
            {
                if (b is (byte)'\'' or (byte)'"')
                {
                    _quote = b;
                    _hasEscapes = b == (byte)'\'' && (!hasStandardStrings || _last is (byte)'E' or (byte)'e');
                }
                else if (b == (byte)';')
                {
                    count++;
                    end = i + 1;
                    end += end < bytes.Length && bytes[end] == (byte)'\n' ? 1 : 0;
                }
            }
            else if (_isEscaped)
            {
                _isEscaped = false;
            }
            else if (_hasEscapes && b == (byte)'\\')
            {
                _isEscaped = true;
            }
            else if (b == _quote)
            {
                // A doubled quote ends a string and begins the next, of the same kind.
                _quote = 0;
                b = _hasEscapes ? (byte)'E' : b;
            }

            _last = b;
        }

        return end;
    }
}
