namespace PureDump.Postgres.Wire;

/// <summary>What one attempt at a connection does about TLS.</summary>
internal enum TlsUse
{
    /// <summary>None.</summary>
    Never,

    /// <summary>TLS where the server has it.</summary>
    IfOffered,

    /// <summary>TLS or an error.</summary>
    Always,
}
