namespace PureDump.Postgres.Connection;

/// <summary>The ways to log in, as libpq's <c>require_auth</c> names them.</summary>
internal enum AuthenticationMethod
{
    /// <summary>The server asks for nothing (trust, peer, a client certificate).</summary>
    None,

    /// <summary>The password in the clear.</summary>
    Password,

    /// <summary>MD5 of the password.</summary>
    Md5,

    /// <summary>SCRAM-SHA-256, with or without channel binding.</summary>
    ScramSha256,

    /// <summary>Kerberos through GSSAPI. Known by name, not supported.</summary>
    Gss,

    /// <summary>Kerberos or NTLM through SSPI. Known by name, not supported.</summary>
    Sspi,

    /// <summary>OAuth bearer tokens. Known by name, not supported.</summary>
    OAuth,
}
