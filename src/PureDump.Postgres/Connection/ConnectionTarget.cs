using System.Text;

namespace PureDump.Postgres.Connection;

/// <summary>
/// Everything that is needed to reach and log in to a server: the one result of command line, conninfo string, URI,
/// service file, environment and passfile, used by every connection whatever makes it. Immutable; its text never holds
/// a password.
/// </summary>
internal sealed partial record ConnectionTarget
{
    internal ConnectionTarget()
    {
    }

    /// <summary>The hosts to try, in order; at least one.</summary>
    public required IReadOnlyList<TargetHost> Hosts { get; init; }

    /// <summary>The role to log in as.</summary>
    public required string User { get; init; }

    /// <summary>The database.</summary>
    public required string Database { get; init; }

    /// <summary>What the user wants to be called in pg_stat_activity.</summary>
    public required string ApplicationName { get; init; }

    /// <summary>Command-line options for the server process (<c>-c name=value</c>), or null.</summary>
    public string? Options { get; init; }

    /// <summary>
    /// The client encoding the user asked for, or null. A connection of PureDump speaks UTF8 whatever stands here; it is
    /// for operations that write text in an encoding of the user's choice.
    /// </summary>
    public string? ClientEncoding { get; init; }

    /// <summary>How long one address may take to be connected to and logged in at; null for no limit.</summary>
    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary>Whether TLS is used and how the server's certificate is checked.</summary>
    public SslMode SslMode { get; init; } = SslMode.Prefer;

    /// <summary>How TLS begins.</summary>
    public SslNegotiation SslNegotiation { get; init; }

    /// <summary>The file with the trusted roots, "system" for those of the operating system, or null.</summary>
    public string? SslRootCert { get; init; }

    /// <summary>The file with the certificates that were taken back, or null for that in the home directory.</summary>
    public string? SslCrl { get; init; }

    /// <summary>A directory of such files, named as by <c>openssl rehash</c>, or null.</summary>
    public string? SslCrlDirectory { get; init; }

    /// <summary>The file with the client certificate, or null.</summary>
    public string? SslCert { get; init; }

    /// <summary>The file with the key of the client certificate, or null.</summary>
    public string? SslKey { get; init; }

    /// <summary>Whether a client certificate is sent.</summary>
    public SslCertMode SslCertMode { get; init; } = SslCertMode.Allow;

    /// <summary>Whether the name of the host is sent in the clear at the start of TLS.</summary>
    public bool SslSni { get; init; } = true;

    /// <summary>The lowest TLS version, 12 or 13 for 1.2 or 1.3.</summary>
    public int TlsVersionMin { get; init; } = 12;

    /// <summary>The highest TLS version, 12 or 13 for 1.2 or 1.3.</summary>
    public int TlsVersionMax { get; init; } = 13;

    /// <summary>Whether a SCRAM login is bound to the TLS connection.</summary>
    public ChannelBinding ChannelBinding { get; init; } = ChannelBinding.Prefer;

    /// <summary>Which ways to log in are allowed; null for all.</summary>
    public RequiredAuthentication? RequireAuth { get; init; }

    /// <summary>The operating system user the server behind a socket must run as, or null.</summary>
    public string? RequirePeer { get; init; }

    /// <summary>Which of several hosts will do.</summary>
    public TargetSessionAttributes TargetSessionAttributes { get; init; }

    /// <summary>True to try hosts and their addresses in random order.</summary>
    public bool LoadBalanceHosts { get; init; }

    /// <summary>TCP keepalives and time-outs.</summary>
    public TcpTuning Tcp { get; init; } = new();

    /// <summary>The password given outright, or null.</summary>
    internal string? Password { get; init; }

    /// <summary>The password that opens <see cref="SslKey"/>, or null.</summary>
    internal string? SslPassword { get; init; }

    /// <summary>Asks the user where no password is known; null where that is not wanted.</summary>
    internal PromptedPassword? PromptedPassword { get; init; }

    /// <summary>Gives each connection its password, whatever else is known; null: what is known stays.</summary>
    internal PasswordProvider? PasswordProvider { get; init; }

    /// <summary>What can be done where a server wants a password and none is known.</summary>
    internal string PasswordHint { get; init; } = "give it with PGPASSWORD, a password file (~/.pgpass) or at the prompt (-W)";

    /// <summary>The passfile, or null where there is none or a password was given outright.</summary>
    internal PassFile? PassFile { get; init; }

    /// <summary>Where ~/.postgresql is, or null.</summary>
    internal string? Home { get; init; }

    /// <summary>The same login at another database; the passfile is consulted anew, for its entries are per database.</summary>
    public ConnectionTarget With(string database)
    {
        ArgumentException.ThrowIfNullOrEmpty(database);
        return this with { Database = database, Hosts = [.. Hosts.Select(host => WithPassword(host, database))] };
    }

    /// <summary>The password for a connection that is about to begin, as far as it is known without asking the user, or null.</summary>
    /// <param name="host">The host.</param>
    /// <param name="cancellation">Ends the waiting for <see cref="PasswordProvider"/>.</param>
    /// <exception cref="PureDumpException">The provider has none.</exception>
    internal string? NextPassword(TargetHost host, CancellationToken cancellation) =>
        PasswordProvider?.Next(cancellation) ?? KnownPassword(host);

    /// <summary>The password for a host as far as it is known without asking anyone, or null.</summary>
    internal string? KnownPassword(TargetHost host) => Password ?? host.Password ?? PromptedPassword?.Known;

    /// <summary>The password for a host; asks the user where that is allowed and nothing is known. Null where there is none.</summary>
    internal string? AskPassword(TargetHost host) => Password ?? host.Password ?? PromptedPassword?.Ask(User);

    private TargetHost WithPassword(TargetHost host, string database) =>
        PassFile is null ? host : host with { Password = PassFile.Find(host, database, User) };

    // The compiler's version would print the passwords.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append("Hosts = ").AppendJoin(" or ", Hosts)
            .Append(", User = ").Append(User)
            .Append(", Database = ").Append(Database)
            .Append(", SslMode = ").Append(SslMode);
        return true;
    }
}
