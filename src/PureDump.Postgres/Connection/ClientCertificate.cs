using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PureDump.Formats.Errors;

namespace PureDump.Postgres.Connection;

/// <summary>The certificate the client shows to the server: files with libpq's names and libpq's rule for who may read the key.</summary>
internal static class ClientCertificate
{
    /// <summary>The certificate of <paramref name="target"/> with what else is in its file, or null where there is none.</summary>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.ConnectionOptions"/>: a file that is there but cannot be used.</exception>
    public static SslStreamCertificateContext? Load(ConnectionTarget target)
    {
        if (target.SslCertMode == SslCertMode.Disable)
        {
            return null;
        }

        string? path = target.SslCert ?? HomeFile(target, "postgresql.crt");
        if (path is null || !UnixFile.Exists(path))
        {
            return target.SslCertMode == SslCertMode.Require
                ? throw Unusable("sslcertmode=require, but there is no client certificate", "name its file with sslcert")
                : null;
        }

        string keyPath = target.SslKey ?? HomeFile(target, "postgresql.key") ??
            throw Unusable($"there is no key for client certificate \"{path}\"", "name its file with sslkey");
        CheckKeyFile(path, keyPath);
        return Load(path, keyPath, target.SslPassword);
    }

    private static string? HomeFile(ConnectionTarget target, string name) =>
        target.Home is null ? null : Path.Combine(target.Home, ".postgresql", name);

    private static void CheckKeyFile(string path, string keyPath)
    {
        if (UnixFile.Find(keyPath) is not { } file)
        {
            throw Unusable($"private key \"{keyPath}\" of client certificate \"{path}\" does not exist", null);
        }

        if (!file.IsPlain)
        {
            throw Unusable($"private key \"{keyPath}\" is not a plain file", null);
        }

        if (file.IsOpenToOthersThanRootsGroup)
        {
            throw Unusable(
                $"private key \"{keyPath}\" has group or world access",
                "its permissions must be u=rw (0600) or less, or u=rw,g=r (0640) or less where root owns it");
        }
    }

    private static SslStreamCertificateContext Load(string path, string keyPath, string? password)
    {
        try
        {
            string certificateText = File.ReadAllText(path);
            byte[] key = File.ReadAllBytes(keyPath);
            if (PrivateKeyFile.IsEncrypted(key) && password is null)
            {
                throw Unusable($"private key \"{keyPath}\" is encrypted and no password for it was given", "give it with sslpassword");
            }

            using X509Certificate2 alone = X509Certificate2.CreateFromPem(certificateText);
            X509Certificate2 certificate = PrivateKeyFile.Join(alone, key, password);

            // The first certificate is the client's own; the others lead up to one the server trusts.
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(certificateText);
            chain[0].Dispose();
            chain.RemoveAt(0);
            return SslStreamCertificateContext.Create(certificate, chain, offline: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unusable($"client certificate \"{path}\" or its key \"{keyPath}\" cannot be read: {error.Message}", null);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or FormatException)
        {
            throw new PureDumpException(
                ErrorKind.ConnectionOptions,
                $"client certificate \"{path}\" with key \"{keyPath}\" cannot be used: {error.Message}",
                "the certificate must be PEM, its key PEM or DER, with its password in sslpassword where it is encrypted",
                error);
        }
    }

    private static PureDumpException Unusable(string message, string? hint) => new(ErrorKind.ConnectionOptions, message, hint);
}
