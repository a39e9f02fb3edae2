using System.Globalization;
using System.Text;

namespace PureDump.TestSupport;

/// <summary>PgBouncer before a server, on a unix socket of its own. Disposing it leaves nothing behind; so does the end of the
/// process.</summary>
public sealed class PgBouncer : IDisposable
{
    // Half of a socket's name; the directory is its own, so no other has it.
    private const int PortNumber = 6432;

    private readonly GuardedProcess process;

    private PgBouncer(GuardedProcess process, string directory) => (this.process, Host) = (process, directory);

    /// <summary>The directory of the socket.</summary>
    public string Host { get; }

    /// <summary>The port.</summary>
    public int Port => PortNumber;

    /// <summary>Starts one.</summary>
    /// <param name="server">The server behind it.</param>
    /// <param name="mode">What it pools: <c>session</c>, <c>transaction</c> or <c>statement</c>.</param>
    /// <param name="size">How many connections it has to a database.</param>
    /// <exception cref="ServerUnavailableException">It is not installed, or the server has no socket.</exception>
    public static PgBouncer Start(PostgresServer server, string mode, int size)
    {
        // Debian keeps it where only root looks.
        string program = Command.Find("pgbouncer") ?? "/usr/sbin/pgbouncer";
        if (!File.Exists(program))
        {
            throw new ServerUnavailableException("PgBouncer is not installed (on Debian and Ubuntu: sudo apt-get install pgbouncer)");
        }

        string? user = UnprivilegedUser.Name;
        string directory = Command.Run("mktemp", ["-d", "/tmp/pd-pool-XXXXXX"], directory: "/", user: user).Succeeded().Output.Trim();
        string configuration = string.Create(CultureInfo.InvariantCulture, $"""
            [databases]
            * = host={server.SocketDirectory} port={server.Port}
            [pgbouncer]
            listen_addr =
            listen_port = {PortNumber}
            unix_socket_dir = {directory}
            auth_type = trust
            auth_file = {directory}/users
            pool_mode = {mode}
            default_pool_size = {size}
            query_wait_timeout = 20
            """);
        File.WriteAllText(Path.Combine(directory, "pgbouncer.ini"), configuration + "\n");
        File.WriteAllText(Path.Combine(directory, "users"), $"\"{server.User}\" \"{server.Password}\"\n");
        var log = new StringBuilder();
        var process = GuardedProcess.Start(
            directory,
            user,
            program,
            [Path.Combine(directory, "pgbouncer.ini")],
            log,
            $"listening on unix:{directory}/.s.PGSQL.{PortNumber}");
        if (process.WaitForLine())
        {
            return new PgBouncer(process, directory);
        }

        process.Destroy();
        throw new InvalidOperationException($"PgBouncer did not start\n{log}");
    }

    /// <inheritdoc/>
    public void Dispose() => process.Destroy();
}
