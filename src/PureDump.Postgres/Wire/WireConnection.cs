using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using PureDump.Formats;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;

namespace PureDump.Postgres.Wire;

/// <summary>
/// A blocking connection in the frontend/backend protocol 3: simple queries, COPY in both directions, cancel. One thread
/// at a time, except <see cref="Cancel"/>. Once the connection broke it is dead and says so.
/// </summary>
internal sealed partial class WireConnection : IDisposable
{
    // A server with much to say (a trigger that warns for every row) does not read on before somebody listens. So a COPY
    // goes out in messages that fit into a socket that can be written to, and nobody waits in a send.
    private const int SendBufferSize = 1 << 14;
    private const int LocalSendBufferMax = 1 << 16;
    private const int SendPatienceUs = 10_000;
    private const string ClientEncoding = "client_encoding";

    private readonly StartedConnection _started;
    private readonly Stream _stream;
    private readonly WireReader _reader;
    private readonly byte[] _send;
    private CancellationTokenRegistration _abort;
    private Encoding _encoding;

    /// <summary>Takes over a connection that has said it is ready for queries.</summary>
    public WireConnection(StartedConnection started)
    {
        _started = started;
        _stream = started.Stream;
        _reader = new WireReader(started.Stream);
        _send = new byte[SendSizeOf(started.Socket)];
        _encoding = TextEncoding.Of(started.Parameters.GetValueOrDefault(ClientEncoding, "UTF8"));
    }

    /// <summary>The state of the session: 'I' = idle, 'T' = in a transaction, 'E' = in a failed one.</summary>
    public char TransactionState { get; private set; } = 'I';

    /// <summary>The process id of the server's backend.</summary>
    public int BackendPid => _started.BackendPid;

    /// <summary>Told of every notice and warning.</summary>
    public Action<ServerMessage>? Notice { get; set; }

    /// <summary>Which server it is.</summary>
    public ResolvedServer Server => _started.Server;

    /// <summary>A parameter the server reported, e.g. <c>server_version</c>; null where it did not.</summary>
    public string? Parameter(string name) => _started.Parameters.GetValueOrDefault(name);

    /// <summary>Runs statements in one simple query and throws the rows away.</summary>
    /// <param name="sql">One or more statements.</param>
    /// <returns>The last command tag, e.g. <c>CREATE TABLE</c>.</returns>
    /// <exception cref="PureDumpException">The server reported an error; the connection is usable again.</exception>
    public string Execute(string sql)
    {
        SendQuery(sql);
        return ReadResult(null);
    }

    /// <summary>Runs statements and returns the rows as text; null for NULL. For small results.</summary>
    public List<string?[]> Query(string sql)
    {
        SendQuery(sql);
        var rows = new List<string?[]>();
        ReadResult(rows);
        return rows;
    }

    /// <summary>What was typed goes into a statement as text in UTF-8, which an encoding that only clients use is not.</summary>
    internal static PureDumpException CannotBeWritten(string? encoding, EncoderFallbackException e) =>
        new(
            ErrorKind.Usage,
            $"a name or value of a statement cannot be written in the encoding {encoding}",
            "write it in ASCII, or take UTF8",
            e);

    /// <summary>Starts a statement with parameters; its rows come in binary.</summary>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">The values of $1, $2, … as text; the statement casts them.</param>
    public SelectRows BeginSelect(string sql, IReadOnlyList<string> parameters)
    {
        Send(ExtendedQuery.Messages(sql, parameters, _encoding));
        return new SelectRows(this);
    }

    /// <summary>Starts a <c>COPY … TO STDOUT</c>.</summary>
    public CopyOut BeginCopyOut(string sql)
    {
        SendQuery(sql);
        return new CopyOut(this, _reader, ReadCopyResponse((byte)'H', sql));
    }

    /// <summary>Starts a <c>COPY … FROM STDIN</c>.</summary>
    public CopyIn BeginCopyIn(string sql)
    {
        SendQuery(sql);
        return new CopyIn(this, ReadCopyResponse((byte)'G', sql));
    }

    /// <summary>
    /// Asks the server, over a connection of its own, to cancel what it is doing here. May be called from any thread; a
    /// server that is gone is no error.
    /// </summary>
    public void Cancel() => WireStartup.Cancel(_started);

    /// <summary>Cuts the connection at once, from any thread: a blocked read or write fails.</summary>
    public void Abort() => _started.Socket.Dispose();

    /// <summary>From now on the connection is cut when <paramref name="cancellation"/> says so, whoever waits for it.</summary>
    public void AbortWhen(CancellationToken cancellation) =>
        _abort = cancellation.UnsafeRegister(static self => ((WireConnection)self!).Abort(), this);

    /// <inheritdoc/>
    public void Dispose()
    {
        _abort.Unregister();
        try
        {
            ReadOnlySpan<byte> terminate = [(byte)'X', 0, 0, 0, 4];
            _stream.Write(terminate);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException)
        {
            // Saying goodbye to a server that is already gone.
        }

        _started.Dispose();
    }

    /// <summary>The next DataRow of <see cref="BeginSelect"/>. False where the statement is over.</summary>
    internal bool ReadSelected(out ReadOnlySpan<byte> body)
    {
        while (true)
        {
            byte type = _reader.ReadMessage(out body);
            switch (type)
            {
                case (byte)'D':
                    return true;
                case (byte)'1' or (byte)'2' or (byte)'C':
                    break;
                case (byte)'E':
                    throw Fail(ServerMessage.Parse(body));
                case (byte)'Z':
                    TakeReady(body);
                    return false;
                default:
                    TakeAside(type, body);
                    break;
            }
        }
    }

    /// <summary>Takes one message that is not CopyData during a COPY OUT. True where the COPY is over.</summary>
    internal bool TakeCopyControl()
    {
        byte type = _reader.ReadMessage(out ReadOnlySpan<byte> body);
        switch (type)
        {
            case (byte)'c':
                ReadResult(null);
                return true;
            case (byte)'E':
                throw Fail(ServerMessage.Parse(body));
            default:
                TakeAside(type, body);
                return false;
        }
    }

    internal void SendCopyData(ReadOnlySpan<byte> data)
    {
        if (PutCopyData(data) is { } error)
        {
            throw Fail(error);
        }
    }

    /// <summary>Sends data of a COPY IN.</summary>
    /// <returns>Null, or the error with which the server has ended the COPY; it goes on to ReadyForQuery.</returns>
    internal ServerMessage? PutCopyData(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            if (FindCopyError() is { } error)
            {
                return error;
            }

            if (Poll(SendPatienceUs, SelectMode.SelectWrite))
            {
                ReadOnlySpan<byte> slice = data[..Math.Min(data.Length, _send.Length - WireReader.HeaderSize)];
                data = data[slice.Length..];
                _send[0] = (byte)'d';
                BinaryPrimitives.WriteInt32BigEndian(_send.AsSpan(1), slice.Length + 4);
                slice.CopyTo(_send.AsSpan(WireReader.HeaderSize));
                Send(_send.AsSpan(0, WireReader.HeaderSize + slice.Length));
            }
        }

        return null;
    }

    internal long EndCopyIn()
    {
        SendCopyDone();
        string tag = ReadResult(null);
        return tag.StartsWith("COPY ", StringComparison.Ordinal)
            && long.TryParse(tag.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out long rows)
            ? rows
            : throw new PureDumpException(ErrorKind.Protocol, $"the server ended a COPY with \"{tag}\" in place of the number of rows");
    }

    internal void FailCopyIn(string reason)
    {
        SendCopyFail(reason);
        try
        {
            ReadResult(null);
        }
        catch (PureDumpException e) when (e.SqlState == "57014")
        {
            // query_canceled: "COPY from stdin failed" is what was asked for.
        }
    }

    /// <summary>
    /// During a COPY IN the server speaks only when something went wrong or somebody warns. Looking before each message
    /// spares sending the rest of a table to a server that throws it away.
    /// </summary>
    private ServerMessage? FindCopyError()
    {
        while (_reader.End > _reader.Start || Poll(0, SelectMode.SelectRead))
        {
            byte type = _reader.ReadMessage(out ReadOnlySpan<byte> body);
            if (type == (byte)'E')
            {
                return ServerMessage.Parse(body);
            }

            TakeAside(type, body);
        }

        return null;
    }

    // Linux says that a unix socket can be written to where three quarters of its buffer are free (unix_writable, net/unix/af_unix.c).
    private static int SendSizeOf(Socket socket) => OperatingSystem.IsLinux() && socket.AddressFamily == AddressFamily.Unix
        ? Math.Clamp(socket.SendBufferSize / 2, SendBufferSize, LocalSendBufferMax)
        : SendBufferSize;

    private bool Poll(int patienceUs, SelectMode mode)
    {
        try
        {
            return _started.Socket.Poll(patienceUs, mode);
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            throw new PureDumpException(ErrorKind.Connection, $"the connection to the server broke during a COPY: {e.Message}", null, e);
        }
    }

    private void SendQuery(string sql)
    {
        int length = ByteCount(sql);
        int size = WireReader.HeaderSize + length + 1;
        byte[] message = size <= _send.Length ? _send : GC.AllocateUninitializedArray<byte>(size);
        message[0] = (byte)'Q';
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), size - 1);
        _encoding.GetBytes(sql, message.AsSpan(WireReader.HeaderSize));
        message[size - 1] = 0;
        Send(message.AsSpan(0, size));
    }

    private int ByteCount(string sql)
    {
        try
        {
            return _encoding.GetByteCount(sql);
        }
        catch (EncoderFallbackException e)
        {
            throw CannotBeWritten(Parameter(ClientEncoding), e);
        }
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw BrokenWhileSending(e);
        }
    }

    // A server that ends the session says why before it closes; that reason is worth more than "broken pipe".
    private PureDumpException BrokenWhileSending(Exception cause)
    {
        try
        {
            while (true)
            {
                byte type = _reader.ReadMessage(out ReadOnlySpan<byte> body);
                if (type == (byte)'E')
                {
                    return ServerMessage.Parse(body).ToException(null);
                }
            }
        }
        catch (PureDumpException)
        {
            return new PureDumpException(ErrorKind.Connection, $"the connection to the server broke while sending: {cause.Message}", null, cause);
        }
    }

    private RowFormat ReadCopyResponse(byte expected, string sql)
    {
        while (true)
        {
            byte type = _reader.ReadMessage(out ReadOnlySpan<byte> body);
            if (type == expected && body.Length >= 3)
            {
                return body[0] switch
                {
                    0 => RowFormat.Text,
                    1 => RowFormat.Binary,
                    _ => throw new PureDumpException(ErrorKind.Protocol, $"the server announced a COPY in the unknown format {body[0]}"),
                };
            }

            switch (type)
            {
                case (byte)'E':
                    throw Fail(ServerMessage.Parse(body));
                case (byte)'Z':
                    throw new PureDumpException(ErrorKind.Protocol, $"the server did not start a COPY for: {sql}");
                default:
                    TakeAside(type, body);
                    break;
            }
        }
    }

    // Reads up to ReadyForQuery. The first error is thrown there, when the connection is usable again.
    private string ReadResult(List<string?[]>? rows)
    {
        ServerMessage? error = null;
        string tag = "";
        while (true)
        {
            byte type = _reader.ReadMessage(out ReadOnlySpan<byte> body);
            switch (type)
            {
                case (byte)'C':
                    tag = Encoding.UTF8.GetString(body[..Math.Max(0, body.Length - 1)]);
                    break;
                case (byte)'D':
                    rows?.Add(DataRow.Texts(body, _encoding));
                    break;
                case (byte)'T' or (byte)'I':
                    break;
                case (byte)'E':
                    error ??= ServerMessage.Parse(body);
                    if (error.IsFatal)
                    {
                        throw error.ToException(null);
                    }

                    break;
                case (byte)'Z':
                    TakeReady(body);
                    return error is null ? tag : throw error.ToException(null);
                case (byte)'G':
                    throw new PureDumpException(ErrorKind.Protocol, "the server asks for COPY data where a statement without data was sent");
                default:
                    TakeAside(type, body);
                    break;
            }
        }
    }

    // After an error inside a COPY: the server goes on to ReadyForQuery by itself.
    private PureDumpException Fail(ServerMessage error)
    {
        if (error.IsFatal)
        {
            return error.ToException(null);
        }

        while (true)
        {
            byte type = _reader.ReadMessage(out ReadOnlySpan<byte> body);
            if (type == (byte)'Z')
            {
                TakeReady(body);
                return error.ToException(null);
            }

            if (type is not ((byte)'E' or (byte)'d' or (byte)'c' or (byte)'C'))
            {
                TakeAside(type, body);
            }
        }
    }

    private void TakeReady(ReadOnlySpan<byte> body)
    {
        if (body.Length != 1 || body[0] is not ((byte)'I' or (byte)'T' or (byte)'E'))
        {
            throw new PureDumpException(ErrorKind.Protocol, $"the server is ready for queries in an unknown state ({body.Length} bytes)");
        }

        TransactionState = (char)body[0];
    }

    // What may come at any time.
    private void TakeAside(byte type, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case (byte)'N':
                Notice?.Invoke(ServerMessage.Parse(body));
                break;
            case (byte)'S':
                (string name, string value) = DataRow.Parameter(body);
                _started.Parameters[name] = value;
                if (name == ClientEncoding)
                {
                    _encoding = TextEncoding.Of(value);
                }

                break;
            case (byte)'A':
                break;
            default:
                throw new PureDumpException(ErrorKind.Protocol, $"the server sent a message of the unexpected type 0x{type:x2}");
        }
    }
}
