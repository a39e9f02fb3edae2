using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PureDump.Postgres.Wire;

/// <summary>
/// The channel binding "tls-server-end-point" (RFC 5929, section 4.1): the hash of the server's certificate by the hash
/// function of its signature, SHA-256 where that is MD5 or SHA-1.
/// </summary>
internal static class TlsServerEndPoint
{
    private const string RsaPss = "1.2.840.113549.1.1.10";

    /// <summary>The binding of a certificate; null where its signature has no single hash function or one the base library lacks.</summary>
    public static byte[]? Hash(X509Certificate2 certificate)
    {
        string? algorithm = certificate.SignatureAlgorithm.Value;
        return (algorithm == RsaPss ? PssHashFunction(certificate.RawData) : algorithm) switch
        {
            // MD5 and SHA-1: by themselves, with RSA, with ECDSA, with DSA.
            "1.2.840.113549.2.5" or "1.3.14.3.2.26" or "1.2.840.113549.1.1.4" or "1.2.840.113549.1.1.5" or
                "1.2.840.10045.4.1" or "1.2.840.10040.4.3" => SHA256.HashData(certificate.RawData),
            "2.16.840.1.101.3.4.2.1" or "1.2.840.113549.1.1.11" or "1.2.840.10045.4.3.2" or "2.16.840.1.101.3.4.3.2" =>
                SHA256.HashData(certificate.RawData),
            "2.16.840.1.101.3.4.2.2" or "1.2.840.113549.1.1.12" or "1.2.840.10045.4.3.3" or "2.16.840.1.101.3.4.3.3" =>
                SHA384.HashData(certificate.RawData),
            "2.16.840.1.101.3.4.2.3" or "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.4" or "2.16.840.1.101.3.4.3.4" =>
                SHA512.HashData(certificate.RawData),
            _ => null,
        };
    }

    // RSASSA-PSS-params (RFC 4055, section 3.1): the hash function is the first, optional member, SHA-1 where absent.
    private static string? PssHashFunction(byte[] certificate)
    {
        const string sha1 = "1.3.14.3.2.26";
        try
        {
            AsnReader whole = new AsnReader(certificate, AsnEncodingRules.DER).ReadSequence();
            _ = whole.ReadEncodedValue();
            AsnReader algorithm = whole.ReadSequence();
            _ = algorithm.ReadObjectIdentifier();
            AsnReader parameters = algorithm.ReadSequence();
            var tag = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
            return parameters.HasData && parameters.PeekTag().HasSameClassAndValue(tag)
                ? parameters.ReadSequence(tag).ReadSequence().ReadObjectIdentifier()
                : sha1;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
