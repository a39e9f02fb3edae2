namespace PureDump.Postgres.Connection;

/// <summary>Whether a client certificate is sent; libpq's <c>sslcertmode</c>.</summary>
internal enum SslCertMode
{
    /// <summary>Never.</summary>
    Disable,

    /// <summary>Where the server asks for one and there is one. The default.</summary>
    Allow,

    /// <summary>The server must ask for one and get it.</summary>
    Require,
}
