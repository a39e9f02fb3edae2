namespace PureDump.Postgres.Connection;

/// <summary>Whether TLS is used and how far the server's certificate is checked; libpq's <c>sslmode</c>.</summary>
internal enum SslMode
{
    /// <summary>Never TLS.</summary>
    Disable,

    /// <summary>Without TLS first, with TLS where the server insists.</summary>
    Allow,

    /// <summary>With TLS first, without where the server has none. The default.</summary>
    Prefer,

    /// <summary>Only TLS. The certificate is checked as in <see cref="VerifyCa"/> where a root certificate file exists.</summary>
    Require,

    /// <summary>Only TLS, and the certificate chains up to a trusted root.</summary>
    VerifyCa,

    /// <summary>As <see cref="VerifyCa"/>, and the certificate names the host that was asked for.</summary>
    VerifyFull,
}
