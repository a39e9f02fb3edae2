using PureDump.Formats.Errors;

namespace PureDump.Postgres.Connection;

/// <summary>
/// One connection option as libpq names it ("Parameter Key Words" and "Environment Variables" in its documentation).
/// </summary>
/// <param name="Name">The keyword in a conninfo string, URI or service file.</param>
/// <param name="Variable">The environment variable that sets it, or null.</param>
/// <param name="Refusal">Null where the option is honoured (or harmless to ignore), else why it is not.</param>
internal sealed record ConnectionKeyword(string Name, string? Variable = null, string? Refusal = null)
{
    private const string NoScramKeys = "SCRAM keys are not supported; give the password";
    private const string NoOAuth = "OAuth logins are not supported";

    /// <summary>Every keyword of libpq 18, in the order of its documentation.</summary>
    public static IReadOnlyList<ConnectionKeyword> All { get; } =
    [
        new("service", "PGSERVICE"),
        new("servicefile", "PGSERVICEFILE"),
        new("user", "PGUSER"),
        new("password", "PGPASSWORD"),
        new("passfile", "PGPASSFILE"),
        new("require_auth", "PGREQUIREAUTH"),
        new("channel_binding", "PGCHANNELBINDING"),
        new("connect_timeout", "PGCONNECT_TIMEOUT"),
        new("dbname", "PGDATABASE"),
        new("host", "PGHOST"),
        new("hostaddr", "PGHOSTADDR"),
        new("port", "PGPORT"),
        new("client_encoding", "PGCLIENTENCODING"),
        new("options", "PGOPTIONS"),
        new("application_name", "PGAPPNAME"),
        new("fallback_application_name"),
        new("keepalives"),
        new("keepalives_idle"),
        new("keepalives_interval"),
        new("keepalives_count"),
        new("tcp_user_timeout"),
        new("sslmode", "PGSSLMODE"),
        new("sslnegotiation", "PGSSLNEGOTIATION"),
        new("sslcompression", "PGSSLCOMPRESSION"),
        new("sslcert", "PGSSLCERT"),
        new("sslkey", "PGSSLKEY"),
        new("sslpassword"),
        new("sslcertmode", "PGSSLCERTMODE"),
        new("sslrootcert", "PGSSLROOTCERT"),
        new("sslcrl", "PGSSLCRL"),
        new("sslcrldir", "PGSSLCRLDIR"),
        new("sslsni", "PGSSLSNI"),
        new("requirepeer", "PGREQUIREPEER"),
        new("ssl_min_protocol_version", "PGSSLMINPROTOCOLVERSION"),
        new("ssl_max_protocol_version", "PGSSLMAXPROTOCOLVERSION"),
        new("min_protocol_version", "PGMINPROTOCOLVERSION"),
        new("max_protocol_version", "PGMAXPROTOCOLVERSION"),
        new("gssencmode", "PGGSSENCMODE"),

        // These three only shape a GSS login, and that is an error of its own when a server asks for it.
        new("krbsrvname", "PGKRBSRVNAME"),
        new("gsslib", "PGGSSLIB"),
        new("gssdelegation", "PGGSSDELEGATION"),
        new("replication", null, "the operation itself decides whether it needs a replication connection"),
        new("target_session_attrs", "PGTARGETSESSIONATTRS"),
        new("load_balance_hosts", "PGLOADBALANCEHOSTS"),
        new("scram_client_key", null, NoScramKeys),
        new("scram_server_key", null, NoScramKeys),
        new("sslkeylogfile", null, "the keys of a TLS session are never written to a file"),
        new("oauth_issuer", null, NoOAuth),
        new("oauth_client_id", null, NoOAuth),
        new("oauth_client_secret", null, NoOAuth),
        new("oauth_scope", null, NoOAuth),
    ];

    /// <summary>True where the value must never be shown.</summary>
    public bool IsSecret => Name is "password" or "sslpassword" or "oauth_client_secret" or "scram_client_key" or "scram_server_key";

    /// <summary>The keyword called <paramref name="name"/>, or null.</summary>
    public static ConnectionKeyword? Find(ReadOnlySpan<char> name)
    {
        foreach (ConnectionKeyword keyword in All)
        {
            if (name.SequenceEqual(keyword.Name))
            {
                return keyword;
            }
        }

        return null;
    }

    /// <summary>The error for a keyword PureDump knows and does not support.</summary>
    public PureDumpException Refused(string origin) =>
        new(ErrorKind.ConnectionOptions, $"connection option \"{Name}\" ({origin}): {Refusal}");
}
