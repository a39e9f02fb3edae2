using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Postgres.Wire;

namespace PureDump.Engine.Replay;

/// <summary>One message of statements and all that comes of it: results to the observer, rows of the script to the server.</summary>
/// <param name="observer">Gets the results.</param>
/// <param name="requiresCopyEnd">Rows must end with their mark.</param>
internal sealed class StatementRun(IReplayObserver observer, bool requiresCopyEnd)
{
    private const int PieceSize = 1 << 16;

    private byte[] _piece = [];

    /// <summary>The server's word for the last statement that was done: <c>INSERT 0 1</c>.</summary>
    public string LastTag { get; private set; } = "";

    /// <summary>Runs it.</summary>
    /// <param name="connection">An idle connection.</param>
    /// <param name="sql">The statements.</param>
    /// <param name="rows">Where rows for a COPY stand.</param>
    /// <param name="copyCount">How many times the statements ask for rows, so far as that can be seen in them. Rows that the
    /// server does not want, because a statement failed before, are passed over: they are no statements.</param>
    /// <param name="held">Takes the last result in place of the observer; null where it is shown.</param>
    /// <param name="failed">Told of a failure, before rows are passed over.</param>
    /// <returns>False where it failed.</returns>
    public bool Run(
        WireConnection connection,
        ReadOnlySpan<byte> sql,
        ScriptReader? rows,
        int copyCount,
        HeldResult? held,
        StatementFailed failed)
    {
        LastTag = "";
        observer.StatementBegins(sql);
        var query = new SimpleQuery(connection, sql);
        bool hasRows = false;
        ServerMessage? error = null;
        for (QueryPart part = query.Next(); part != QueryPart.Ready; part = query.Next())
        {
            switch (part)
            {
                case QueryPart.Columns:
                    hasRows = true;
                    Begin([.. query.Columns.Select(static column => new ReplayColumn(column.Name, column.TypeOid))], held);
                    break;
                case QueryPart.Row when held is not null:
                    held.Add(query.Row);
                    break;
                case QueryPart.Row:
                    observer.Row(new ReplayRow(query.Row));
                    break;
                case QueryPart.Complete:
                    End(query.Tag, hasRows, held);
                    hasRows = false;
                    break;
                case QueryPart.CopyIn:
                    copyCount--;
                    SendRows(ref query, rows);
                    error ??= query.Error;
                    break;
                case QueryPart.CopyOut:
                    TakeRows(ref query);
                    error ??= query.Error;
                    break;
                case QueryPart.Error:
                    error ??= query.Error;
                    break;
                default:
                    break;
            }

            if (error is { IsFatal: true })
            {
                failed(error, sql);
                throw new PureDumpException(ErrorKind.Connection, "the connection to the server was lost");
            }
        }

        if (error is null)
        {
            return true;
        }

        held?.Show(observer);
        failed(error, sql);
        rows?.PassOverRows(copyCount);
        return false;
    }

    private void Begin(ReplayColumn[] columns, HeldResult? held)
    {
        if (held is null)
        {
            observer.ResultBegins(columns);
            return;
        }

        held.Show(observer);
        held.Begin(columns);
    }

    private void End(string tag, bool hasRows, HeldResult? held)
    {
        LastTag = tag;
        if (held is not null && hasRows)
        {
            held.End(tag);
            return;
        }

        held?.Show(observer);
        observer.StatementEnds(tag, hasRows);
    }

    private void SendRows(ref SimpleQuery query, ScriptReader? rows)
    {
        if (rows is null)
        {
            query.EndCopyIn();
            return;
        }

        bool isTaken = true;
        if (query.IsBinary)
        {
            while (rows.ReadRaw(out ReadOnlySpan<byte> bytes))
            {
                isTaken = isTaken && query.PutCopyData(bytes);
            }
        }
        else
        {
            rows.BeginCopy();
            while (rows.ReadCopy(out ReadOnlySpan<byte> bytes))
            {
                isTaken = isTaken && query.PutCopyData(bytes);
            }
        }

        if (!isTaken)
        {
            return;
        }

        if (requiresCopyEnd && !query.IsBinary && !rows.HasCopyEndMark)
        {
            const string reason = "the script ends inside the rows of a COPY: it was cut off";
            query.FailCopyIn(reason);
            throw new PureDumpException(ErrorKind.ScriptRefused, reason);
        }

        query.EndCopyIn();
    }

    private void TakeRows(ref SimpleQuery query)
    {
        if (_piece.Length == 0)
        {
            _piece = GC.AllocateUninitializedArray<byte>(PieceSize);
        }

        int count;
        while ((count = query.ReadCopyData(_piece)) > 0)
        {
            observer.CopyOut(_piece.AsSpan(0, count));
        }
    }
}

/// <summary>Is told that the server refused a statement.</summary>
internal delegate void StatementFailed(ServerMessage error, ReadOnlySpan<byte> sql);
