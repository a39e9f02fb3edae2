using System.Diagnostics.CodeAnalysis;
using PureDump.Engine.Jobs;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Connection;
using PureDump.Postgres.Ddl;
using PureDump.Postgres.Session;
using PureDump.Postgres.Wire;

namespace PureDump.Engine.Sources;

/// <summary>
/// A live database. A leader holds a snapshot and the locks and reads the catalog, and then rows as the first of the workers; each other
/// worker has a connection of its own that sees the same snapshot. What it cannot lock, because somebody waits for a stronger lock,
/// it reads on the leader's.
/// </summary>
/// <remarks>
/// <para>A dump ends with the leader's COMMIT: only then is it sure that the snapshot and the locks held to the end; a terminated leader
/// once gave a dump that reported success (a test).</para>
/// <para>Locks of a part are given back when it ends, not when the next begins: a worker without work kept its lock on an index or a TOAST
/// table: who rebuilds that waited for it, and the next reader for him, for ever.</para>
/// </remarks>
internal sealed class LiveSource : IPartSource
{
    // Going back to the savepoint frees the locks of a part: the leader has those on the tables, and a worker that kept
    // its own would need the server's lock table a second time. Those on indexes and TOAST nobody has: whoever rebuilds an index waits for
    // them, and the next reader of it for him. It also ends the leave to read foreign tables.
    private const string BeginParts = "SAVEPOINT part";
    private const string EndPart = "ROLLBACK TO SAVEPOINT part";
    private const string QueryCanceled = "57014";

    // As much of a part that was given up as is read to its end, in bytes.
    private const long LeftSizeMax = 1 << 20;

    // As often as the catalog is read anew where an object went away while it was.
    private const int ReadCountMax = 20;

    // What functions such as pg_get_viewdef say of an object that went away: internal_error, undefined_column, undefined_function,
    // undefined_table, undefined_object.
    private static readonly string[] s_goneStates = ["XX000", "42703", "42883", "42P01", "42704"];

    private readonly ServerSession _server;
    private readonly SemaphoreSlim _leaderIsFree = new(1);
    private readonly DumpSession _options;
    private readonly bool _makesChunks;
    private WireConnection _leader;
    private DumpTransaction _transaction;
    private CancellationTokenRegistration _cancel;
    private int _workerCount;

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
        _makesChunks = makesChunks;
        try
        {
            _server = ServerSession.Open(target, encoding, cancellation);
            CatalogSession session = Lead(cancellation);
            Toc = Read(ref session, selection, warn, cancellation);
            QueryCount = session.QueryCount;
            _leader.Execute(BeginParts, TransactionState.InTransaction);
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
    public Toc Toc { get; }

    /// <summary>How many statements the leader sent.</summary>
    public int QueryCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<RowPart> PartsOf(TocEntry entry)
    {
        if (entry.Rows is not TableRows rows)
        {
            return [new RowPart(entry, 0, 1, 0, long.MaxValue, entry.LargeObjectOids.Count * (long)RowLimits.LargeObjectPieceMax)];
        }

        bool canBeCut = _makesChunks && rows.Filter is null && _server.Features.HasTidRangeScan;
        IReadOnlyList<Chunk> chunks = Chunk.Cut(canBeCut ? rows.HeapPages : 0, rows.EstimatedBytes);
        return [.. chunks.Select((chunk, i) => new RowPart(entry, i, chunks.Count, chunk.First, chunk.End, chunk.Bytes))];
    }

    /// <inheritdoc/>
    public ISourceWorker OpenWorker() => new Worker(this, Interlocked.Increment(ref _workerCount) == 1 ? null : OpenBeside());

    /// <summary>
    /// Ends the leader's transaction. Where that fails the leader had lost its locks, and a table that was rewritten since
    /// looks empty in the snapshot.
    /// </summary>
    public void Complete() => _leader.Commit();

    /// <inheritdoc/>
    public void Dispose()
    {
        _cancel.Dispose();
        _leader?.Dispose();
        _leaderIsFree.Dispose();
    }

    // Logs the leader in and begins its transaction.
    [MemberNotNull(nameof(_leader), nameof(_transaction))]
    private CatalogSession Lead(CancellationToken cancellation)
    {
        _leader = _server.OpenWire(DumpSettings.Statements(_options, _server.Encoding));

        // A server that waits for a lock does not see that nobody listens any more, and others would wait behind it.
        _cancel = cancellation.UnsafeRegister(
            static leader =>
            {
                ((WireConnection)leader!).Abort();
                ((WireConnection)leader).Cancel();
            },
            _leader);
        var session = new CatalogSession(_leader, _server.Features, cancellation) { OpenAnother = _server.IsPooled ? null : OpenAnother };
        _transaction = new DumpTransaction(session, _options);
        _transaction.Begin();
        session.Transaction = _transaction;
        return session;
    }

    // The server keeps nobody from dropping a function, a view or a sequence, and prints definitions as they are now, not as the snapshot
    // has them. Where one is gone, another moment is taken.
    private Toc Read(ref CatalogSession session, DumpSelection selection, Action<string> warn, CancellationToken cancellation)
    {
        for (int count = 1; ; count++)
        {
            var warnings = new List<string>();
            try
            {
                Toc toc = DumpToc.Build(session, selection, warnings.Add, selection.LockWaitTimeout);
                warnings.ForEach(warn);
                return toc;
            }
            catch (PureDumpException e) when (count < ReadCountMax && _transaction.CanBeginAgain && !cancellation.IsCancellationRequested
                && (e.Kind == ErrorKind.Catalog || s_goneStates.Contains(e.SqlState)))
            {
                _cancel.Dispose();
                _leader.Dispose();
                session = Lead(cancellation);
            }
        }
    }

    // For the leader while it reads a large catalog. It sees the same snapshot, and the tables are locked by then.
    private CatalogWire? OpenAnother(CancellationToken cancellation)
    {
        WireConnection connection;
        try
        {
            connection = _server.OpenWire(cancellation, DumpSettings.Statements(_options, _server.Encoding));
        }
        catch (PureDumpException) when (!cancellation.IsCancellationRequested)
        {
            // A limit of connections, most likely. The leader can ask for everything itself.
            return null;
        }

        try
        {
            // Some hundred thousand rows are sorted; the default would write them to disk.
            connection.Execute("SET work_mem = '64MB'");
            connection.Execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY", TransactionState.InTransaction);
            connection.Execute($"SET TRANSACTION SNAPSHOT {SqlText.Literal(_transaction.Snapshot)}");
            return new CatalogWire(connection, _server.Features);
        }
        catch (PureDumpException e) when (e.Kind == ErrorKind.Server)
        {
            // The leader may have lost its session, and the snapshot with it: it says so when it asks for everything itself.
            connection.Dispose();
            return null;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // For a worker.
    private WireConnection OpenBeside()
    {
        WireConnection connection = _server.OpenWire(DumpSettings.Statements(_options, _server.Encoding));
        try
        {
            connection.Execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY", TransactionState.InTransaction);
            connection.Execute(
                $"SET TRANSACTION SNAPSHOT {SqlText.Literal(_transaction.Snapshot)}; {BeginParts}",
                TransactionState.InTransaction);
            return connection;
        }
        catch (PureDumpException e) when (e.Kind == ErrorKind.Server)
        {
            connection.Dispose();
            EnsureLeaderLives();
            throw new PureDumpException(
                ErrorKind.UnsupportedServer,
                $"a second connection cannot see the snapshot of the first: {e.Message}",
                "connect to the server itself, not through a pooler that shares connections between clients",
                e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // A snapshot goes with the session that exported it, and then that session is what failed. Workers are opened at the same time.
    private void EnsureLeaderLives()
    {
        _leaderIsFree.Wait();
        try
        {
            _leader.Execute("SELECT 1", TransactionState.InTransaction);
        }
        finally
        {
            _leaderIsFree.Release();
        }
    }

    /// <summary>Reads parts.</summary>
    /// <param name="source">Whose leader takes what has to be read there.</param>
    /// <param name="own">A connection that sees the snapshot; null for the worker that is the leader.</param>
    private sealed class Worker(LiveSource source, WireConnection? own) : ISourceWorker
    {
        // The connection the part is read on; nobody else uses the leader's meanwhile.
        private WireConnection? _reading;
        private CopyOut? _copy;
        private RowPart? _part;

        public void Open(RowPart part)
        {
            _part = part;
            string copy = CopyOf(part);
            if (own is not null)
            {
                // The leader holds this lock already, so it is free unless somebody waits for a stronger one: then waiting
                // here would wait for that one, and that one for the leader (pg_backup_parallel.c, lockTableForWorker).
                try
                {
                    _reading = own;
                    _copy = own.BeginCopyOut($"{LockOf(part.Entry)}{copy}");
                    return;
                }
                catch (PureDumpException e) when (e.Kind == ErrorKind.Lock)
                {
                    Leave();
                }
                catch (PureDumpException e)
                {
                    throw e.Of(copy);
                }
            }

            source._leaderIsFree.Wait();
            _reading = source._leader;
            try
            {
                _copy = _reading.BeginCopyOut(copy);
            }
            catch (PureDumpException e)
            {
                throw e.Of(copy);
            }
        }

        public bool Read(RowBlock block)
        {
            block.Entry = _part!.Entry.Id;
            try
            {
                return _copy!.Fill(block);
            }
            catch (PureDumpException e)
            {
                throw e.Of(CopyOf(_part), $"Dumping the contents of table \"{_part.Entry.Name}\" failed: PQgetResult() failed.");
            }
        }

        public void Leave()
        {
            if (_reading is not { } connection)
            {
                return;
            }

            try
            {
                End(connection);
            }
            catch (PureDumpException)
            {
                // The part failed by itself, or it is over: a connection that cannot go on is cut, and whoever uses it next says so.
                connection.Abort();
            }

            _reading = null;
            if (connection == source._leader)
            {
                source._leaderIsFree.Release();
            }
        }

        public void Abort() => (own ?? source._leader).Abort();

        public void Dispose() => own?.Dispose();

        private void End(WireConnection connection)
        {
            CopyOut? copy = _copy;
            _copy = null;
            if (copy?.TryLeave(LeftSizeMax) == false)
            {
                // What is left may be a whole table. The request has reached the session when it has been taken.
                connection.Cancel();
                copy.TryLeave(long.MaxValue);
            }

            try
            {
                connection.Execute(EndPart, TransactionState.InTransaction);
            }
            catch (PureDumpException e) when (e.SqlState == QueryCanceled)
            {
                // The rows had come to their end before the request came.
                connection.Execute(EndPart, TransactionState.InTransaction);
            }
        }

        private static string CopyOf(RowPart part)
        {
            if (part.Entry.Rows is not TableRows rows)
            {
                return LargeObjectStatement.Out(part.Entry.LargeObjectOids);
            }

            // Nothing but these rows is to be read out of foreign tables.
            string leave = part.Entry.HasForeignRows ? $"{DumpSettings.AllowForeignTables}; " : "";
            return leave + CopyStatement.Out(rows, part.Entry.HasForeignRows, part.First, part.End);
        }

        // Foreign tables cannot be locked.
        private static string LockOf(TocEntry entry) =>
            entry is { Rows: { } rows, HasForeignRows: false }
                ? $"LOCK TABLE {SqlText.Name(rows.Schema, rows.Table)} IN ACCESS SHARE MODE NOWAIT; "
                : "";
    }
}
