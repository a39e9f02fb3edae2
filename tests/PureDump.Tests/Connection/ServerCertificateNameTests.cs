using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PureDump.Postgres.Connection;
using PureDump.Postgres.Wire;
using Xunit;

namespace PureDump.Tests.Connection;

public sealed class ServerCertificateNameTests
{
    [Theory]
    [InlineData("db.example", "db.example", true)]
    [InlineData("DB.Example", "db.eXAMPLE", true)]
    [InlineData("db.example", "db2.example", false)]
    [InlineData("*.example", "db.example", true)]
    [InlineData("*.example", "a.db.example", false)]
    [InlineData("*.example", "example", false)]
    [InlineData("*.example", ".example", false)]
    [InlineData("*", "db", false)]
    [InlineData("*.", "db.", false)]
    [InlineData("d*.example", "db.example", false)]
    [InlineData("db.*", "db.example", false)]
    [InlineData("db.example\0.evil", "db.example", false)]
    [InlineData("", "", false)]
    public void A_name_matches_by_the_rules_of_libpq(string pattern, string host, bool expected) =>
        Assert.Equal(expected, ServerCertificateName.Matches(pattern, host));

    [Theory]
    [InlineData("common", "", "", "common", true)]
    [InlineData("common", "alternative", "", "alternative", true)]
    [InlineData("common", "alternative", "", "common", false)]
    [InlineData("common", "", "10.0.0.1", "10.0.0.1", true)]
    [InlineData("common", "", "10.0.0.1", "10.0.0.2", false)]
    [InlineData("common", "", "10.0.0.1", "common", true)]
    [InlineData("10.0.0.2", "", "10.0.0.1", "10.0.0.2", false)]
    [InlineData("10.0.0.2", "alternative", "", "10.0.0.2", true)]
    [InlineData("common", "", "::1", "0:0::1", true)]
    [InlineData("common", "a,b,*.c", "", "x.c", true)]
    public void The_common_name_counts_only_without_an_alternative_of_its_kind(
        string common,
        string names,
        string addresses,
        string host,
        bool expected)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (string name in names.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            alternatives.AddDnsName(name);
        }

        foreach (string address in addresses.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            alternatives.AddIpAddress(IPAddress.Parse(address));
        }

        using X509Certificate2 certificate = SelfSigned(
            common,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1,
            names.Length + addresses.Length > 0 ? alternatives.Build() : null);
        Assert.Equal(expected, ServerCertificateName.Mismatch(certificate, host) is null);
    }

    [Fact]
    public void A_mismatch_names_what_the_certificate_is_made_out_to()
    {
        using X509Certificate2 certificate = SelfSigned("common", HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, null);

        Assert.Equal("\"common\"", ServerCertificateName.Mismatch(certificate, "other"));
    }

    [Theory]
    [InlineData("SHA256", 32)]
    [InlineData("SHA384", 48)]
    [InlineData("SHA512", 64)]
    public void Channel_binding_hashes_by_the_hash_of_the_signature(string hash, int expectedSize)
    {
        foreach (RSASignaturePadding padding in new[] { RSASignaturePadding.Pkcs1, RSASignaturePadding.Pss })
        {
            using X509Certificate2 certificate = SelfSigned("db", new HashAlgorithmName(hash), padding, null);
            byte[] binding = TlsServerEndPoint.Hash(certificate)!;

            Assert.Equal(expectedSize, binding.Length);
            Assert.Equal(CryptographicOperations.HashData(new HashAlgorithmName(hash), certificate.RawData), binding);
        }
    }

    [Fact]
    public void Channel_binding_takes_sha_256_for_an_old_hash()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(new X500DistinguishedName("CN=db"), new PublicKey(key), HashAlgorithmName.SHA1);
        using X509Certificate2 certificate = request.Create(
            request.SubjectName, new Sha1Signature(key), DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), [1]);

        Assert.Equal(SHA256.HashData(certificate.RawData), TlsServerEndPoint.Hash(certificate));
    }

    private static X509Certificate2 SelfSigned(string common, HashAlgorithmName hash, RSASignaturePadding padding, X509Extension? extension)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={common}", key, hash, padding);
        if (extension is not null)
        {
            request.CertificateExtensions.Add(extension);
        }

        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    /// <summary>sha1WithRSAEncryption, which the base library no longer offers to sign certificates with.</summary>
    private sealed class Sha1Signature(RSA key) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) =>
            Convert.FromHexString("300D06092A864886F70D0101050500");

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) =>
            key.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);

        protected override PublicKey BuildPublicKey() => new(key);
    }
}
