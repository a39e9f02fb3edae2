namespace PureDump.TestSupport;

/// <summary>The PEM texts a server is given to speak TLS; see <see cref="TestAuthority"/>.</summary>
/// <param name="CertificatePem">The server's certificate.</param>
/// <param name="KeyPem">Its private key.</param>
/// <param name="ClientAuthorityPem">The authority client certificates are checked against, or null for none.</param>
public sealed record ServerTls(string CertificatePem, string KeyPem, string? ClientAuthorityPem = null);
