using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PureDump.TestSupport;

/// <summary>A certificate authority made for one test; nothing of it is ever stored.</summary>
public sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 authority;

    private TestAuthority(X509Certificate2 authority) => this.authority = authority;

    /// <summary>The authority's certificate, for <c>sslrootcert</c>.</summary>
    public string CertificatePem => authority.ExportCertificatePem();

    /// <summary>A new authority, valid from yesterday for a year.</summary>
    public static TestAuthority Create(string name = "PureDump test authority")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = DateTimeOffset.UtcNow;
        return new TestAuthority(request.CreateSelfSigned(now.AddDays(-1), now.AddDays(365)));
    }

    /// <summary>A certificate for a server of these names; a name that parses as an address becomes an IP entry.</summary>
    public ServerTls ForServer(params string[] names)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        var (certificate, key) = Issue(names[0], "1.3.6.1.5.5.7.3.1", alternatives.Build());
        return new ServerTls(certificate, key, CertificatePem);
    }

    /// <summary>A client certificate whose common name is <paramref name="user"/>, as (certificate, key) PEM texts.</summary>
    public (string CertificatePem, string KeyPem) ForClient(string user) => Issue(user, "1.3.6.1.5.5.7.3.2", null);

    /// <summary>A list of certificates that the authority takes back, as a PEM text.</summary>
    /// <param name="isOld">It should have been replaced by a newer one yesterday.</param>
    /// <param name="revoked">The certificates, as PEM texts.</param>
    public string RevocationList(bool isOld, params string[] revoked)
    {
        var list = new CertificateRevocationListBuilder();
        foreach (string pem in revoked)
        {
            using X509Certificate2 certificate = X509Certificate2.CreateFromPem(pem);
            list.AddEntry(certificate);
        }

        DateTimeOffset made = DateTimeOffset.UtcNow.AddDays(isOld ? -9 : -1);
        return PemEncoding.WriteString("X509 CRL", list.Build(authority, 1, made.AddDays(8), HashAlgorithmName.SHA256, thisUpdate: made));
    }

    /// <inheritdoc/>
    public void Dispose() => authority.Dispose();

    private (string CertificatePem, string KeyPem) Issue(string commonName, string purpose, X509Extension? alternatives)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={commonName}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        if (alternatives is not null)
        {
            request.CertificateExtensions.Add(alternatives);
        }

        using var certificate = request.Create(
            authority, authority.NotBefore, authority.NotAfter, RandomNumberGenerator.GetBytes(8));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
