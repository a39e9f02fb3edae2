using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace PureDump.TestSupport;

/// <summary>
/// A server started from an installation, in a directory of its own, as an unprivileged user when we are root.
/// Guarded from initdb on, so that nothing of it outlives us; see <see cref="GuardedProcess"/>.
/// </summary>
internal sealed partial class LocalServer : PostgresServer
{
    private const int StartAttemptsMax = 5;
    private const int SignalKill = 9;
    private const string ReadyLine = "database system is ready to accept connections";

    private readonly ServerInstallation installation;
    private readonly string? user;
    private readonly string directory;
    private readonly StringBuilder log = new();
    private int port;
    private GuardedProcess? process;

    private LocalServer(ServerInstallation installation, string? user, string directory)
        : base(installation.Major)
    {
        this.installation = installation;
        this.user = user;
        this.directory = directory;
    }

    public override string Host => directory;

    public override int Port => port;

    public override string Origin => $"from {installation.BinDirectory}{(user is null ? "" : $" as user {user}")}, in {directory}";

    public override string Log
    {
        get
        {
            lock (log)
            {
                return log.ToString();
            }
        }
    }

    private string DataDirectory => Path.Combine(directory, "data");

    public static LocalServer Launch(ServerInstallation installation, ServerOptions options)
    {
        var user = UnprivilegedUser.Name;
        var directory = Command.Run("mktemp", ["-d", Path.Combine(TemporaryRoot(), "pd-XXXXXX")], directory: "/", user: user)
            .Succeeded().Output.Trim();
        var server = new LocalServer(installation, user, directory);
        try
        {
            server.Initialize(options.InitDbArguments);
            server.Configure(options);
            server.StartOnFreePort();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public override void Kill()
    {
        foreach (var id in ServerProcesses())
        {
            // The postmaster comes first; its children may be gone by the time it is their turn.
            SendSignal(id, SignalKill);
        }

        Release();
    }

    public override void Stop() => Release();

    public override void Restart()
    {
        if (!TryRun())
        {
            throw new InvalidOperationException($"the server did not start again\n{Log}");
        }
    }

    private protected override void Close()
    {
        process?.Destroy();
        process = null;

        // The guard has removed it already, unless the server was stopped before.
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>A socket's path must stay below 108 bytes, and root's own TMPDIR may be closed to others.</summary>
    private static string TemporaryRoot()
    {
        var given = Path.GetTempPath();
        return Environment.IsPrivilegedProcess || given.Length > 60 ? "/tmp" : given;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Initialize(IEnumerable<string> arguments)
    {
        File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        process = GuardedProcess.Start(
            directory,
            user,
            installation.Program("initdb"),
            ["-D", DataDirectory, "-U", User, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", .. arguments],
            log);
        process.WaitForEnd();
        if (!File.Exists(Path.Combine(DataDirectory, "global", "pg_control")))
        {
            throw new InvalidOperationException($"initdb of PostgreSQL {Major} from {installation.BinDirectory} failed\n{Log}");
        }
    }

    private void Configure(ServerOptions options)
    {
        var settings = new Dictionary<string, string>
        {
            ["listen_addresses"] = "127.0.0.1",
            ["unix_socket_directories"] = directory,
            ["fsync"] = "off",
            ["full_page_writes"] = "off",
            ["shared_buffers"] = "64MB",

            // It would go through the hundreds of databases of a run all the time, each for some seconds of life.
            ["autovacuum"] = "off",
            ["jit"] = "off",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
        };
        if (options.Tls is { } tls)
        {
            settings["ssl"] = "on";
            settings["ssl_cert_file"] = WriteSecret("server.crt", tls.CertificatePem);
            settings["ssl_key_file"] = WriteSecret("server.key", tls.KeyPem);
            if (tls.ClientAuthorityPem is { } authority)
            {
                settings["ssl_ca_file"] = WriteSecret("root.crt", authority);
            }
        }

        foreach (var (name, value) in options.Settings)
        {
            settings[name] = value;
        }

        // Truncated and appended to in place: the files stay the server's own user's.
        File.AppendAllLines(
            Path.Combine(DataDirectory, "postgresql.conf"),
            settings.Select(setting => $"{setting.Key} = '{setting.Value.Replace("'", "''", StringComparison.Ordinal)}'"));
        if (options.HbaLines is { } lines)
        {
            File.WriteAllLines(Path.Combine(DataDirectory, "pg_hba.conf"), ["local all postgres trust", .. lines]);
        }
    }

    private string WriteSecret(string name, string text)
    {
        var path = Path.Combine(directory, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (user is not null)
        {
            Command.Run("chown", [user, path]).Succeeded();
        }

        return path;
    }

    private void StartOnFreePort()
    {
        for (var attempt = 1; ; attempt++)
        {
            port = FreePort();
            if (TryRun())
            {
                return;
            }

            // Somebody else may have taken the port between our look and the server's.
            if (attempt == StartAttemptsMax || !Log.Contains("Address already in use", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"PostgreSQL {Major} from {installation.BinDirectory} did not start\n{Log}");
            }
        }
    }

    /// <summary>Starts the server and waits until it takes connections (true) or has ended (false).</summary>
    private bool TryRun()
    {
        // The guard before (of initdb, or of the attempt before) lets go only when the next one stands.
        var before = process;
        process = GuardedProcess.Start(
            directory,
            user,
            installation.Program("postgres"),
            ["-D", DataDirectory, "-p", port.ToString(CultureInfo.InvariantCulture)],
            log,
            ReadyLine);
        before?.Release();
        return process.WaitForLine();
    }

    private void Release()
    {
        process?.Release();
        process = null;
    }

    private List<int> ServerProcesses()
    {
        var postmaster = int.Parse(File.ReadLines(Path.Combine(DataDirectory, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        var processes = new List<int> { postmaster };
        foreach (var entry in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(entry), CultureInfo.InvariantCulture, out var id) && ParentOf(entry) == postmaster)
            {
                processes.Add(id);
            }
        }

        return processes;
    }

    private static int ParentOf(string entry)
    {
        try
        {
            // "123 (name, which may hold spaces and brackets) S 1 ..."
            var status = File.ReadAllText(Path.Combine(entry, "stat"));
            return int.Parse(status[(status.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
