using Npgsql;
using NpgsqlTypes;
using PureDump.Formats;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Connection;
using PureDump.Postgres.Wire;

namespace PureDump.Engine.Transfer;

/// <summary>A live database that objects are made in and rows are loaded into.</summary>
internal sealed class LiveSink : IDumpSink
{
    private const int ListedMax = 20;

    private readonly LiveSinkOptions _options;
    private readonly Action<string> _warn;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<DumpId> _made = [];
    private ConnectionTarget _target;
    private ServerSession? _server;
    private WireConnection? _shared;
    private DumpOrigin? _origin;

    /// <summary>A sink that has not connected yet.</summary>
    public LiveSink(ConnectionTarget target, LiveSinkOptions options, Action<string> warn, CancellationToken cancellation)
    {
        _target = target;
        _options = options;
        _warn = warn;
        _cancellation = cancellation;
    }

    /// <inheritdoc/>
    public bool RunsStatements => true;

    /// <inheritdoc/>
    public bool IsSequential => false;

    private ServerSession Server => _server ?? throw new InvalidOperationException("the sink has not begun");

    /// <inheritdoc/>
    public void Begin(Toc toc)
    {
        _origin = toc.Origin;
        if (_options.DatabaseEntries.Count > 0)
        {
            MakeDatabase();
        }

        _server = ServerSession.Open(_target, Origin.Encoding, _cancellation);
        if (_options.RefuseExisting)
        {
            RefuseExisting(toc);
        }

        if (_options.SingleTransaction)
        {
            _shared = OpenConnection();
            _shared.Execute("BEGIN");
        }
    }

    /// <inheritdoc/>
    public ISinkWorker OpenWorker() => new LiveSinkWorker(this, _shared ?? OpenConnection(), ownsConnection: _shared is null);

    /// <inheritdoc/>
    public void EndEntry(TocEntry entry)
    {
        // Each worker has committed its rows; there is nothing that holds them together.
    }

    /// <inheritdoc/>
    public void Complete() => _shared?.Execute("COMMIT");

    /// <inheritdoc/>
    public void Dispose()
    {
        _shared?.Dispose();
        _server?.Dispose();
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

    /// <summary>True where this restore has made the table of those rows.</summary>
    internal bool HasMade(TableRows rows)
    {
        lock (_made)
        {
            return rows.TableEntry is DumpId table && _made.Contains(table);
        }
    }

    /// <summary>True where everything is one transaction.</summary>
    internal bool IsSingleTransaction => _options.SingleTransaction;

    /// <summary>What the target can do.</summary>
    internal ServerFeatures Features => Server.Features;

    /// <summary>What the dump says of itself.</summary>
    internal DumpOrigin Origin => _origin ?? throw new InvalidOperationException("the sink has not begun");

    private WireConnection OpenConnection()
    {
        WireConnection connection = Server.OpenWire();
        try
        {
            connection.Notice = message => _warn($"{message.Severity.ToLowerInvariant()}: {message.Message}");
            connection.Execute(RestoreSettings.Statements(Origin, Server.Features));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // CREATE DATABASE and what belongs to it, then over to the new database: its settings count only for new sessions.
    private void MakeDatabase()
    {
        TocEntry database = _options.DatabaseEntries.FirstOrDefault(entry => entry.Kind == EntryKind.Database)
            ?? throw new PureDumpException(ErrorKind.NotFound, "the archive holds no database to create");
        using (ServerSession server = ServerSession.Open(_target, Origin.Encoding, _cancellation))
        using (WireConnection connection = server.OpenWire())
        {
            if (_options.DropDatabase)
            {
                RunAll(connection, database.Label, _options.IfExists ? database.DropIfExistsSql : database.DropSql);
            }

            RunAll(connection, database.Label, CreateDatabaseSql.For(database, server.Features));
            if (database.OwnerTarget is not null && !string.IsNullOrEmpty(database.Owner))
            {
                RunAll(connection, database.Label, PlainSqlWriter.OwnerSql(database));
            }
        }

        _target = _target.With(database.Name);
        using (ServerSession server = ServerSession.Open(_target, Origin.Encoding, _cancellation))
        using (WireConnection connection = server.OpenWire())
        {
            foreach (TocEntry entry in _options.DatabaseEntries)
            {
                if (entry.Kind != EntryKind.Database && entry.CreateSql.Length > 0)
                {
                    RunAll(connection, entry.Label, entry.CreateSql);
                }
            }
        }
    }

    // One statement at a time: CREATE and DROP DATABASE do not run with others in one query.
    private static void RunAll(WireConnection connection, string label, string sql)
    {
        foreach (string statement in sql.Split(";\n", StringSplitOptions.RemoveEmptyEntries))
        {
            if (string.IsNullOrWhiteSpace(statement))
            {
                continue;
            }

            try
            {
                connection.Execute(statement);
            }
            catch (PureDumpException e)
            {
                throw e.Named(label);
            }
        }
    }

    private void RefuseExisting(Toc toc)
    {
        var schemas = new List<string>();
        var names = new List<string>();
        foreach (TocEntry entry in toc.Entries)
        {
            bool isRelation = entry.Kind is EntryKind.Table or EntryKind.View or EntryKind.MaterializedView or EntryKind.Sequence or "FOREIGN TABLE";
            bool isType = entry.Kind is EntryKind.Type or EntryKind.Domain;
            if ((isRelation || isType) && entry.Schema is not null)
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
            FROM ROWS FROM (pg_catalog.unnest($1), pg_catalog.unnest($2)) AS w (schema, name)
            JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema
            WHERE EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid AND c.relname = w.name)
               OR EXISTS (SELECT FROM pg_catalog.pg_type t WHERE t.typnamespace = n.oid AND t.typname = w.name)
            ORDER BY 1
            """;
        try
        {
            using NpgsqlConnection connection = Server.Connect();
            using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = schemas, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = names, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            using NpgsqlDataReader reader = command.ExecuteReader();
            var result = new List<string>();
            while (reader.Read())
            {
                result.Add(reader.GetString(0));
            }

            return result;
        }
        catch (NpgsqlException e)
        {
            throw ServerErrors.Translate(e, "looking for what the target database already has");
        }
    }
}
