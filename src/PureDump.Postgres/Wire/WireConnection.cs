using System.Buffers.Binary;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;

namespace PureDump.Postgres.Wire;

/// <summary>
/// A blocking connection in the frontend/backend protocol 3: simple queries, COPY in both directions, cancel. One thread
/// at a time, except <see cref="Cancel"/>. Once the connection broke it is dead and says so.
/// </summary>
/// <remarks>
/// The first signal cuts sockets; asking the servers to cancel comes after, and a second at most is waited for it: each is a connection
/// more over a network that may be silent; the statement would run on to its end.
/// </remarks>
internal sealed partial class WireConnection : IDisposable
{
    // A server with much to say (a trigger that warns for every row) does not read on before somebody listens. So a COPY
    // goes out in messages that fit into a socket that can be written to, and nobody waits in a send.
    private const int SendBufferSize = 1 << 14;
    private const int LocalSendBufferMax = 1 << 16;
    private const int SendPatienceUs = 10_000;
    private const string ClientEncoding = "client_encoding";
    private const string CommitCommand = "COMMIT";

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

    /// <summary>Where the session stands, as the last ReadyForQuery said.</summary>
    public TransactionState TransactionState { get; private set; } = TransactionState.Idle;

    /// <summary>
    /// True where a statement of <see cref="Execute(string)"/> was of a kind that can change what the session is set to, or who it is.
    /// Whoever sets the session up says false.
    /// </summary>
    public bool MayHaveNewSettings { get; set; }

    /// <summary>The process id of the server's backend.</summary>
    public int BackendPid => _started.BackendPid;

    /// <summary>True where the login took a password.</summary>
    public bool UsedPassword => _started.UsedPassword;

    /// <summary>The connection's TLS, or null.</summary>
    public SslStream? Tls => _stream as SslStream;

    /// <summary>Told of every notice and warning.</summary>
    public Action<ServerMessage>? Notice { get; set; }

    /// <summary>Which server it is.</summary>
    public ResolvedServer Server => _started.Server;

    /// <summary>The name of the database.</summary>
    public string Database => _started.Target.Database;

    /// <summary>A parameter the server reported, e.g. <c>server_version</c>; null where it did not.</summary>
    public string? Parameter(string name) => _started.Parameters.GetValueOrDefault(name);

    /// <summary>
    /// Runs statements in one simple query and throws the rows away. They must neither begin nor end a transaction: the session stands
    /// behind them where it stood before, or they have failed.
    /// </summary>
    /// <param name="sql">One or more statements.</param>
    /// <returns>The last command tag, e.g. <c>CREATE TABLE</c>.</returns>
    /// <exception cref="PureDumpException">The server reported an error, or the statements are of a kind that must not be; the connection
    /// is usable again. Where there was no transaction before, there is none now.</exception>
    public string Execute(string sql)
    {
        SendQuery(sql);
        return ReadResult(null);
    }

    /// <summary>As <see cref="Execute(string)"/>, for statements that begin or end a transaction.</summary>
    /// <param name="sql">One or more statements.</param>
    /// <param name="leaves">Where the session stands behind them; anything else is an error.</param>
    public string Execute(string sql, TransactionState leaves)
    {
        SendQuery(sql);
        return ReadResult(null, leaves);
    }

    /// <summary>Makes last what was done in the transaction.</summary>
    /// <exception cref="PureDumpException">There was none, or the server has rolled it back (<see cref="ErrorKind.Server"/>), or said why
    /// it could not.</exception>
    public void Commit()
    {
        // To COMMIT a failed transaction is to roll it back, and to the server no error; nor is it one where there is none.
        bool isOpen = TransactionState == TransactionState.InTransaction;
        string before = TransactionStates.Show(TransactionState);
        string tag = Execute(CommitCommand, TransactionState.Idle);
        if (!isOpen || tag != CommitCommand)
        {
            throw new PureDumpException(
                ErrorKind.Server, $"nothing could be committed: the session was {before}, and the server answered COMMIT with {tag}");
        }
    }

    /// <summary>What was typed goes into a statement as text in UTF-8, which an encoding that only clients use is not.</summary>
    private static PureDumpException CannotBeWritten(string? encoding, EncoderFallbackException e) =>
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
        ReadOnlySpan<byte> messages;
        try
        {
            messages = ExtendedQuery.Messages(sql, parameters, _encoding);
        }
        catch (EncoderFallbackException e)
        {
            throw CannotBeWritten(Parameter(ClientEncoding), e);
        }

        Send(messages);
        return new SelectRows(this);
    }

    /// <summary>Starts a <c>COPY … TO STDOUT</c>, the last of the statements in a text.</summary>
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
    /// Asks the server, over a connection of its own, to cancel what it is doing here, and waits a second at most. May be called from
    /// any thread, and after <see cref="Abort"/>; a server that is gone is no error.
    /// </summary>
    public void Cancel() => CancelRequest.Send(_started);

    /// <summary>Cuts the connection at once, from any thread: a blocked read or write fails.</summary>
    public void Abort() => _started.Socket.Dispose();

    /// <summary>From now on the connection is cut when <paramref name="cancellation"/> says so, whoever waits for it.</summary>
    public void AbortWhen(CancellationToken cancellation) =>
        _abort = cancellation.UnsafeRegister(static self => ((WireConnection)self!).Abort(), this);

    /// <inheritdoc/>
    public void Dispose()
    {
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

        // Last: a goodbye waits too where the network is silent.
        _abort.Unregister();
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
        catch (PureDumpException e) when (e.Kind is not (ErrorKind.Connection or ErrorKind.Protocol))
        {
            // query_canceled: "COPY from stdin failed" is what was asked for. Or a row was refused meanwhile, which comes to the same.
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
        int length = ByteCount(sql, out byte[]? typed);
        int size = WireReader.HeaderSize + length + 1;
        byte[] message = size <= _send.Length ? _send : GC.AllocateUninitializedArray<byte>(size);
        message[0] = (byte)'Q';
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), size - 1);
        if (typed is null)
        {
            _encoding.GetBytes(sql, message.AsSpan(WireReader.HeaderSize));
        }
        else
        {
            typed.CopyTo(message, WireReader.HeaderSize);
        }

        message[size - 1] = 0;
        Send(message.AsSpan(0, size));
    }

    // A name in it may be none in UTF-8; then all of it is given as bytes.
    private int ByteCount(string sql, out byte[]? typed)
    {
        try
        {
            typed = TypedText.IsUtf8(sql) ? null : TypedText.Encode(sql, _encoding);
            return typed?.Length ?? _encoding.GetByteCount(sql);
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
            for (int count = 0; count < WireLimits.LastMessageCountMax; count++)
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
            // It closed without a word.
        }

        return new PureDumpException(
            ErrorKind.Connection,
            $"the connection to the server broke while sending: {cause.Message}",
            null,
            cause);
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
                case (byte)'T' or (byte)'D' or (byte)'C':
                    // Of the statements before it.
                    break;
                case (byte)'Z':
                    throw new PureDumpException(ErrorKind.Protocol, $"the server did not start a COPY for: {sql}");
                default:
                    TakeAside(type, body);
                    break;
            }
        }
    }

    // Reads up to ReadyForQuery. The first error is thrown there, when the connection is usable again.
    private string ReadResult(AnswerRows? rows, TransactionState? leaves = null)
    {
        TransactionState before = TransactionState;
        ServerMessage? error = null;
        string? offence = null;
        string tag = "";
        while (true)
        {
            byte type = _reader.ReadMessage(out ReadOnlySpan<byte> body, rows is null ? WireLimits.RowsSkipped : WireLimits.AnswerSizeMax);
            switch (type)
            {
                case (byte)'C':
                    tag = Encoding.UTF8.GetString(body[..Math.Max(0, body.Length - 1)]);
                    MayHaveNewSettings |= !CommandTag.IsDefinition(tag);
                    if (leaves is null && CommandTag.IsOfTransaction(tag))
                    {
                        offence ??= $"{tag} is not allowed here: it begins or ends a transaction, or a part of one";
                    }

                    break;
                case (byte)'D':
                    rows?.Add(body, _encoding);
                    break;
                case (byte)'T' or (byte)'I' or (byte)'d' or (byte)'c':
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
                    Settle(before, leaves, error, offence);
                    return tag;
                case (byte)'G':
                    offence ??= "COPY FROM STDIN is not allowed here: there are no rows for it";
                    SendCopyFail(offence);
                    break;
                case (byte)'H':
                    offence ??= "COPY TO STDOUT is not allowed here: nobody takes its rows";
                    break;
                default:
                    TakeAside(type, body);
                    break;
            }
        }
    }

    // The one place that compares where a session stands with where it should. Nothing that a statement did in a transaction which it began
    // itself is kept, and whoever comes next finds the session as it was; a transaction that others have worked in cannot be had back.
    private void Settle(TransactionState before, TransactionState? leaves, ServerMessage? error, string? offence)
    {
        TransactionState after = TransactionState;
        TransactionState due = leaves ?? before;
        PureDumpException? problem = offence is not null ? new PureDumpException(ErrorKind.Server, offence)
            : error?.ToException(null);
        if (problem is null && after == due)
        {
            return;
        }

        problem ??= new PureDumpException(
            ErrorKind.Server,
            $"the session is {TransactionStates.Show(after)} after the statement, and should be {TransactionStates.Show(due)}");
        if (before == TransactionState.Idle && after != TransactionState.Idle)
        {
            Execute("ROLLBACK", TransactionState.Idle);
        }
        else if (before == TransactionState.InTransaction && after == TransactionState.Idle && due != TransactionState.Idle)
        {
            problem = new PureDumpException(
                problem.Kind, $"{problem.Message}; with it the transaction ended that everything before it was in", problem.Hint, problem)
            {
                SqlState = problem.SqlState,
                Report = problem.Report,
            };
        }

        throw problem;
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
        if (body.Length != 1 || !Enum.IsDefined((TransactionState)body[0]))
        {
            throw new PureDumpException(ErrorKind.Protocol, $"the server is ready for queries in an unknown state ({body.Length} bytes)");
        }

        TransactionState = (TransactionState)body[0];
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
                _started.SetParameter(name, value);
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
