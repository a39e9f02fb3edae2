using System.Buffers.Binary;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Rows;

namespace PureDump.Postgres.Wire;

/// <summary>
/// The rows of one <c>COPY … TO STDOUT</c>, taken block by block. The server sends one CopyData message per row, so
/// row borders come for nothing. Nothing is allocated per row, and a row of any length passes in frames of one block.
/// </summary>
/// <remarks>
/// A source's COPY that is given up is read to its end up to 1 MiB; of more the connection is replaced by one of the same snapshot: to
/// read on could take hours, and a cancel request that comes late hits the next statement.
/// </remarks>
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

    /// <summary>Gives up the rows that are left, where they are few.</summary>
    /// <param name="sizeMax">How many bytes of them are worth reading to their end.</param>
    /// <returns>False where more come: the connection is in the middle of them, and of no further use.</returns>
    /// <exception cref="PureDumpException">The server broke the protocol or closed the connection.</exception>
    public bool TryLeave(long sizeMax)
    {
        while (!_ended)
        {
            int length = _rowRemaining;
            if (length == 0)
            {
                reader.Require(WireReader.HeaderSize, "during a COPY");
                if (reader.Buffer[reader.Start] != (byte)'d')
                {
                    TakeControl(isLeaving: true);
                    continue;
                }

                length = WireReader.BodyLength(reader.Buffer.AsSpan(reader.Start, WireReader.HeaderSize), WireLimits.MessageSizeMax);
                if (length <= sizeMax)
                {
                    reader.Start += WireReader.HeaderSize;
                }
            }

            if (length > sizeMax)
            {
                return false;
            }

            reader.Skip(length);
            _rowRemaining = 0;
            sizeMax -= length + WireReader.HeaderSize;
        }

        return true;
    }

    // Where that is an error of the server the COPY is over as well.
    private void TakeControl(bool isLeaving)
    {
        try
        {
            _ended = true;
            _ended = connection.TakeCopyControl();
        }
        catch (PureDumpException e) when (isLeaving && e.Kind is not (ErrorKind.Connection or ErrorKind.Protocol))
        {
            // Nobody wants these rows any more, nor why there are no more of them.
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
            TakeControl(isLeaving: false);
            return !_ended;
        }

        int length = WireReader.BodyLength(reader.Buffer.AsSpan(reader.Start, WireReader.HeaderSize), WireLimits.MessageSizeMax);
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
