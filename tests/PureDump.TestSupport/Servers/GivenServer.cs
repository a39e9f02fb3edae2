using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;

namespace PureDump.TestSupport;

/// <summary>
/// A running server somebody named by PGHOST and its companions. Tests create databases there and drop them when they
/// end; it is never stopped.
/// </summary>
internal sealed class GivenServer : PostgresServer
{
    private readonly ConcurrentDictionary<string, bool> created = new();
    private readonly NpgsqlConnectionStringBuilder given;

    private GivenServer(NpgsqlConnectionStringBuilder given, int major)
        : base(major) => this.given = given;

    public override string Host => given.Host!;

    public override int Port => given.Port;

    public override string User => given.Username!;

    public override string? Password => given.Password;

    public override string Origin => "given by PGHOST";

    public override IReadOnlyDictionary<string, string?> ClientEnvironment { get; } = new Dictionary<string, string?>();

    /// <summary>The server of PGHOST, or null when that is not set.</summary>
    /// <exception cref="ServerUnavailableException">It is set, and the server does not answer.</exception>
    public static GivenServer? Find()
    {
        if (Variable("PGHOST") is not { } host)
        {
            return null;
        }

        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = host,
            Port = int.Parse(Variable("PGPORT") ?? "5432", CultureInfo.InvariantCulture),
            Username = Variable("PGUSER") ?? Environment.UserName,
            Password = Variable("PGPASSWORD"),
            Database = "postgres",
            Pooling = false,
        };
        if (Variable("PGSSLMODE") is { } mode)
        {
            builder.SslMode = Enum.Parse<SslMode>(mode.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
        }

        if (Variable("PGSSLROOTCERT") is { } root)
        {
            builder.RootCertificate = root;
        }

        try
        {
            using var connection = new NpgsqlConnection(builder.ConnectionString);
            connection.Open();
            return new GivenServer(builder, connection.PostgreSqlVersion.Major);
        }
        catch (NpgsqlException failure)
        {
            throw new ServerUnavailableException($"the server PGHOST={host} names does not let us in: {failure.Message}", failure);
        }
    }

    public override string CreateDatabase(string name)
    {
        base.CreateDatabase(name);
        created[name] = true;
        return name;
    }

    private protected override void Complete(NpgsqlConnectionStringBuilder builder)
    {
        builder.SslMode = given.SslMode;
        builder.RootCertificate = given.RootCertificate;
    }

    private protected override void Close()
    {
        foreach (var name in created.Keys)
        {
            DropDatabase(name);
        }
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
