using PureDump.Formats.Entries;
using PureDump.Formats.Pg;
using PureDump.Formats.Rows;

namespace PureDump.Postgres.Wire;

/// <summary>
/// One <c>COPY … FROM STDIN</c>: takes blocks of rows, adds COPY's header and trailer. After an error the connection is
/// ready again and the error was thrown; nothing of the COPY is kept by the server.
/// </summary>
internal sealed class CopyIn
{
    private readonly WireConnection _connection;
    private readonly RowFormat _format;

    internal CopyIn(WireConnection connection, RowFormat format)
    {
        _connection = connection;
        _format = format;
        if (format == RowFormat.Binary)
        {
            connection.SendCopyData(BinaryCopy.Header);
        }
    }

    /// <summary>True where the server has ended the COPY with an error, or it was completed or given up.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Sends a block.</summary>
    /// <exception cref="PureDumpException">The server has reported an error; the COPY is over.</exception>
    public void Write(RowBlock block) => Write(block.Bytes);

    /// <summary>Sends rows, or a part of a row, in the format of the COPY.</summary>
    public void Write(ReadOnlySpan<byte> rows)
    {
        IsOver = true;
        _connection.SendCopyData(rows);
        IsOver = false;
    }

    /// <summary>Ends the COPY.</summary>
    /// <returns>The number of rows the server took.</returns>
    public long Complete()
    {
        IsOver = true;
        if (_format == RowFormat.Binary)
        {
            _connection.SendCopyData(BinaryCopy.Trailer);
        }

        return _connection.EndCopyIn();
    }

    /// <summary>Gives the COPY up; the server throws away what it got.</summary>
    public void Abort(string reason)
    {
        IsOver = true;
        _connection.FailCopyIn(reason);
    }
}
