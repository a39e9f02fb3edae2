using System.Buffers.Binary;
using PureDump.Formats;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Rows;

namespace PureDump.Postgres.Wire;

/// <summary>
/// The rows of one <c>COPY … TO STDOUT</c>, taken block by block. The server sends one CopyData message per row, so
/// row borders come for nothing. Nothing is allocated per row, and a row of any length passes in frames of one block.
/// </summary>
internal sealed class CopyOut(WireConnection connection, WireReader reader, RowFormat format)
{
    // Rows up to here go through the receive buffer; larger ones are read straight into the block.
    private const int BufferedRowMax = WireReader.BufferSize / 4;

    private bool _headerTaken = format == RowFormat.Text;
    private bool _ended;
    private bool _isLong;
    private int _rowRemaining;

    /// <summary>Fills an empty block with rows.</summary>
    /// <returns>False where no row was left; the connection is then ready for the next statement.</returns>
    /// <exception cref="PureDumpException">The server reported an error, broke the protocol or closed the connection.</exception>
    public bool Fill(RowBlock block)
    {
        block.Format = format;
        if (_rowRemaining > 0)
        {
            block.IsContinuation = true;
            TakePartOfRow(block);
            return true;
        }

        while (!_ended)
        {
            bool isFull = TakeBufferedRows(block);
            if (isFull || !TakeNextMessage(block))
            {
                break;
            }
        }

        return block.Length > 0;
    }

    /// <summary>Throws away what is left, so that the connection is ready for the next statement. Nothing where that was all.</summary>
    /// <exception cref="PureDumpException">As for <see cref="Fill"/>; the connection is ready too where the server reported an error.</exception>
    public void Drain()
    {
        byte[]? scratch = null;
        while (!_ended)
        {
            while (_rowRemaining > 0)
            {
                scratch ??= new byte[BufferedRowMax];
                int part = Math.Min(_rowRemaining, scratch.Length);
                reader.ReadExactly(scratch.AsSpan(0, part));
                _rowRemaining -= part;
            }

            reader.Require(WireReader.HeaderSize, "during a COPY");
            if (reader.Buffer[reader.Start] == (byte)'d')
            {
                _rowRemaining = WireReader.BodyLength(reader.Buffer.AsSpan(reader.Start, WireReader.HeaderSize), WireReader.MessageSizeMax);
                reader.Start += WireReader.HeaderSize;
            }
            else
            {
                TakeControl();
            }
        }
    }

    // The hot loop: all rows that stand whole in the receive buffer. True where the next one does not fit the block.
    private bool TakeBufferedRows(RowBlock block)
    {
        if (!_headerTaken)
        {
            return false;
        }

        byte[] source = reader.Buffer;
        byte[] target = block.Buffer;
        int at = reader.Start;
        int end = reader.End;
        int filled = block.Length;
        int rowCount = block.RowCount;
        // A binary message of two bytes can be the trailer; text has none.
        int ambiguousLength = format == RowFormat.Binary ? BinaryCopy.TrailerSize : 0;
        bool isFull = false;
        while (end - at >= WireReader.HeaderSize && source[at] == (byte)'d')
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(source.AsSpan(at + 1)) - 4;
            if ((uint)length > (uint)(end - at - WireReader.HeaderSize) || length <= ambiguousLength)
            {
                break;
            }

            if (length > RowBlock.Capacity - filled)
            {
                isFull = filled > 0;
                break;
            }

            source.AsSpan(at + WireReader.HeaderSize, length).CopyTo(target.AsSpan(filled));
            filled += length;
            rowCount++;
            at += WireReader.HeaderSize + length;
        }

        reader.Start = at;
        block.Length = filled;
        block.RowCount = rowCount;
        return isFull;
    }

    // Everything else: the header, the trailer, short rows, rows across the buffer's end, rows larger than a block, the
    // end. False where the block is to be handed on.
    private bool TakeNextMessage(RowBlock block)
    {
        Await(WireReader.HeaderSize, block);
        if (reader.Buffer[reader.Start] != (byte)'d')
        {
            TakeControl();
            return !_ended;
        }

        int length = WireReader.BodyLength(reader.Buffer.AsSpan(reader.Start, WireReader.HeaderSize), WireReader.MessageSizeMax);
        if (!_headerTaken)
        {
            reader.Start += WireReader.HeaderSize;
            length -= TakeHeader(length);
            return TakeRow(block, length);
        }

        if (length > RowBlock.Capacity - block.Length && block.Length > 0)
        {
            return false;
        }

        bool mayBeTrailer = format == RowFormat.Binary && length == BinaryCopy.TrailerSize;
        if (length is > 0 and <= BufferedRowMax && !mayBeTrailer)
        {
            // Across the end of what was received: with all of it there, and whatever else has come, the hot loop goes on.
            Await(WireReader.HeaderSize + length, block);
            return true;
        }

        reader.Start += WireReader.HeaderSize;
        return TakeRow(block, length);
    }

    // An error ends it, too.
    private void TakeControl()
    {
        _ended = true;
        _ended = connection.TakeCopyControl();
    }

    // A small table is over before a pause could be of use.
    private void Await(int count, RowBlock block)
    {
        _isLong |= block.Length >= BufferedRowMax;
        if (!_isLong)
        {
            reader.Require(count, "during a COPY");
        }
        else
        {
            reader.RequireOfRows(count);
        }
    }

    private int TakeHeader(int length)
    {
        if (length < BinaryCopy.HeaderSize)
        {
            throw new PureDumpException(
                ErrorKind.Protocol,
                $"a binary COPY begins with a message of {length} bytes, its header alone has {BinaryCopy.HeaderSize}");
        }

        reader.Require(BinaryCopy.HeaderSize, "in the header of a COPY");
        int extensionSize = BinaryCopy.ReadHeader(reader.Buffer.AsSpan(reader.Start, BinaryCopy.HeaderSize));
        if (extensionSize > length - BinaryCopy.HeaderSize)
        {
            throw new PureDumpException(
                ErrorKind.Protocol, $"a binary COPY has a header extension of {extensionSize} bytes that reaches out of its message");
        }

        reader.Require(BinaryCopy.HeaderSize + extensionSize, "in the header of a COPY");
        reader.Start += BinaryCopy.HeaderSize + extensionSize;
        _headerTaken = true;
        return BinaryCopy.HeaderSize + extensionSize;
    }

    // The body of one CopyData message, its header already taken. True to go on filling the block.
    private bool TakeRow(RowBlock block, int length)
    {
        if (length == 0)
        {
            return true;
        }

        if (format == RowFormat.Binary && length == BinaryCopy.TrailerSize)
        {
            reader.Require(length, "at the end of a COPY");
            if (reader.Buffer.AsSpan(reader.Start, length).SequenceEqual(BinaryCopy.Trailer))
            {
                reader.Start += length;
                return true;
            }
        }

        block.RowCount++;
        if (length > RowBlock.Capacity - block.Length)
        {
            _rowRemaining = length;
            TakePartOfRow(block);
            return false;
        }

        reader.ReadExactly(block.Buffer.AsSpan(block.Length, length));
        block.Length += length;
        return true;
    }

    private void TakePartOfRow(RowBlock block)
    {
        int part = Math.Min(_rowRemaining, RowBlock.Capacity - block.Length);
        reader.ReadExactly(block.Buffer.AsSpan(block.Length, part));
        block.Length += part;
        _rowRemaining -= part;
        block.Continues = _rowRemaining > 0;
    }
}
