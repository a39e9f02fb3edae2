namespace PureDump.TestSupport;

/// <summary>How a server of one test differs from the default one.</summary>
public sealed record ServerOptions
{
    /// <summary>The default: trust on every connection, no TLS, fsync off.</summary>
    public static ServerOptions Default { get; } = new();

    /// <summary>Settings put into postgresql.conf, such as <c>wal_level</c> = <c>minimal</c>; plain values, quoted here.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The lines of pg_hba.conf, or null for trust everywhere. A line that lets the superuser in over the socket is
    /// always put before them: <c>local all postgres trust</c>.
    /// </summary>
    public IReadOnlyList<string>? HbaLines { get; init; }

    /// <summary>Turns TLS on with this certificate.</summary>
    public ServerTls? Tls { get; init; }

    /// <summary>Further arguments of initdb, such as <c>--wal-segsize=1</c>.</summary>
    public IReadOnlyList<string> InitDbArguments { get; init; } = [];

    /// <summary>Whether a server that is already running (given by PG* variables) would do.</summary>
    internal bool IsDefault => Settings.Count == 0 && HbaLines is null && Tls is null && InitDbArguments.Count == 0;
}
