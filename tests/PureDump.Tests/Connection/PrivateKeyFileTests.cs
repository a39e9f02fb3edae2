using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PureDump.Postgres.Connection;
using PureDump.TestSupport;

namespace PureDump.Tests.Connection;

/// <summary>A key of a client certificate is read in every form that OpenSSL writes; the files are made by openssl 3.0.</summary>
public sealed class PrivateKeyFileTests
{
    private const string Password = "open";

    private static readonly string[] s_plain = ["own.pem", "own.der", "pkcs8.pem", "pkcs8.der"];
    private static readonly string[] s_encrypted = ["pkcs8-encrypted.pem", "aes128.pem", "aes192.pem", "aes256.pem", "des3.pem"];

    public static IEnumerable<TheoryDataRow<string, string>> Files =>
        from kind in (string[])["ec", "rsa"]
        from form in (string[])[.. s_plain, .. s_encrypted, .. kind == "ec" ? ["parameters.pem"] : Array.Empty<string>()]
        select new TheoryDataRow<string, string>(kind, form);

    [Theory, MemberData(nameof(Files))]
    public void It_is_read_in_this_form(string kind, string form)
    {
        byte[] file = Read($"{kind}-{form}");
        bool isEncrypted = s_encrypted.Contains(form);
        using X509Certificate2 alone = X509Certificate2.CreateFromPem(File.ReadAllText(PathOf($"{kind}.crt")));

        Assert.Equal(isEncrypted, PrivateKeyFile.IsEncrypted(file));
        using X509Certificate2 joined = PrivateKeyFile.Join(alone, file, isEncrypted ? Password : null);

        Assert.True(joined.HasPrivateKey);
        Assert.Equal(alone.RawData, joined.RawData);
    }

    [Theory]
    [InlineData("ec-aes256.pem", "wrong")]
    [InlineData("rsa-des3.pem", "wrong")]
    [InlineData("rsa-pkcs8-encrypted.pem", "wrong")]
    [InlineData("rsa-own.der", null)]
    [InlineData("ec.crt", null)]
    public void A_wrong_password_and_what_is_not_the_key_are_refused(string file, string? password)
    {
        using X509Certificate2 alone = X509Certificate2.CreateFromPem(
            File.ReadAllText(PathOf(file.StartsWith("rsa-own", StringComparison.Ordinal) ? "ec.crt" : $"{file.Split('-', '.')[0]}.crt")));

        Assert.ThrowsAny<CryptographicException>(() => PrivateKeyFile.Join(alone, Read(file), password));
    }

    [Fact]
    public void A_cipher_that_is_not_known_is_named()
    {
        using X509Certificate2 alone = X509Certificate2.CreateFromPem(File.ReadAllText(PathOf("ec.crt")));
        string text = File.ReadAllText(PathOf("ec-aes256.pem")).Replace("AES-256-CBC", "CAMELLIA-128-CBC", StringComparison.Ordinal);

        CryptographicException error = Assert.ThrowsAny<CryptographicException>(() =>
            PrivateKeyFile.Join(alone, System.Text.Encoding.ASCII.GetBytes(text), Password));

        Assert.Contains("CAMELLIA-128-CBC", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Read(string name) => File.ReadAllBytes(PathOf(name));

    private static string PathOf(string name) => Repository.PathOf("tests", "PureDump.Tests", "Connection", "keys", name);
}
