using System.Net.Sockets;
using Testcontainers.PostgreSql;

namespace PureDump.TestSupport;

/// <summary>A server in a container; the last resort, for machines that have Docker and neither PostgreSQL nor npm.</summary>
internal sealed class ContainerServer : PostgresServer
{
    private const string Secret = "postgres";
    private const string DefaultEngine = "/var/run/docker.sock";

    private readonly PostgreSqlContainer container;

    private ContainerServer(PostgreSqlContainer container, int major)
        : base(major) => this.container = container;

    public override string Host => container.Hostname;

    public override int Port => container.GetMappedPublicPort(PostgreSqlBuilder.PostgreSqlPort);

    public override string Password => Secret;

    public override string Origin => "in a container";

    public override string Log
    {
        get
        {
            var (output, error) = container.GetLogsAsync().GetAwaiter().GetResult();
            return output + error;
        }
    }

    /// <summary>Whether something listens on the engine's socket; a remote engine is taken at its word.</summary>
    public static bool EngineAnswers()
    {
        var host = Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } given ? given : "unix://" + DefaultEngine;
        if (!host.StartsWith("unix://", StringComparison.Ordinal))
        {
            return true;
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(host["unix://".Length..]));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public static ContainerServer Launch(int major, ServerOptions options)
    {
        if (options.Tls is not null || options.HbaLines is not null || options.InitDbArguments.Count > 0)
        {
            throw new ServerUnavailableException(
                $"PostgreSQL {major} is not installed, and a container is started with plain settings only");
        }

        string[] settings =
        [
            "-c",
            "fsync=off",
            .. options.Settings.SelectMany(setting => new[] { "-c", $"{setting.Key}={setting.Value}" }),
        ];
        var container = new PostgreSqlBuilder($"postgres:{major}")
            .WithUsername("postgres")
            .WithPassword(Secret)
            .WithCommand(settings)
            .Build();
        var server = new ContainerServer(container, major);
        try
        {
            container.StartAsync().GetAwaiter().GetResult();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    private protected override void Close() => container.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
