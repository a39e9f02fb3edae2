using System.Globalization;
using PureDump.Formats.Errors;
using PureDump.TestSupport;

namespace PureDump.ServerTests;

/// <summary>The published executable in an empty root and an empty environment, with nothing of the machine but its network.</summary>
public sealed class ChrootTests : IDisposable
{
    private const string Password = "not so secret";
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("puredump-root-");
    private readonly TestAuthority _authority = TestAuthority.Create();

    [Fact]
    public void The_executable_alone_in_an_empty_root_dumps_and_restores_over_tls_and_scram()
    {
        MoveIn();
        using PostgresServer server = SecureServer();
        string source = server.CreateDatabase();
        string target = server.CreateDatabase();
        Samples.LoadPagila(server, source);

        Run(0, "dump", "-d", Conninfo(server, source), "-j", "2", "-f", "/pagila.pdump");
        Run(0, "verify", "/pagila.pdump");
        Run(0, "restore", "/pagila.pdump", "-d", Conninfo(server, target), "-j", "2");

        Assert.Empty(TableHashes.Of(server, source).Differences(TableHashes.Of(server, target)));
        Assert.Equal(
            ["pagila.pdump", "puredump", "root.crt"],
            _root.EnumerateFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_server_of_an_authority_that_is_not_in_the_root_is_refused()
    {
        MoveIn();
        using var other = TestAuthority.Create("another authority");
        File.WriteAllText(PathOf("root.crt"), other.CertificatePem);
        using PostgresServer server = SecureServer();

        Run(ErrorTable.ExitCode(ErrorKind.Tls), "dump", "-d", Conninfo(server, "postgres"), "-f", "/none.pdump");

        Assert.False(File.Exists(PathOf("none.pdump")));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _authority.Dispose();
        _root.Delete(recursive: true);
    }

    private static string Conninfo(PostgresServer server, string database) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"host=127.0.0.1 port={server.Port} user=alice dbname={database} sslmode=verify-full sslrootcert=/root.crt "
                + $"channel_binding=require");

    private string PathOf(string name) => Path.Combine(_root.FullName, name);

    // The executable, statically linked or with the C library's files where ldd says it looks for them.
    private void MoveIn()
    {
        string executable = Requirement.Met(PublishedExecutable.Find);
        File.Copy(executable, PathOf("puredump"));
        foreach (string library in LibrariesOf(executable))
        {
            string inside = PathOf(library.TrimStart('/'));
            Directory.CreateDirectory(Path.GetDirectoryName(inside)!);
            File.Copy(library, inside);
        }

        File.WriteAllText(PathOf("root.crt"), _authority.CertificatePem);
    }

    // "	libm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x...)" and "	/lib64/ld-linux-x86-64.so.2 (0x...)"; for a static one
    // ldd fails or says "statically linked".
    private static List<string> LibrariesOf(string executable) =>
    [
        .. Command.Run("ldd", [executable]).Output.Split('\n')
            .SelectMany(line => line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Where(word => word.StartsWith('/') && !word.EndsWith(':')),
    ];

    private PostgresServer SecureServer()
    {
        PostgresServer server = Requirement.OwnServer(TestMajors.Oldest, new ServerOptions
        {
            Settings = new Dictionary<string, string> { ["password_encryption"] = "scram-sha-256" },
            HbaLines = ["hostssl all all 127.0.0.1/32 scram-sha-256"],
            Tls = _authority.ForServer("127.0.0.1"),
        });
        server.Execute("postgres", $"CREATE ROLE alice SUPERUSER LOGIN PASSWORD '{Password}'");
        return server;
    }

    private Command Run(int exitCode, params string[] arguments)
    {
        // To change the root takes root, or a name space in which we are.
        string[] change = Environment.IsPrivilegedProcess ? ["chroot"] : ["unshare", "--map-root-user", "chroot"];
        if (!Environment.IsPrivilegedProcess)
        {
            Requirement.That(
                Command.Find("unshare") is not null && Command.Run("unshare", ["--map-root-user", "true"]).ExitCode == 0,
                "the root directory can be changed by root or in a user name space, and neither is to be had");
        }

        // The search path is for chroot itself; inside there is nothing to find.
        Command command = Command.Run(
            "env",
            [
                "-i",
                $"PATH={Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin",
                $"PGPASSWORD={Password}",
                .. change,
                _root.FullName,
                "/puredump",
                .. arguments,
            ]);
        Assert.True(
            command.ExitCode == exitCode,
            $"`{command.Line}` exited with {command.ExitCode}, not {exitCode}\n{command.Output}{command.Error}");
        return command;
    }
}
