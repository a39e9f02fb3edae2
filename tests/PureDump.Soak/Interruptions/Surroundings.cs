using PureDump.TestSupport;

namespace PureDump.Soak.Interruptions;

/// <summary>A server of its own, what is dumped on it, an archive of that, and a disk that can be full.</summary>
internal sealed class Surroundings : IDisposable
{
    private const string Space = "small";

    private const string Definitions = """
        SELECT string_agg(line, E'\n' ORDER BY line COLLATE "C") FROM (
            SELECT pg_get_indexdef(indexrelid) || indisvalid AS line FROM pg_index JOIN pg_class c ON c.oid = indrelid
                WHERE relnamespace = 'public'::regnamespace
            UNION ALL SELECT conname || pg_get_constraintdef(oid) || convalidated FROM pg_constraint
                WHERE connamespace = 'public'::regnamespace
            UNION ALL SELECT viewname || definition FROM pg_views WHERE schemaname = 'public') AS lines
        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("puredump-soak-");
    private readonly SmallDisk? _disk;
    private readonly string? _definitions;
    private bool _isDisposed;

    /// <summary>Starts the server and fills it.</summary>
    /// <param name="major">Its version.</param>
    /// <param name="rowCount">Rows of the large table, of 640 bytes each.</param>
    /// <exception cref="InvalidOperationException">This process ignores Ctrl-C, and so would those that it starts.</exception>
    public Surroundings(int major, int rowCount)
    {
        if (ProcessSignals.AreIgnored(Environment.ProcessId, ProcessSignals.Interrupt))
        {
            throw new InvalidOperationException(
                "SIGINT is ignored here, as a shell does for what runs in the background: start it by env --default-signal=INT");
        }

        Server = PostgresServer.Start(major, ServerOptions.Default);
        AppDomain.CurrentDomain.ProcessExit += EndWithProcess;
        try
        {
            // Others than root are to find the server's part of it.
            File.SetUnixFileMode(_directory.FullName, File.GetUnixFileMode(_directory.FullName) | UnixFileMode.OtherExecute);
            string disk = _directory.CreateSubdirectory("disk").FullName;
            _disk = SmallDisk.Mount(disk);
            if (_disk is not null)
            {
                string space = Directory.CreateDirectory(Path.Combine(disk, "server")).FullName;
                Command.Run("chown", [UnprivilegedUser.Name!, space]).Succeeded();
                Server.Execute("postgres", $"CREATE TABLESPACE {Space} LOCATION '{space}'");
            }

            Outputs = Directory.CreateDirectory(Path.Combine(disk, "outputs")).FullName;
            Source = Server.CreateDatabase();
            Server.Execute(Source, Contents(rowCount));
            Hashes = TableHashes.Of(Server, Source);
            _definitions = Server.Scalar(Source, Definitions);
            Archive = Path.Combine(_directory.FullName, "source.pdump");
            using PureDumpProcess dump = PureDumpProcess.Start(Server, "dump", "-d", Source, "-j", "4", "-f", Archive);
            if (dump.WaitForExit() != 0)
            {
                throw new InvalidOperationException($"nothing to begin with: {dump.Error}");
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The server.</summary>
    public PostgresServer Server { get; }

    /// <summary>What is dumped and copied.</summary>
    public string Source { get; } = "";

    /// <summary>What it holds.</summary>
    public TableHashes Hashes { get; } = null!;

    /// <summary>What is restored.</summary>
    public string Archive { get; } = "";

    /// <summary>The directory that dumps are written into.</summary>
    public string Outputs { get; } = "";

    /// <summary>Where <see cref="Outputs"/> and the targets of restores lie; null where none could be mounted.</summary>
    public SmallDisk? Disk => _disk;

    /// <summary>A database on the disk.</summary>
    public string CreateTarget()
    {
        string name = $"target_{Guid.NewGuid():N}";
        string space = _disk is null ? "" : $" TABLESPACE {Space}";
        Server.Execute("postgres", $"CREATE DATABASE {name} TEMPLATE template0{space}");
        return name;
    }

    /// <summary>Whether a database is the source again, or how it is not.</summary>
    public IEnumerable<string> Differences(string database)
    {
        foreach (string line in Hashes.Differences(TableHashes.Of(Server, database)))
        {
            yield return $"not as the source: {line}";
        }

        string? definitions = Server.Scalar(database, Definitions);
        if (definitions != _definitions)
        {
            yield return $"not as the source: {definitions}";
        }
    }

    /// <summary>What of a database is neither as it is in the source nor empty.</summary>
    public IEnumerable<string> Halves(string database)
    {
        foreach ((string name, string content) in TableHashes.Of(Server, database).ByObject)
        {
            if (content != Hashes.ByObject.GetValueOrDefault(name) && !IsEmpty(name, content))
            {
                yield return $"half an entry: {name}: {content}, in the source {Hashes.ByObject.GetValueOrDefault(name, "missing")}";
            }
        }

        const string invalid = """
            SELECT string_agg(name, ', ') FROM (
                SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid
                UNION ALL SELECT conname FROM pg_constraint WHERE NOT convalidated) AS lines (name)
            """;
        if (Server.Scalar(database, invalid) is { } names)
        {
            yield return $"not valid: {names}";
        }
    }

    /// <summary>Waits until no session of a run is left.</summary>
    /// <returns>Null, or what is still there.</returns>
    public string? SessionLeft()
    {
        const int patienceMs = 30_000;
        long begun = Environment.TickCount64;
        while (true)
        {
            string? left = Server.Scalar(
                "postgres",
                "SELECT string_agg(state || ': ' || query, '; ') FROM pg_stat_activity WHERE application_name = 'puredump'");
            if (left is null || Environment.TickCount64 - begun > patienceMs)
            {
                return left is null ? null : $"sessions are left: {left}";
            }

            Thread.Sleep(5);
        }
    }

    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            AppDomain.CurrentDomain.ProcessExit -= EndWithProcess;
            Server.Dispose();
            _disk?.Dispose();
            _directory.Delete(recursive: true);
        }
    }

    private void EndWithProcess(object? sender, EventArgs e) => Dispose();

    private static bool IsEmpty(string name, string content)
    {
        const string md5OfNothing = "d41d8cd98f00b204e9800998ecf8427e";
        return name.Split(' ')[0] switch
        {
            "table" => content.StartsWith("0 rows, ", StringComparison.Ordinal),
            "sequence" => content == "at 1, called f",
            _ => content == md5OfNothing,
        };
    }

    private static string Contents(int rowCount) => $"""
        CREATE TABLE large (id integer, words text);
        ALTER TABLE large ALTER words SET STORAGE plain;
        INSERT INTO large SELECT i, repeat(md5(i::text), 20) FROM generate_series(1, {rowCount}) i;
        CREATE INDEX large_words ON large (md5(words));
        CREATE TABLE noise (id serial PRIMARY KEY, filler bytea);
        INSERT INTO noise (filler) SELECT sha512(i::text::bytea) FROM generate_series(1, {rowCount}) i;
        CREATE TABLE child (id integer, noise_id integer REFERENCES noise, CHECK (id > 0));
        INSERT INTO child SELECT i, i FROM generate_series(1, {rowCount}) i;
        CREATE INDEX child_noise ON child (noise_id);
        CREATE TABLE small (id integer UNIQUE, name text);
        INSERT INTO small SELECT i, 'name ' || i FROM generate_series(1, 100) i;
        CREATE VIEW named AS SELECT name FROM small;
        SELECT lo_from_bytea(4711, convert_to(repeat(md5('a'), {rowCount}), 'UTF8')), lo_from_bytea(4712, 'a large object');
        """;
}
