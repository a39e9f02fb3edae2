using System.Buffers.Binary;
using System.Text;

namespace PureDump.Postgres.Wire;

/// <summary>A simple query taken message by message, for whoever wants to see all of its results: see <see cref="SimpleQuery"/>.</summary>
internal sealed partial class WireConnection
{
    /// <summary>The encoding of text on the connection.</summary>
    public Encoding SessionEncoding => _encoding;

    internal WireReader Reader => _reader;

    /// <summary>Sends a query as it is, in the encoding of the session.</summary>
    internal void SendQuery(ReadOnlySpan<byte> sql)
    {
        Span<byte> header = _send.AsSpan(0, WireReader.HeaderSize);
        header[0] = (byte)'Q';
        BinaryPrimitives.WriteInt32BigEndian(header[1..], 4 + sql.Length + 1);
        if (sql.Length < SendBufferSize - WireReader.HeaderSize)
        {
            sql.CopyTo(_send.AsSpan(WireReader.HeaderSize));
            _send[WireReader.HeaderSize + sql.Length] = 0;
            Send(_send.AsSpan(0, WireReader.HeaderSize + sql.Length + 1));
            return;
        }

        Send(header);
        Send(sql);
        Send([0]);
    }

    /// <summary>The next message of the answer to a query; notices and parameters are taken aside.</summary>
    /// <returns>The type of the message.</returns>
    internal byte ReadAnswer(out ReadOnlySpan<byte> body)
    {
        while (true)
        {
            byte type = _reader.ReadMessage(out body, WireLimits.MessageSizeMax);
            switch (type)
            {
                case (byte)'Z':
                    TakeReady(body);
                    return type;
                case (byte)'T' or (byte)'D' or (byte)'C' or (byte)'I' or (byte)'E' or (byte)'G' or (byte)'H' or (byte)'c':
                    return type;
                default:
                    TakeAside(type, body);
                    break;
            }
        }
    }

    /// <summary>Takes one message that is not CopyData during a COPY OUT.</summary>
    /// <param name="error">What ended the COPY before its time, or null.</param>
    /// <returns>True where the rows are over.</returns>
    internal bool TakeCopyOutEnd(out ServerMessage? error)
    {
        error = null;
        byte type = _reader.ReadMessage(out ReadOnlySpan<byte> body);
        switch (type)
        {
            case (byte)'c':
                return true;
            case (byte)'E':
                error = ServerMessage.Parse(body);
                return true;
            default:
                TakeAside(type, body);
                return false;
        }
    }

    /// <summary>Tells the server that the data of a COPY IN is complete.</summary>
    internal void SendCopyDone() => Send([(byte)'c', 0, 0, 0, 4]);

    /// <summary>Tells the server that there will be no data for a COPY IN.</summary>
    internal void SendCopyFail(string reason)
    {
        byte[] text = Encoding.UTF8.GetBytes(reason);
        byte[] message = new byte[WireReader.HeaderSize + text.Length + 1];
        message[0] = (byte)'f';
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), message.Length - 1);
        text.CopyTo(message.AsSpan(WireReader.HeaderSize));
        Send(message);
    }
}
