using PureDump.ServerTests.Transfer;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Oracle;

/// <summary>One oracle database and what it is compared with: pg_dump's text of it, and an archive.</summary>
internal sealed class OracleSource : IDisposable
{
    private readonly TemporaryFile _file = new();
    private readonly Lazy<string> _archive;
    private readonly Lazy<string> _plainText;
    private readonly Lazy<RestoreSource> _archives;

    public OracleSource(PostgresServer server, int targetMajor)
    {
        Server = server;
        Database = OracleDatabase.Create(server, targetMajor);
        _plainText = new(() => OracleDatabase.PlainText(Server, Database));
        _archives = new(() => new RestoreSource(Server, Database));
        _archive = new(() =>
        {
            Operations.Dump(Server, Database, _file.Path, jobs: 2);
            return _file.Path;
        });
    }

    public PostgresServer Server { get; }

    public string Database { get; }

    /// <summary>pg_dump's text of it, whole.</summary>
    public string PlainText => _plainText.Value;

    /// <summary>The path of an archive, made by two workers.</summary>
    public string Archive => _archive.Value;

    /// <summary>An archive of pg_dump's custom format, and one of PureDump's beside it.</summary>
    public RestoreSource Archives => _archives.Value;

    public void Dispose()
    {
        _file.Dispose();
        if (_archives.IsValueCreated)
        {
            _archives.Value.Dispose();
        }
    }
}
