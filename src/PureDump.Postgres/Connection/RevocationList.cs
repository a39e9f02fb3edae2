using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PureDump.Postgres.Connection;

/// <summary>One list of certificates that an authority has taken back (RFC 5280, section 5).</summary>
internal sealed class RevocationList
{
    private static readonly Asn1Tag s_extensions = new(TagClass.ContextSpecific, 0);

    private readonly byte[] _signed;
    private readonly byte[] _signature;
    private readonly AlgorithmIdentifier _algorithm;
    private readonly HashSet<string> _serialNumbers = [];

    private RevocationList(byte[] encoded)
    {
        AsnReader list = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
        _signed = list.PeekEncodedValue().ToArray();
        AsnReader content = list.ReadSequence();
        _algorithm = AlgorithmIdentifier.Read(list);
        _signature = list.ReadBitString(out _);

        if (content.PeekTag().HasSameClassAndValue(Asn1Tag.Integer))
        {
            content.ReadIntegerBytes();
        }

        content.ReadSequence();
        Issuer = content.ReadEncodedValue().ToArray();
        ThisUpdate = ReadTime(content);
        NextUpdate =
            content.HasData
            && content.PeekTag().TagClass == TagClass.Universal
            && content.PeekTag().TagValue != (int)UniversalTagNumber.Sequence
                ? ReadTime(content)
                : null;
        if (content.HasData && content.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
        {
            AsnReader revoked = content.ReadSequence();
            while (revoked.HasData)
            {
                AsnReader entry = revoked.ReadSequence();
                _serialNumbers.Add(Convert.ToHexString(entry.ReadIntegerBytes().Span));
            }
        }

        HasUnknownRule = content.HasData && ReadHasCritical(content.ReadSequence(s_extensions).ReadSequence());
    }

    /// <summary>The name of the authority, encoded.</summary>
    public byte[] Issuer { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset ThisUpdate { get; }

    /// <summary>When there is a newer one; null where it does not say.</summary>
    public DateTimeOffset? NextUpdate { get; }

    /// <summary>It holds for a part of the certificates only, or in a way that is not known here.</summary>
    public bool HasUnknownRule { get; }

    /// <summary>Reads one in DER.</summary>
    /// <exception cref="CryptographicException">It is none.</exception>
    public static RevocationList Decode(byte[] encoded)
    {
        try
        {
            return new RevocationList(encoded);
        }
        catch (AsnContentException e)
        {
            throw new CryptographicException("it is no certificate revocation list", e);
        }
    }

    /// <summary>True where the certificate was taken back.</summary>
    public bool Lists(X509Certificate2 certificate) => _serialNumbers.Contains(Convert.ToHexString(certificate.SerialNumberBytes.Span));

    /// <summary>True where the authority has signed it.</summary>
    /// <exception cref="CryptographicException">It is signed in a way that is not supported.</exception>
    public bool IsSignedBy(X509Certificate2 authority)
    {
        HashAlgorithmName hash =
            _algorithm.Hash ?? throw new CryptographicException($"it is signed by the algorithm {_algorithm.Id}, which is not supported");
        if (_algorithm.IsElliptic)
        {
            using ECDsa? elliptic = authority.GetECDsaPublicKey();
            return elliptic is not null && elliptic.VerifyData(_signed, _signature, hash, DSASignatureFormat.Rfc3279DerSequence);
        }

        using RSA? rsa = authority.GetRSAPublicKey();
        return rsa is not null
            && rsa.VerifyData(_signed, _signature, hash, _algorithm.IsPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
    }

    private static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();

    private static bool ReadHasCritical(AsnReader extensions)
    {
        while (extensions.HasData)
        {
            AsnReader extension = extensions.ReadSequence();
            extension.ReadObjectIdentifier();
            if (extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean())
            {
                return true;
            }
        }

        return false;
    }

    // How it is signed; the hash is null where that is not known.
    private readonly record struct AlgorithmIdentifier(string Id, HashAlgorithmName? Hash, bool IsElliptic, bool IsPss)
    {
        private const string Pss = "1.2.840.113549.1.1.10";

        public static AlgorithmIdentifier Read(AsnReader list)
        {
            AsnReader reader = list.ReadSequence();
            string id = reader.ReadObjectIdentifier();
            return id switch
            {
                "1.2.840.113549.1.1.11" => new(id, HashAlgorithmName.SHA256, false, false),
                "1.2.840.113549.1.1.12" => new(id, HashAlgorithmName.SHA384, false, false),
                "1.2.840.113549.1.1.13" => new(id, HashAlgorithmName.SHA512, false, false),
                "1.2.840.10045.4.3.2" => new(id, HashAlgorithmName.SHA256, true, false),
                "1.2.840.10045.4.3.3" => new(id, HashAlgorithmName.SHA384, true, false),
                "1.2.840.10045.4.3.4" => new(id, HashAlgorithmName.SHA512, true, false),
                Pss => new(id, ReadHash(reader), false, true),
                _ => new(id, null, false, false),
            };
        }

        // RSASSA-PSS-params begins with the hash (RFC 4055, section 3.1).
        private static HashAlgorithmName? ReadHash(AsnReader parameters)
        {
            AsnReader reader = parameters.ReadSequence();
            return !reader.HasData || !reader.PeekTag().HasSameClassAndValue(s_extensions) ? null
                : reader.ReadSequence(s_extensions).ReadSequence().ReadObjectIdentifier() switch
                {
                    "2.16.840.1.101.3.4.2.1" => HashAlgorithmName.SHA256,
                    "2.16.840.1.101.3.4.2.2" => HashAlgorithmName.SHA384,
                    "2.16.840.1.101.3.4.2.3" => HashAlgorithmName.SHA512,
                    _ => null,
                };
        }
    }
}
