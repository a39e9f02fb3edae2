using PureDump.Engine.Checks;
using PureDump.Engine.Jobs;
using PureDump.Engine.Selection;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Connection;
using PureDump.Postgres.Server;
using PureDump.Postgres.Session;
using PureDump.Postgres.Wire;

namespace PureDump.Engine.Sinks;

/// <summary>A live database that objects are made in and rows are loaded into.</summary>
/// <remarks>
/// The rows sent are compared with those the server says it took; where a row trigger or foreign table of the target may keep rows away, a
/// difference is a warning, else the table's rows are rolled back: the server's <c>COPY n</c> counts what it stored; each COPY runs in a
/// transaction of its own for that, one round trip more where it was not frozen.
/// </remarks>
internal sealed class LiveSink : IStatementSink
{
    private const int ListedMax = 20;

    // What a table can have in its own statement that makes the server compare rows.
    private static readonly string[] s_comparing = ["UNIQUE", "PRIMARY KEY", "EXCLUDE"];

    private readonly LiveSinkOptions _options;
    private readonly ITransferObserver _observer;
    private readonly CancellationToken _cancellation;
    private readonly Func<TocEntry, PureDumpException, bool> _passOver;
    private readonly TransactionSize _transaction;
    private readonly HashSet<DumpId> _made = [];
    private readonly HashSet<DumpId> _failed = [];
    private readonly List<TocEntry> _extensions = [];
    private readonly HashSet<DumpId> _frozen = [];

    // How many transactions have rows of an entry that has not ended.
    private readonly Dictionary<DumpId, int> _loadedInPart = [];

    // A run that was interrupted ends in two seconds.
    private static readonly TimeSpan s_removalPatience = TimeSpan.FromMilliseconds(800);

    // An archive may bring rows of one table in two entries, call the table of one entry in the other, or load rows of any partition
    // through its root.
    private readonly HashSet<(string Schema, string Table)> _loadedTwice = [];
    private readonly ConnectionTarget _target;
    private ServerSession? _server;
    private WireConnection? _shared;
    private Toc? _toc;

    // Tables for whose rows functions of users are called.
    private readonly HashSet<(string Schema, string Table)> _calling = [];
    private ForeignKeyChecks? _foreignKeys;

    /// <summary>A sink that has not connected yet.</summary>
    /// <param name="target">The database.</param>
    /// <param name="options">How.</param>
    /// <param name="passOver">Is told of a statement that failed, where the rest of its entry can go on; false ends it all.</param>
    /// <param name="observer">Is told what the server says besides.</param>
    /// <param name="cancellation">Stops what waits.</param>
    public LiveSink(
        ConnectionTarget target,
        LiveSinkOptions options,
        Func<TocEntry, PureDumpException, bool> passOver,
        ITransferObserver observer,
        CancellationToken cancellation)
    {
        _target = target;
        _options = options;
        _transaction = new TransactionSize(options.TransactionSize);
        _passOver = passOver;
        _observer = observer;
        _cancellation = cancellation;
    }

    private ServerSession Server => _server ?? throw new InvalidOperationException("the sink has not begun");

    /// <inheritdoc/>
    public void Begin(Toc toc)
    {
        _toc = toc;
        _foreignKeys = new ForeignKeyChecks(toc);
        var functions = new UserFunctions(toc);
        var tree = new PartitionTree(toc);
        _calling.UnionWith(toc.Entries
            .Where(entry => entry.Rows is not null && toc.TableOf(entry) is { } table && functions.AreCalledByRowsOf(table, tree))
            .Select(static entry => (entry.Rows!.Schema, entry.Rows.Table)));
        _loadedTwice.UnionWith(toc.Entries
            .Where(static entry => entry.Rows is not null)
            .GroupBy(static entry => entry.Rows!.LoadInto ?? (entry.Rows.Schema, entry.Rows.Table))
            .Where(static rows => rows.Skip(1).Any())
            .Select(static rows => rows.Key)
            .Concat(PartitionRoots.Of(toc).Keys.Select(id => (toc[id].Schema ?? "", toc[id].Name))));
        _server = ServerSession.Open(_target, Origin.Encoding, _cancellation);
        if (_options.RefuseExisting)
        {
            RefuseExisting(toc);
        }

        if (_options.IsInTransaction)
        {
            _shared = OpenConnection();
            _shared.Execute("BEGIN", TransactionState.InTransaction);
        }
    }

    /// <inheritdoc/>
    public IStatementWorker OpenWorker() =>
        new WriteBehindWorker(new LiveSinkWorker(this, _shared ?? OpenConnection(), ownsConnection: _shared is null));

    /// <inheritdoc/>
    public void EndEntry(TocEntry entry)
    {
        // Each worker has committed its rows; nothing holds them together but the transaction everything is in.
        lock (_made)
        {
            _loadedInPart.Remove(entry.Id);
        }

        EndAction();
    }

    /// <inheritdoc/>
    public void GiveUp()
    {
        TocEntry[] parts;
        lock (_made)
        {
            parts = [.. _loadedInPart.Keys.Select(id => Toc[id])];
        }

        if (parts.Length == 0 || _shared is not null)
        {
            return;
        }

        HashSet<TocEntry> left = [.. parts];
        try
        {
            // The sessions of the workers are cut, and may still be about to end.
            using var patience = new CancellationTokenSource(s_removalPatience);
            using WireConnection connection = Server.OpenWire(patience.Token, Settings);
            foreach (TocEntry entry in parts.Where(IsRemovable))
            {
                connection.Execute($"TRUNCATE TABLE ONLY {SqlText.Name(entry.Rows!.Schema, entry.Rows.Table)}");
                left.Remove(entry);
            }
        }
        catch (PureDumpException)
        {
            // What is left is told: the failure that led here is the one that counts.
        }

        foreach (TocEntry entry in parts.Where(left.Contains))
        {
            Warn($"{entry.Label}: a part of the rows is there and stays: they were committed before the end");
        }
    }

    /// <summary>True where all rows in the table of an entry are this restore's.</summary>
    internal bool IsRemovable(TocEntry entry) => entry.Rows is { LoadInto: null } rows && HasMade(rows);

    /// <inheritdoc/>
    public void Complete() => _shared?.Commit();

    /// <inheritdoc/>
    public void Dispose()
    {
        _shared?.Dispose();
    }

    /// <summary>Notes that this restore has made a table: nobody else has rows in it.</summary>
    internal void NoteMade(TocEntry entry)
    {
        if (entry.Kind == EntryKind.Table)
        {
            lock (_made)
            {
                _made.Add(entry.Id);
            }
        }
    }

    /// <summary>The extensions that this restore has made.</summary>
    internal TocEntry[] Extensions
    {
        get
        {
            lock (_made)
            {
                return [.. _extensions];
            }
        }
    }

    /// <summary>Notes that this restore makes an extension, and finds none of its name there.</summary>
    internal void NoteExtension(TocEntry extension)
    {
        lock (_made)
        {
            _extensions.Add(extension);
        }
    }

    /// <summary>Counts statements of an entry for <see cref="LiveSinkOptions.TransactionSize"/>.</summary>
    internal void AddStatements(TocEntry entry) => _transaction.AddStatements(entry);

    /// <summary>Something was done: commits, where it is time to.</summary>
    internal void EndAction()
    {
        if (_transaction.Complete())
        {
            _shared!.Commit();
            _shared.Execute("BEGIN", TransactionState.InTransaction);
        }
    }

    /// <summary>True for rows for which functions of users are called, who may have written names without schemas in them.</summary>
    internal bool NeedsPath(TableRows rows) => _calling.Contains((rows.Schema, rows.Table));

    /// <summary>Notes that this restore could not make a table.</summary>
    internal void NoteFailed(TocEntry entry)
    {
        lock (_made)
        {
            _failed.Add(entry.Id);
        }
    }

    /// <summary>True for rows that are not wanted, because their table could not be made.</summary>
    internal bool IsInhibited(TableRows rows)
    {
        lock (_made)
        {
            return _options.NoDataForFailedTables && rows.TableEntry is DumpId table && _failed.Contains(table);
        }
    }

    /// <summary>True where this restore has made the table of those rows.</summary>
    internal bool HasMade(TableRows rows)
    {
        lock (_made)
        {
            return rows.TableEntry is DumpId table && _made.Contains(table);
        }
    }

    /// <summary>True where no other entry brings rows of that table: it may be emptied before they come.</summary>
    internal bool IsLoadedOnce(TableRows rows) => !_loadedTwice.Contains((rows.Schema, rows.Table));

    /// <summary>
    /// Whether several connections may load the rows of an entry side by side, each in a transaction that ends with the last of them: only
    /// where none of them can wait for a lock that another one holds until then. So the table is one that this restore has made, and
    /// nothing in it compares new rows with those of others or calls functions of users.
    /// </summary>
    internal bool MayBeSplit(TocEntry entry) =>
        entry.Rows is { LoadInto: null, TableEntry: { } table } rows && HasMade(rows) && !NeedsPath(rows)
        && !s_comparing.Any(word => Toc[table].CreateSql.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Whether rows of an entry that come out of a pipe may stay in an open transaction until all have come, with those of others between:
    /// where they can be taken out of it again, and nobody waits for a lock of it meanwhile.
    /// </summary>
    /// <param name="entry">Whose rows.</param>
    /// <param name="isAlone">There is no other connection that could wait.</param>
    internal bool MayBeHeld(TocEntry entry, bool isAlone) =>
        entry.Kind == EntryKind.LargeObjects || (isAlone ? IsRemovable(entry) : MayBeSplit(entry));

    /// <summary>Notes that a part of the rows of an entry is about to be committed.</summary>
    internal void NoteLoadedInPart(TocEntry entry)
    {
        lock (_made)
        {
            _loadedInPart[entry.Id] = _loadedInPart.GetValueOrDefault(entry.Id) + 1;
        }
    }

    /// <summary>Notes that the server has not committed what <see cref="NoteLoadedInPart"/> was told of.</summary>
    internal void ForgetLoadedInPart(TocEntry entry)
    {
        lock (_made)
        {
            if (--_loadedInPart[entry.Id] == 0)
            {
                _loadedInPart.Remove(entry.Id);
            }
        }
    }

    /// <summary>True where a part of the rows of an entry is committed.</summary>
    internal bool IsLoadedInPart(TocEntry entry)
    {
        lock (_made)
        {
            return _loadedInPart.ContainsKey(entry.Id);
        }
    }

    /// <summary>How the database takes the dump.</summary>
    internal LiveSinkOptions Options => _options;

    /// <summary>What the target can do.</summary>
    internal ServerFeatures Features => Server.Features;

    /// <summary>The statements that set up every session of the restore.</summary>
    internal string Settings =>
        RestoreSettings.Statements(Origin, Server.Features, _options.Role, _options.EnableRowSecurity, _options.StatementJobs);

    /// <summary>What the dump says of itself.</summary>
    internal DumpOrigin Origin => Toc.Origin;

    /// <summary>Everything that is restored.</summary>
    internal Toc Toc => _toc ?? throw new InvalidOperationException("the sink has not begun");

    /// <summary>Notes that all rows of a table were frozen as they were loaded.</summary>
    internal void NoteFrozen(TableRows rows)
    {
        if (rows.TableEntry is DumpId table && Features.MarksFrozenPages)
        {
            lock (_made)
            {
                _frozen.Add(table);
            }
        }
    }

    /// <summary>What the server is to be told before it checks a foreign key, whatever it would plan; null: nothing.</summary>
    internal string? CheckSettings(TocEntry entry)
    {
        ForeignKeyChecks checks = _foreignKeys ?? throw new InvalidOperationException("the sink has not begun");
        lock (_made)
        {
            return checks.SettingsFor(entry, _frozen.Contains);
        }
    }

    /// <summary>Tells of what is no failure, and should be known.</summary>
    internal void Warn(string message) => _observer.Warn(message);

    /// <summary>Tells of rows that were sent and are not there.</summary>
    internal void NoteLost(TocEntry entry, long rowCount) => _observer.RowsLost(entry, rowCount);

    /// <summary>Tells of a statement that failed. False where that ends the restore.</summary>
    internal bool PassesOver(TocEntry entry, PureDumpException error) => _passOver(entry, error);

    private WireConnection OpenConnection()
    {
        return Server.OpenWire(Settings, message => _observer.Notice(message.ToReport().Masked()));
    }

    /// <summary>What happened to the rows of an entry, as it is told.</summary>
    internal PureDumpException FailureOfRows(TocEntry entry, PureDumpException error) =>
        error.Of(null, $"COPY failed for table \"{entry.Name}\"").Hinted(EntryRemedy.HintOfRows(entry, error, Toc));

    private void RefuseExisting(Toc toc)
    {
        var schemas = new List<string>();
        var names = new List<string>();
        foreach (TocEntry entry in toc.Entries)
        {
            bool isType = entry.Kind is EntryKind.Type or EntryKind.Domain;
            if ((isType || RelationPatterns.IsRelation(entry.Kind)) && entry.Schema is not null)
            {
                schemas.Add(entry.Schema);
                names.Add(entry.Name);
            }
        }

        if (names.Count == 0)
        {
            return;
        }

        List<string> existing = Existing([.. schemas], [.. names]);
        if (existing.Count > 0)
        {
            string list = string.Join(", ", existing.Take(ListedMax));
            string more = existing.Count > ListedMax ? $" and {existing.Count - ListedMax} more" : "";
            throw new PureDumpException(
                ErrorKind.TargetMismatch,
                $"the target database \"{_target.Database}\" is not empty: it already has {list}{more}",
                "restore into a new database, use --clean --if-exists to replace what is there, or --data-only to load rows into it");
        }
    }

    private List<string> Existing(string[] schemas, string[] names)
    {
        const string sql = """
            SELECT DISTINCT pg_catalog.format('%s.%s', w.schema, w.name)
            FROM ROWS FROM (pg_catalog.unnest($1::pg_catalog.text[]), pg_catalog.unnest($2::pg_catalog.text[])) AS w (schema, name)
            JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema
            WHERE EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid AND c.relname = w.name)
               OR EXISTS (SELECT FROM pg_catalog.pg_type t WHERE t.typnamespace = n.oid AND t.typname = w.name)
            ORDER BY 1
            """;
        using WireConnection connection = Server.OpenWire();
        var session = new CatalogSession(connection, Server.Features);
        return session.QueryText(
            sql,
            "looking for what the target database already has",
            static (ref CatalogRow row) => row.Text(),
            schemas,
            names);
    }
}
