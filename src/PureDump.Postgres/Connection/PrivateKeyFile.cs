using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace PureDump.Postgres.Connection;

/// <summary>
/// A private key in one of the forms OpenSSL reads, and libpq with it: PEM, plain, encrypted as PKCS#8 or in the older way of RFC 1421,
/// whose cipher stands in the head; and DER, for which libpq takes what is no PEM (fe-secure-openssl.c, initialize_SSL).
/// </summary>
internal static partial class PrivateKeyFile
{
    private const string RsaKeys = "1.2.840.113549.1.1.1";
    private const string EllipticKeys = "1.2.840.10045.2.1";
    private const int SaltSize = 8;

    /// <summary>Whether a password is needed to read it.</summary>
    public static bool IsEncrypted(byte[] file) =>
        Find(file) is { } pem && (pem.Label == "ENCRYPTED PRIVATE KEY" || pem.Cipher is not null);

    /// <summary>The certificate with the key that belongs to it.</summary>
    /// <param name="certificate">The certificate alone.</param>
    /// <param name="file">The content of the key's file.</param>
    /// <param name="password">What it is encrypted with; looked at where it is.</param>
    /// <exception cref="CryptographicException">It is no key, not that of the certificate, or the password is wrong.</exception>
    public static X509Certificate2 Join(X509Certificate2 certificate, byte[] file, string? password)
    {
        (string? label, byte[] key) = (null, file);
        if (Find(file) is { } pem)
        {
            (label, key) = (pem.Label, Convert.FromBase64String(pem.Base64));
            if (pem.Cipher is not null)
            {
                key = Decrypted(key, pem.Cipher, Convert.FromHexString(pem.Vector), password ?? "");
            }
        }

        switch (certificate.PublicKey.Oid.Value)
        {
            case RsaKeys:
                using (RSA rsa = RSA.Create())
                {
                    Import(label, key, password, rsa, rsa.ImportRSAPrivateKey);
                    return certificate.CopyWithPrivateKey(rsa);
                }

            case EllipticKeys:
                using (ECDsa elliptic = ECDsa.Create())
                {
                    Import(label, key, password, elliptic, elliptic.ImportECPrivateKey);
                    return certificate.CopyWithPrivateKey(elliptic);
                }

            default:
                throw new CryptographicException($"keys of the kind {certificate.PublicKey.Oid.FriendlyName} are not supported");
        }
    }

    private delegate void OwnForm(ReadOnlySpan<byte> key, out int length);

    private static void Import(string? label, byte[] key, string? password, AsymmetricAlgorithm algorithm, OwnForm importOwn)
    {
        if (label == "ENCRYPTED PRIVATE KEY")
        {
            algorithm.ImportEncryptedPkcs8PrivateKey(password, key, out _);
            return;
        }

        // DER does not say which it is.
        try
        {
            if (label is null or "PRIVATE KEY")
            {
                algorithm.ImportPkcs8PrivateKey(key, out _);
                return;
            }
        }
        catch (CryptographicException) when (label is null)
        {
            importOwn(key, out _);
            return;
        }

        importOwn(key, out _);
    }

    private static (string Label, string? Cipher, string Vector, string Base64)? Find(byte[] file) =>
        Block().Match(Encoding.Latin1.GetString(file)) is { Success: true } block
            ? (
                block.Groups["label"].Value,
                block.Groups["cipher"] is { Success: true } cipher ? cipher.Value : null,
                block.Groups["vector"].Value,
                block.Groups["base64"].Value)
            : null;

    private static byte[] Decrypted(byte[] data, string cipher, byte[] vector, string password)
    {
        using SymmetricAlgorithm algorithm = cipher switch
        {
            "AES-128-CBC" => AesOf(128),
            "AES-192-CBC" => AesOf(192),
            "AES-256-CBC" => AesOf(256),
#pragma warning disable CA5350, CA5351 // Old files are encrypted with it, and to read them is not to rely on it.
            "DES-EDE3-CBC" => TripleDES.Create(),
            "DES-CBC" => DES.Create(),
#pragma warning restore CA5350, CA5351
            _ => throw new CryptographicException($"it is encrypted with {cipher}, which is not supported"),
        };
        if (vector.Length != algorithm.BlockSize / 8)
        {
            throw new CryptographicException($"the vector of {cipher} has {vector.Length} bytes, expected {algorithm.BlockSize / 8}");
        }

        algorithm.Key = KeyOf(password, vector.AsSpan(0, SaltSize), algorithm.KeySize / 8);
        return algorithm.DecryptCbc(data, vector);
    }

    private static Aes AesOf(int bits)
    {
        Aes aes = Aes.Create();
        aes.KeySize = bits;
        return aes;
    }

    // EVP_BytesToKey(3) with MD5 and one round: each hash is over the one before, the password and the salt.
    private static byte[] KeyOf(string password, ReadOnlySpan<byte> salt, int size)
    {
        byte[] typed = Formats.Pg.TypedText.Encode(password);
        var key = new List<byte>();
        byte[] hash = [];
        while (key.Count < size)
        {
#pragma warning disable CA5351 // It is what the format has.
            hash = MD5.HashData([.. hash, .. typed, .. salt]);
#pragma warning restore CA5351
            key.AddRange(hash);
        }

        return [.. key.Take(size)];
    }

    [GeneratedRegex(
        @"-----BEGIN (?<label>(?:[A-Z0-9]+ )?PRIVATE KEY)-----\s+(?:Proc-Type: *4, *ENCRYPTED\s+DEK-Info: *(?<cipher>[A-Za-z0-9-]+), "
            + @"*(?<vector>[0-9A-Fa-f]+)\s+)?"
        + @"(?<base64>[A-Za-z0-9+/=\s]*)-----END \k<label>-----",
        RegexOptions.CultureInvariant)]
    private static partial Regex Block();
}
