namespace PureDump.Postgres.Connection;

/// <summary>Whether a SCRAM login is bound to the TLS connection; libpq's <c>channel_binding</c>.</summary>
internal enum ChannelBinding
{
    /// <summary>Never.</summary>
    Disable,

    /// <summary>Where the server offers it. The default.</summary>
    Prefer,

    /// <summary>The login fails without it.</summary>
    Require,
}
