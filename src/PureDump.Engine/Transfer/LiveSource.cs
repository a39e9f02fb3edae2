using Npgsql;
using PureDump.Formats;
using PureDump.Formats.Archive;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Connection;
using PureDump.Postgres.Ddl;
using PureDump.Postgres.Wire;

namespace PureDump.Engine.Transfer;

/// <summary>
/// A live database. A leader holds a snapshot and the locks and reads the catalog; each worker has a connection of its own
/// that sees the same snapshot.
/// </summary>
internal sealed class LiveSource : IDumpSource
{
    private readonly ServerSession _server;
    private readonly Leader _leader;
    private readonly DumpSession _options;
    private readonly CancellationToken _cancellation;
    private readonly bool _makesChunks;

    /// <summary>Connects, takes the snapshot and the locks, reads the catalog.</summary>
    /// <param name="target">Which database.</param>
    /// <param name="selection">What of it.</param>
    /// <param name="options">How the sessions are set up.</param>
    /// <param name="encoding">Of the dump; null: that of the database.</param>
    /// <param name="makesChunks">Whether big tables are cut into chunks.</param>
    /// <param name="warn">Told what the user should know.</param>
    /// <param name="cancellation">Stops it.</param>
    public LiveSource(
        ConnectionTarget target,
        DumpSelection selection,
        DumpSession options,
        string? encoding,
        bool makesChunks,
        Action<string> warn,
        CancellationToken cancellation)
    {
        _options = options;
        _cancellation = cancellation;
        _makesChunks = makesChunks;
        try
        {
            _server = ServerSession.Open(target, encoding, cancellation);
            _leader = NpgsqlStep.Run(
                asked => new Leader(this, selection, message => WarnUnlessLeft(warn, message), asked),
                static leader => leader.Dispose(),
                cancellation);
        }
        catch (Exception e)
        {
            Dispose();
            if (cancellation.IsCancellationRequested)
            {
                throw new PureDumpException(ErrorKind.Cancelled, "interrupted", null, e);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public Toc Toc => _leader.Toc;

    /// <summary>How many statements the leader sent.</summary>
    public int QueryCount => _leader.QueryCount;

    /// <inheritdoc/>
    public bool IsStream => false;

    /// <inheritdoc/>
    public IReadOnlyList<RowPart> PartsOf(TocEntry entry)
    {
        if (entry.Rows is not TableRows rows)
        {
            return [new RowPart(entry, 0, 1, 0, long.MaxValue, entry.LargeObjectOids.Count * (long)ArchiveLimits.LargeObjectPieceMax)];
        }

        bool canBeCut = _makesChunks && rows.Filter is null && _server.Features.HasTidRangeScan;
        IReadOnlyList<Chunk> chunks = Chunk.Cut(canBeCut ? rows.HeapPages : 0, rows.EstimatedBytes);
        return [.. chunks.Select((chunk, i) => new RowPart(entry, i, chunks.Count, chunk.First, chunk.End, chunk.Bytes))];
    }

    /// <inheritdoc/>
    public ISourceWorker OpenWorker() => new Worker(_server, _options, _leader.Snapshot);

    /// <inheritdoc/>
    public StreamEvent ReadStream(RowBlock block, out TocEntry? entry) =>
        throw new NotSupportedException("a live database is read by parts");

    /// <summary>
    /// Ends the leader's transaction. Where that fails the leader had lost its locks, and a table that was rewritten since
    /// looks empty in the snapshot.
    /// </summary>
    public void Complete() => NpgsqlStep.Run(_leader.Complete, _cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_leader is not null)
        {
            NpgsqlStep.Leave(_leader, _cancellation);
        }

        _server?.Dispose();
    }

    // A step that was left behind has nobody to tell any more.
    private void WarnUnlessLeft(Action<string> warn, string message)
    {
        if (!_cancellation.IsCancellationRequested)
        {
            warn(message);
        }
    }

    /// <summary>The connection that holds the snapshot and the locks, once all is read over it.</summary>
    private sealed class Leader : IDisposable
    {
        private readonly ServerSession _server;
        private readonly DumpSession _options;
        private readonly NpgsqlConnection _connection;

        public Leader(LiveSource source, DumpSelection selection, Action<string> warn, CancellationToken asked)
        {
            (_server, _options) = (source._server, source._options);
            _connection = _server.Connect();
            try
            {
                var session = new CatalogSession(_connection, _server.Features, asked) { OpenAnother = OpenAnother };
                session.Execute(DumpSettings.Statements(_server.Features, _options), "session settings");
                session.Execute(_options.Begin, "begin of the dump's transaction");
                Snapshot = ReadSnapshot(session, _options);
                Toc = DumpToc.Build(session, selection, warn, selection.LockWaitTimeout);
                QueryCount = session.QueryCount;
            }
            catch
            {
                _connection.Dispose();
                throw;
            }
        }

        public string Snapshot { get; }

        public Toc Toc { get; }

        public int QueryCount { get; }

        public void Complete(CancellationToken asked) =>
            new CatalogSession(_connection, _server.Features, asked).Execute("COMMIT", "end of the dump's transaction");

        public void Dispose() => _connection.Dispose();

        // While it reads a large catalog. The other sees the same snapshot, and the tables are locked by then.
        private CatalogWire? OpenAnother(CancellationToken cancellation)
        {
            WireConnection connection;
            try
            {
                connection = _server.OpenWire(cancellation);
            }
            catch (PureDumpException) when (!cancellation.IsCancellationRequested)
            {
                // A limit of connections, most likely. The leader can ask for everything itself.
                return null;
            }

            try
            {
                connection.Execute(DumpSettings.Statements(_server.Features, _options));
                // Some hundred thousand rows are sorted; the default would write them to disk.
                connection.Execute("SET work_mem = '64MB'");
                connection.Execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
                connection.Execute($"SET TRANSACTION SNAPSHOT {SqlText.Literal(Snapshot)}");
                return new CatalogWire(connection, _server.Features);
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }

        // The workers import it too, so the given one need not be exported again.
        private static string ReadSnapshot(CatalogSession session, DumpSession options)
        {
            if (options.Snapshot is null)
            {
                return session.QueryText("SELECT pg_catalog.pg_export_snapshot()", "export of the snapshot", (ref CatalogRow row) => row.Text())[0];
            }

            session.Execute($"SET TRANSACTION SNAPSHOT {SqlText.Literal(options.Snapshot)}", $"import of the snapshot \"{options.Snapshot}\"");
            return options.Snapshot;
        }
    }

    private sealed class Worker : ISourceWorker
    {
        // Going back to the savepoint frees the lock of the part before: the leader has them all, and a worker that kept
        // its own would need the server's lock table a second time. It also ends the leave to read foreign tables.
        private const string NextPart = "ROLLBACK TO SAVEPOINT part";

        private readonly WireConnection _connection;
        private CopyOut? _copy;
        private TocEntry? _entry;

        public Worker(ServerSession server, DumpSession options, string snapshot)
        {
            _connection = server.OpenWire();
            try
            {
                _connection.Execute(DumpSettings.Statements(server.Features, options));
                _connection.Execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
                _connection.Execute($"SET TRANSACTION SNAPSHOT {SqlText.Literal(snapshot)}; SAVEPOINT part");
            }
            catch (PureDumpException e) when (e.Kind == ErrorKind.Server)
            {
                _connection.Dispose();
                throw new PureDumpException(
                    ErrorKind.UnsupportedServer,
                    $"a second connection cannot see the snapshot of the first: {e.Message}",
                    "connect to the server itself, not through a pooler that shares connections between clients",
                    e);
            }
            catch
            {
                _connection.Dispose();
                throw;
            }
        }

        public void Open(RowPart part)
        {
            _entry = part.Entry;
            if (part.Entry.Rows is not TableRows rows)
            {
                _connection.Execute(NextPart);
                _copy = _connection.BeginCopyOut(LargeObjectStatement.Out(part.Entry.LargeObjectOids));
                return;
            }

            if (part.Entry.HasForeignRows)
            {
                // It cannot be locked, and nothing but these rows is to be read out of foreign tables.
                _connection.Execute($"{NextPart}; {DumpSettings.AllowForeignTables}");
            }
            else
            {
                Lock(rows);
            }

            _copy = _connection.BeginCopyOut(CopyStatement.Out(rows, part.Entry.HasForeignRows, part.First, part.End));
        }

        public bool Read(RowBlock block)
        {
            block.Entry = _entry!.Id;
            return _copy!.Fill(block);
        }

        public void Abort() => _connection.Abort();

        public void Dispose() => _connection.Dispose();

        private void Lock(TableRows rows)
        {
            // The leader holds this lock already, so it is free unless somebody waits for a stronger one: then waiting
            // here would wait for that one, and that one for the leader (pg_backup_parallel.c, lockTableForWorker).
            try
            {
                _connection.Execute($"{NextPart}; LOCK TABLE {SqlText.Name(rows.Schema, rows.Table)} IN ACCESS SHARE MODE NOWAIT");
            }
            catch (PureDumpException e) when (e.Kind == ErrorKind.Lock)
            {
                throw new PureDumpException(
                    ErrorKind.Lock,
                    $"could not lock table {rows.Schema}.{rows.Table} for reading: another session waits for a stronger lock on it",
                    "this usually means that someone ran ALTER TABLE, DROP TABLE or the like after the dump began",
                    e)
                { SqlState = e.SqlState };
            }
        }
    }
}
