using System.Text;
using PureDump.Formats.Errors;

namespace PureDump.Postgres.Wire;

/// <summary>What comes next of the answer to a query.</summary>
internal enum QueryPart
{
    /// <summary>The connection is ready for the next query; nothing more comes.</summary>
    Ready,

    /// <summary>Rows with <see cref="SimpleQuery.Columns"/> follow.</summary>
    Columns,

    /// <summary>One row, <see cref="SimpleQuery.Row"/>.</summary>
    Row,

    /// <summary>A statement was done; <see cref="SimpleQuery.Tag"/>.</summary>
    Complete,

    /// <summary>There was no statement in it.</summary>
    Empty,

    /// <summary>The server wants rows: <see cref="SimpleQuery.PutCopyData"/>.</summary>
    CopyIn,

    /// <summary>The server gives rows: <see cref="SimpleQuery.ReadCopyData"/>.</summary>
    CopyOut,

    /// <summary>It failed; <see cref="SimpleQuery.Error"/>.</summary>
    Error,
}

/// <summary>One column of a result.</summary>
/// <param name="Name">Its name, undecoded.</param>
/// <param name="TypeOid">Its type.</param>
internal readonly record struct QueryColumn(byte[] Name, uint TypeOid);

/// <summary>
/// The answer to one simple query, part by part: every result of every statement in it, COPY in both directions, errors
/// with all that the server says of them. To be read up to <see cref="QueryPart.Ready"/>.
/// </summary>
internal ref struct SimpleQuery
{
    private readonly WireConnection _connection;
    private int _copyRemaining;
    private bool _isCopyOut;

    /// <summary>Sends a query.</summary>
    /// <param name="connection">An idle connection.</param>
    /// <param name="sql">In the encoding of the session.</param>
    public SimpleQuery(WireConnection connection, ReadOnlySpan<byte> sql)
    {
        _connection = connection;
        connection.SendQuery(sql);
    }

    /// <summary>The columns of the rows that follow.</summary>
    public IReadOnlyList<QueryColumn> Columns { get; private set; } = [];

    /// <summary>The body of a DataRow; see <see cref="DataRow.Next"/>. Valid until the next part.</summary>
    public ReadOnlySpan<byte> Row { get; private set; }

    /// <summary>The command tag.</summary>
    public string Tag { get; private set; } = "";

    /// <summary>What the server said of a failure.</summary>
    public ServerMessage? Error { get; private set; }

    /// <summary>True where the COPY is in binary.</summary>
    public bool IsBinary { get; private set; }

    /// <summary>Reads the next part.</summary>
    /// <exception cref="PureDumpException">The connection broke, or the server broke the protocol.</exception>
    public QueryPart Next()
    {
        byte type = _connection.ReadAnswer(out ReadOnlySpan<byte> body);
        switch (type)
        {
            case (byte)'T':
                Columns = DataRow.Columns(body);
                return QueryPart.Columns;
            case (byte)'D':
                Row = body;
                return QueryPart.Row;
            case (byte)'C':
                Tag = Encoding.UTF8.GetString(body[..Math.Max(0, body.Length - 1)]);
                return QueryPart.Complete;
            case (byte)'I':
                return QueryPart.Empty;
            case (byte)'E':
                Error = ServerMessage.Parse(body);
                return QueryPart.Error;
            case (byte)'G' or (byte)'H' when body.Length >= 3:
                IsBinary = body[0] == 1;
                _isCopyOut = type == (byte)'H';
                return _isCopyOut ? QueryPart.CopyOut : QueryPart.CopyIn;
            case (byte)'Z':
                return QueryPart.Ready;
            default:
                throw new PureDumpException(ErrorKind.Protocol, $"the server sent a message of the unexpected type 0x{type:x2}");
        }
    }

    /// <summary>Sends rows.</summary>
    /// <returns>False where the server has ended the COPY with <see cref="Error"/>.</returns>
    public bool PutCopyData(ReadOnlySpan<byte> rows)
    {
        Error = _connection.PutCopyData(rows);
        return Error is null;
    }

    /// <summary>Says that all rows were sent.</summary>
    public readonly void EndCopyIn() => _connection.SendCopyDone();

    /// <summary>Says that no rows will come; the server answers with an error.</summary>
    public readonly void FailCopyIn(string reason) => _connection.SendCopyFail(reason);

    /// <summary>The next bytes of a COPY OUT.</summary>
    /// <param name="buffer">Where they go.</param>
    /// <returns>How many; 0 where the rows are over, and the next part says how it ended.</returns>
    public int ReadCopyData(Span<byte> buffer)
    {
        WireReader reader = _connection.Reader;
        while (_isCopyOut && _copyRemaining == 0)
        {
            reader.Require(WireReader.HeaderSize, "during a COPY");
            if (reader.Buffer[reader.Start] != (byte)'d')
            {
                _isCopyOut = !_connection.TakeCopyOutEnd(out ServerMessage? error);
                Error = error;
                continue;
            }

            _copyRemaining = WireReader.BodyLength(reader.Buffer.AsSpan(reader.Start, WireReader.HeaderSize), WireLimits.MessageSizeMax);
            reader.Start += WireReader.HeaderSize;
        }

        int count = Math.Min(buffer.Length, _copyRemaining);
        if (count > 0)
        {
            reader.ReadExactly(buffer[..count]);
            _copyRemaining -= count;
        }

        return count;
    }
}
