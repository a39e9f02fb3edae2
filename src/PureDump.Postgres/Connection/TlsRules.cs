using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PureDump.Formats.Errors;

namespace PureDump.Postgres.Connection;

/// <summary>
/// What a TLS connection to one host needs and checks, with libpq's files and defaults.
/// </summary>
internal sealed class TlsRules
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private static readonly SslApplicationProtocol s_protocol = new("postgresql");

    private readonly ConnectionTarget _target;
    private readonly string? _host;
    private readonly X509Certificate2Collection? _roots;
    private readonly bool _areRootsOfSystem;
    private readonly RevocationLists? _revoked;
    private readonly SslStreamCertificateContext? _clientCertificate;

    private TlsRules(
        ConnectionTarget target,
        string? host,
        X509Certificate2Collection? roots,
        bool areRootsOfSystem,
        RevocationLists? revoked,
        SslStreamCertificateContext? clientCertificate)
    {
        _target = target;
        _host = host;
        _roots = roots;
        _areRootsOfSystem = areRootsOfSystem;
        _revoked = revoked;
        _clientCertificate = clientCertificate;
    }

    /// <summary>True where the certificate of the server is checked at all.</summary>
    public bool ChecksServer => _areRootsOfSystem || _roots is not null;

    /// <summary>Reads the files the rules need.</summary>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.ConnectionOptions"/>: a file that is missing or cannot be used.</exception>
    public static TlsRules Load(ConnectionTarget target, TargetHost host)
    {
        if (target.SslMode == SslMode.VerifyFull && host.Name is null)
        {
            throw new PureDumpException(
                ErrorKind.ConnectionOptions,
                $"sslmode=verify-full needs the name of the host, and only its address {host.Address} was given",
                "give the name with host=, beside hostaddr=");
        }

        bool isSystem = target.SslRootCert == "system";
        X509Certificate2Collection? roots = isSystem ? SystemTrustStore.Roots() : LoadRoots(target);

        // The system's roots are looked at with the lists that were named alone: authorities of the web have each their own.
        bool hasLists = isSystem ? (target.SslCrl ?? target.SslCrlDirectory) is not null : roots is not null;
        return new TlsRules(
            target,
            host.Name,
            roots,
            isSystem && roots is null,
            hasLists ? RevocationLists.Load(target) : null,
            ClientCertificate.Load(target));
    }

    /// <summary>Fills in the options of one handshake.</summary>
    /// <param name="options">Gets all that decides about the handshake; what was in it is overwritten.</param>
    /// <param name="refused">Gets the reason where the server's certificate is not accepted.</param>
    public void Apply(SslClientAuthenticationOptions options, Action<string> refused)
    {
        // SslStream builds a chain before it asks the callback; this policy keeps it off the network and, where nothing
        // is checked, off the roots.
        var policy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            TrustMode = _areRootsOfSystem ? X509ChainTrustMode.System : X509ChainTrustMode.CustomRootTrust,
        };
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (_roots is not null)
        {
            policy.CustomTrustStore.AddRange(_roots);
        }

        options.TargetHost = _target.SslSni && _host is not null && !IPAddress.TryParse(_host, out _) ? _host : "";
        options.EnabledSslProtocols = (_target.TlsVersionMin, _target.TlsVersionMax) switch
        {
            (12, 12) => SslProtocols.Tls12,
            (13, 13) => SslProtocols.Tls13,
            _ => SslProtocols.Tls12 | SslProtocols.Tls13,
        };
        options.ApplicationProtocols = [s_protocol];
        options.AllowRenegotiation = false;
        options.CertificateRevocationCheckMode = X509RevocationMode.NoCheck;
        options.CertificateChainPolicy = policy;
        options.ClientCertificates = null;
        options.ClientCertificateContext = _clientCertificate;
        options.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
        {
            if (Refusal(certificate, chain, errors) is not { } reason)
            {
                return true;
            }

            refused(reason);
            return false;
        };
    }

    private static X509Certificate2Collection? LoadRoots(ConnectionTarget target)
    {
        string? path = target.SslRootCert ?? (target.Home is null ? null : Path.Combine(target.Home, ".postgresql", "root.crt"));
        if (path is null || !UnixFile.Exists(path))
        {
            return target.SslMode < SslMode.VerifyCa
                ? null
                : throw new PureDumpException(
                    ErrorKind.ConnectionOptions,
                    path is null ? "there is no root certificate file" : $"root certificate file \"{path}\" does not exist",
                    "provide the file, use the system's trusted roots with sslrootcert=system, or change sslmode to not check the "
                        + "server's certificate");
        }

        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new PureDumpException(
                ErrorKind.ConnectionOptions,
                $"root certificate file \"{path}\" cannot be read: {error.Message}",
                inner: error);
        }

        return roots.Count > 0
            ? roots
            : throw new PureDumpException(ErrorKind.ConnectionOptions, $"root certificate file \"{path}\" holds no certificate");
    }

    private string? Refusal(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (!ChecksServer)
        {
            return null;
        }

        if (certificate is null || chain is null)
        {
            return "the server has no certificate";
        }

        if ((errors & SslPolicyErrors.RemoteCertificateChainErrors) != 0)
        {
            IEnumerable<string> reasons = chain.ChainStatus.Select(status => Sentence(status.Status)).Distinct();
            return $"the certificate of the server ({certificate.Subject}) is not trusted: {string.Join(", ", reasons)}";
        }

        try
        {
            if (_revoked?.Refusal(chain, DateTimeOffset.UtcNow) is { } revocation)
            {
                return $"the certificate of the server ({certificate.Subject}) is not trusted: {revocation}";
            }
        }
        catch (CryptographicException error)
        {
            return $"the certificate of the server ({certificate.Subject}) is not trusted: a revocation list cannot be used: "
                + $"{error.Message}";
        }

        if (_target.SslMode != SslMode.VerifyFull)
        {
            return null;
        }

        using var copy = new X509Certificate2(certificate);
        return ServerCertificateName.Mismatch(copy, _host ?? "") is { } names
            ? $"the certificate of the server is made out to {names}, not to host \"{_host}\""
            : null;
    }

    private static string Sentence(X509ChainStatusFlags status) => status switch
    {
        X509ChainStatusFlags.UntrustedRoot => "it ends in a root that is not among the trusted ones",
        X509ChainStatusFlags.PartialChain => "it does not lead to a trusted root",
        X509ChainStatusFlags.NotTimeValid => "it or one above it has expired or is not valid yet",
        X509ChainStatusFlags.NotSignatureValid => "a signature in it is wrong",
        X509ChainStatusFlags.NotValidForUsage => "it is not meant for servers",
        X509ChainStatusFlags.InvalidBasicConstraints => "one above it is not meant to sign certificates",
        _ => status.ToString(),
    };
}
