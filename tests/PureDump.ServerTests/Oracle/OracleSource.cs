using PureDump.ServerTests.Catalog;
using PureDump.ServerTests.Transfer;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Oracle;

/// <summary>One oracle database and what it is compared with: pg_dump's text of it, its content, and an archive.</summary>
internal sealed class OracleSource : IDisposable
{
    private readonly TemporaryFile _file = new();
    private readonly Lazy<string> _archive;
    private readonly Lazy<string> _plainText;
    private readonly Lazy<TableHashes> _content;
    private readonly Lazy<RestoreSource> _archives;

    /// <summary>Makes the database.</summary>
    /// <param name="server">The server.</param>
    /// <param name="targetMajor">The newest server it is to be restored on.</param>
    /// <param name="change">What is changed in it then.</param>
    public OracleSource(PostgresServer server, int targetMajor, string? change = null)
    {
        Server = server;
        Database = OracleDatabase.Create(server, targetMajor);
        if (change is not null)
        {
            server.Execute(Database, change);
        }

        _plainText = new(() => OracleDatabase.PlainText(Server, Database));
        _content = new(() => TableHashes.Of(Server, Database));
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

    /// <summary>What is in its tables, sequences and large objects.</summary>
    public TableHashes Content => _content.Value;

    /// <summary>The path of an archive, made by two workers.</summary>
    public string Archive => _archive.Value;

    /// <summary>An archive of pg_dump's custom format, and one of PureDump's beside it.</summary>
    public RestoreSource Archives => _archives.Value;

    /// <summary>Asserts that a database on the same server is the same: pg_dump 18 prints the same text of both, and the content is the
    /// same.</summary>
    /// <param name="target">The database.</param>
    /// <param name="withSubscriptions">False where the target is to have none.</param>
    public void AssertSame(string target, bool withSubscriptions = true)
    {
        string due = withSubscriptions ? PlainText : OracleDatabase.PlainText(Server, Database, "--no-subscriptions");
        AssertNone(PlainTextComparison.Differences(due, OracleDatabase.PlainText(Server, target)));
        AssertNone(Content.Differences(TableHashes.Of(Server, target)));
    }

    /// <summary>Asserts that a comparison found nothing.</summary>
    public static void AssertNone(IReadOnlyList<string> differences) => Assert.True(differences.Count == 0, string.Join("\n", differences));

    public void Dispose()
    {
        _file.Dispose();
        if (_archives.IsValueCreated)
        {
            _archives.Value.Dispose();
        }
    }
}
