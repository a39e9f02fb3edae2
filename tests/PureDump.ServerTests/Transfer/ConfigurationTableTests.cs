using PureDump.Engine;
using PureDump.ServerTests.Oracle;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>
/// Rows of tables that an extension makes (pg_extension_config_dump), with keys between them and keys of the user's tables to them. An
/// extension that servers ship gets such tables, in the source and in the target.
/// </summary>
public sealed class ConfigurationTableTests : IDisposable
{
    // By size, and by name, the referencing one would be first.
    private const string Extension =
        """
        CREATE EXTENSION citext;
        CREATE TABLE conf_z (id integer PRIMARY KEY);
        CREATE TABLE conf_m (id integer PRIMARY KEY, z integer REFERENCES conf_z, pad text);
        CREATE TABLE conf_a (m integer REFERENCES conf_m, pad text);
        ALTER EXTENSION citext ADD TABLE conf_z; ALTER EXTENSION citext ADD TABLE conf_m; ALTER EXTENSION citext ADD TABLE conf_a;
        UPDATE pg_extension SET extconfig = ARRAY['conf_a'::regclass, 'conf_m'::regclass, 'conf_z'::regclass]::oid[],
            extcondition = ARRAY['', 'WHERE id > 0', '']
        WHERE extname = 'citext';
        """;

    private const string Rows =
        """
        INSERT INTO conf_z SELECT generate_series(1, 10);
        INSERT INTO conf_m SELECT g, g % 10 + 1, repeat('x', 100) FROM generate_series(1, 200) g;
        INSERT INTO conf_a SELECT g % 200 + 1, repeat('x', 100) FROM generate_series(1, 1000) g;
        CREATE TABLE layer (name text PRIMARY KEY, z integer NOT NULL REFERENCES conf_z, m integer REFERENCES conf_m, pad text);
        INSERT INTO layer SELECT g, g % 10 + 1, g % 200 + 1, repeat('x', 500) FROM generate_series(1, 1000) g;
        """;

    private const string Count =
        "SELECT format('%s %s %s %s %s', (SELECT count(*) FROM conf_z), (SELECT count(*) FROM conf_m), (SELECT count(*) FROM conf_a), "
            + "(SELECT count(*) FROM layer), (SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND conrelid = 'layer'::regclass))";

    private readonly PostgresServer _server = ServerPool.Get(TestMajors.Newest);
    private readonly TemporaryFile _file = new();
    private readonly List<string> _databases = [];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_archive_restores_them_in_the_order_of_their_keys_and_before_keys_to_them(int jobs)
    {
        Operations.Dump(_server, Source(), _file.Path, jobs: jobs);
        string target = Database(Extension);
        Operations.Restore(_server, target, _file.Path, request => request with { Jobs = jobs });
        Assert.Equal("10 200 1000 1000 2", _server.Scalar(target, Count));

        string other = Database(Extension);
        using FileStream file = File.OpenRead(_file.Path);
        using var pipe = new ForwardOnlyStream(file);
        Operations.RestorePipe(_server, other, pipe, jobs);
        Assert.Equal("10 200 1000 1000 2", _server.Scalar(other, Count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_copy_makes_them_in_the_order_of_their_keys_and_before_keys_to_them(int jobs)
    {
        string target = Database(Extension);
        var observer = new RecordingObserver();
        CopyOperation.Run(
            new CopyRequest { Source = Operations.TargetOf(_server, Source()), Target = Operations.TargetOf(_server, target), Jobs = jobs },
            observer,
            TestContext.Current.CancellationToken);

        Assert.Empty(observer.Failures);
        Assert.Equal("10 200 1000 1000 2", _server.Scalar(target, Count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_archive_of_pg_dump_restores_them_too(int jobs)
    {
        PgDumpOracle.Find(TestMajors.Newest).Run("pg_dump", _server, "-d", Source(), "-Fc", "-f", _file.Path).Succeeded();
        string target = Database(Extension);
        Operations.Restore(_server, target, _file.Path, request => request with { Jobs = jobs });

        Assert.Equal("10 200 1000 1000 2", _server.Scalar(target, Count));
    }

    // Only rows, into tables whose keys stand already: nothing in the archive tells of those.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_archive_of_rows_alone_has_them_in_the_order_of_the_keys(int jobs)
    {
        const string tables =
            """
            CREATE TABLE z (id integer PRIMARY KEY);
            CREATE TABLE m (id integer PRIMARY KEY, z integer REFERENCES z, pad text);
            CREATE TABLE a (m integer REFERENCES m, pad text);
            """;
        string source = Database(tables + """
            INSERT INTO z SELECT generate_series(1, 10);
            INSERT INTO m SELECT g, g % 10 + 1, repeat('x', 100) FROM generate_series(1, 200) g;
            INSERT INTO a SELECT g % 200 + 1, repeat('x', 100) FROM generate_series(1, 1000) g;
            """);
        Operations.Dump(_server, source, _file.Path, new() { WithSchema = false }, jobs);
        string target = Database(tables);
        Operations.Restore(_server, target, _file.Path, request => request with { Jobs = jobs });

        Assert.Equal("1000", _server.Scalar(target, "SELECT count(*) FROM a"));
    }

    public void Dispose()
    {
        _databases.ForEach(_server.DropDatabase);
        _file.Dispose();
    }

    private string Source() => Database(Extension + Rows);

    private string Database(string sql)
    {
        string database = _server.CreateDatabase();
        _databases.Add(database);
        _server.Execute(database, sql);
        return database;
    }
}
