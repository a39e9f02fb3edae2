using System.Globalization;
using System.Text;
using PureDump.Formats;
using PureDump.Formats.Archive;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Wire;

namespace PureDump.Engine.Transfer;

/// <summary>One connection to the database that is restored into.</summary>
internal sealed class LiveSinkWorker(LiveSink sink, WireConnection connection, bool ownsConnection) : ISinkWorker
{
    private string? _tablespace;
    private string? _accessMethod;
    private TocEntry? _entry;
    private RowFormat _format;
    private bool _isOnlyWriter;
    private bool _isInTransaction;
    private CopyIn? _copy;
    private IntervalCheck? _intervals;

    /// <inheritdoc/>
    public void BeginRows(TocEntry entry, bool isOnlyWriter)
    {
        _entry = entry;
        _isOnlyWriter = isOnlyWriter;
        _copy = null;
        if (entry.Rows is TableRows rows && !sink.HasMade(rows))
        {
            RowTargetCheck.Check(connection, rows);
        }

        _intervals = entry.Rows is null ? null : IntervalCheck.For(connection, entry.Rows, sink.Origin, sink.Features);
    }

    /// <inheritdoc/>
    public void Write(RowBlock block)
    {
        using (block)
        {
            if (_entry!.Kind == EntryKind.LargeObjects)
            {
                PutPieces(block.Bytes);
                return;
            }

            if (_copy is null)
            {
                _format = block.Format;
                BeginCopy(_entry.Rows!);
            }

            _intervals?.Look(block);
            _copy!.Write(block);
        }
    }

    /// <inheritdoc/>
    public void EndRows()
    {
        CopyIn? copy = _copy;
        _copy = null;
        try
        {
            copy?.Complete();
            if (_isInTransaction)
            {
                _isInTransaction = false;
                connection.Execute("COMMIT");
            }
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    /// <inheritdoc/>
    public void AbortRows()
    {
        CopyIn? copy = _copy;
        _copy = null;
        try
        {
            if (copy is { IsOver: false })
            {
                copy.Abort("the source of the rows failed");
            }

            RollBack();
        }
        catch (PureDumpException)
        {
            // The error that led here is the one to report; a connection that cannot even be cleaned up is closed,
            // and the server throws the rows away.
            connection.Abort();
        }
    }

    /// <inheritdoc/>
    public void Drop(TocEntry entry, bool ifExists)
    {
        // Lines that only explain why nothing is dropped need no round trip.
        string sql = ifExists && entry.DropIfExistsSql.Length > 0 ? entry.DropIfExistsSql : entry.DropSql;
        if (!sql.StartsWith("--", StringComparison.Ordinal))
        {
            connection.Execute(sql);
        }
    }

    /// <inheritdoc/>
    public void Run(TocEntry entry)
    {
        if (entry.Kind == EntryKind.StatisticsData && !sink.Features.HasStatisticsImport)
        {
            // Older servers cannot be given statistics; ANALYZE makes them.
            return;
        }

        if (entry.CreateSql.Length > 0)
        {
            SelectDefaults(entry);
            connection.Execute(entry.Kind == EntryKind.Subscription ? CreateSubscriptionSql.For(entry, sink.Features) : entry.CreateSql);
            sink.NoteMade(entry);
        }

        if (entry.OwnerTarget is not null && !string.IsNullOrEmpty(entry.Owner))
        {
            connection.Execute(PlainSqlWriter.OwnerSql(entry));
        }

        if (entry.RelKind == 'p' && !string.IsNullOrEmpty(entry.TableAccessMethod))
        {
            connection.Execute(PlainSqlWriter.AccessMethodSql(entry));
        }
    }

    /// <inheritdoc/>
    public void Abort()
    {
        connection.Cancel();
        connection.Abort();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (ownsConnection)
        {
            connection.Dispose();
        }
    }

    private void BeginCopy(TableRows rows)
    {
        // A table that was made a moment ago and that only this connection loads is truncated in the same transaction:
        // then its rows need no WAL (wal_level = minimal) and are frozen at once.
        bool freeze = _isOnlyWriter && rows.LoadInto is null && sink.HasMade(rows) && !sink.IsSingleTransaction;
        try
        {
            if (freeze)
            {
                connection.Execute($"BEGIN; TRUNCATE TABLE ONLY {SqlText.Name(rows.Schema, rows.Table)}");
                _isInTransaction = true;
            }

            _copy = connection.BeginCopyIn(CopyStatement.In(rows, _format, freeze));
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    private void RollBack()
    {
        if (_isInTransaction || (connection.TransactionState == 'E' && !sink.IsSingleTransaction))
        {
            _isInTransaction = false;
            connection.Execute("ROLLBACK");
        }
    }

    private void SelectDefaults(TocEntry entry)
    {
        if (entry.Tablespace is not null && entry.Tablespace != _tablespace)
        {
            connection.Execute(entry.Tablespace.Length == 0
                ? "SET default_tablespace = ''"
                : $"SET default_tablespace = {SqlText.Name(entry.Tablespace)}");
            _tablespace = entry.Tablespace;
        }

        if (!string.IsNullOrEmpty(entry.TableAccessMethod) && entry.RelKind != 'p' && entry.TableAccessMethod != _accessMethod)
        {
            connection.Execute($"SET default_table_access_method = {SqlText.Name(entry.TableAccessMethod)}");
            _accessMethod = entry.TableAccessMethod;
        }
    }

    private void PutPieces(ReadOnlySpan<byte> rows)
    {
        const int lengthMax = 4 * ArchiveLimits.LargeObjectPieceMax;
        var sql = new StringBuilder();
        while (!rows.IsEmpty)
        {
            LargeObjectPiece piece = LargeObjectPiece.Take(ref rows);
            sql.Append(CultureInfo.InvariantCulture, $"SELECT pg_catalog.lo_put({piece.Oid}, {piece.Offset}, '\\x");
            sql.Append(Convert.ToHexString(piece.Data));
            sql.Append("'::pg_catalog.bytea);\n");
            if (sql.Length >= lengthMax || rows.IsEmpty)
            {
                connection.Execute(sql.ToString());
                sql.Clear();
            }
        }
    }
}
