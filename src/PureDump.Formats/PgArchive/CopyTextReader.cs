using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Rows;

namespace PureDump.Formats.PgArchive;

/// <summary>
/// Cuts the data of a TABLE DATA entry into blocks of whole rows, up to the line <c>\.</c>. A row of COPY's text format is a line:
/// line feeds in values are escaped. Holds one block at most besides the one it fills.
/// </summary>
/// <param name="data">Of an entry that is <see cref="PgDataKind.CopyText"/>; not owned.</param>
/// <param name="name">For messages: whose rows.</param>
/// <param name="columnCount">How many fields each row must have; 0: that is not known.</param>
/// <param name="encoding">Of the rows, by PostgreSQL's name.</param>
internal sealed class CopyTextReader(Stream data, string name, int columnCount = 0, string encoding = "UTF8")
{
    private readonly ClientCharacters? _characters = ClientCharacters.Of(encoding);
    private readonly RowWalker _walker = new();
    private readonly byte[] _rest = new byte[RowBlock.Capacity];
    private int _restLength;
    private bool _isInRow;
    private bool _isAtEnd;

    private static ReadOnlySpan<byte> EndLine => CopyText.End[..3];

    /// <summary>Fills an empty block.</summary>
    /// <returns>False where no row is left; the data were then read to their end.</returns>
    /// <exception cref="PureDumpException">The rows do not end as they should (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public bool Read(RowBlock block)
    {
        if (_isAtEnd)
        {
            return false;
        }

        int length = Fill(block.Buffer);
        ReadOnlySpan<byte> bytes = block.Buffer.AsSpan(0, length);
        int end = EndOf(bytes);
        int rowsLength = end >= 0 ? end : bytes.LastIndexOf((byte)'\n') + 1;
        bool isPiece = rowsLength == 0 && end < 0 && length == RowBlock.Capacity;
        if (end < 0 && length < RowBlock.Capacity)
        {
            throw new PureDumpException(ErrorKind.ArchiveDamaged, $"the rows of {name} are truncated: they do not end with \\.");
        }

        block.Format = RowFormat.Text;
        block.Length = isPiece ? length : rowsLength;
        block.IsContinuation = _isInRow;
        block.Continues = isPiece;
        block.RowCount = Count(block);
        _isInRow = isPiece;
        if (end >= 0)
        {
            ReadTail(bytes[(end + EndLine.Length)..]);
            return rowsLength > 0;
        }

        bytes[block.Length..].CopyTo(_rest);
        _restLength = length - block.Length;
        return true;
    }

    private int Count(RowBlock block)
    {
        try
        {
            return _walker.Count(
                new WalkedBlock(RowFormat.Text, columnCount, 0, block.IsContinuation, block.Continues) { Characters = _characters },
                block.Bytes);
        }
        catch (PureDumpException e)
        {
            throw new PureDumpException(e.Kind, $"the rows of {name} are damaged: {e.Message}", e.Hint, e);
        }
    }

    private int Fill(byte[] buffer)
    {
        _rest.AsSpan(0, _restLength).CopyTo(buffer);
        return _restLength + data.ReadAtLeast(buffer.AsSpan(_restLength), buffer.Length - _restLength, throwOnEndOfStream: false);
    }

    // Where the line that ends the rows begins, or -1.
    private int EndOf(ReadOnlySpan<byte> bytes)
    {
        if (!_isInRow && bytes.StartsWith(EndLine))
        {
            return 0;
        }

        int before = bytes.IndexOf("\n\\.\n"u8);
        return before < 0 ? -1 : before + 1;
    }

    // Two empty lines; and only when the data are read to their end, their checksum is looked at.
    private void ReadTail(ReadOnlySpan<byte> bytes)
    {
        _isAtEnd = true;
        CheckTail(bytes);
        Span<byte> more = stackalloc byte[64];
        for (int length; (length = data.Read(more)) > 0;)
        {
            CheckTail(more[..length]);
        }
    }

    private void CheckTail(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOfAnyExcept((byte)'\n') >= 0)
        {
            throw new PureDumpException(ErrorKind.ArchiveDamaged, $"the rows of {name} go on behind the line that ends them");
        }
    }
}
