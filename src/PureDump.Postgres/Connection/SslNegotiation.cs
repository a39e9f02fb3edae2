namespace PureDump.Postgres.Connection;

/// <summary>How TLS begins; libpq's <c>sslnegotiation</c>.</summary>
internal enum SslNegotiation
{
    /// <summary>The client asks in the PostgreSQL protocol whether the server speaks TLS.</summary>
    Postgres,

    /// <summary>The TLS handshake comes first (PostgreSQL 17 and later).</summary>
    Direct,
}
