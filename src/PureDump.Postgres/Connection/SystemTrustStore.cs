using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PureDump.Formats.Errors;

namespace PureDump.Postgres.Connection;

/// <summary>
/// The trusted roots of the operating system. The base library loads them all (70 to 100 ms) at the first TLS handshake of
/// a process, wanted or not; a program of its own can have that left out.
/// </summary>
/// <remarks>
/// Trust store not loaded unless asked for: 70 to 100 ms per process.
/// </remarks>
internal static partial class SystemTrustStore
{
    private const string Nowhere = "/nonexistent";

    // Where distributions keep the one file with all roots: Debian, Red Hat, SUSE, Alpine and the BSDs.
    private static readonly string[] s_bundles =
    [
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem",
        "/etc/ssl/cert.pem",
    ];

    private static bool s_isLeftUnloaded;

    /// <summary>
    /// Keeps the base library from loading the system's roots in this process; <c>sslrootcert=system</c> still works, for
    /// PureDump then reads them itself. Only for the first lines of a Main, before any TLS and any second thread: it
    /// changes the environment of the process, and other users of TLS in it would trust nobody.
    /// </summary>
    public static void LeaveUnloaded()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // OpenSSL reads the native environment, which Environment.SetEnvironmentVariable does not touch.
        _ = SetVariable("SSL_CERT_DIR", Nowhere, 1);
        _ = SetVariable("SSL_CERT_FILE", Nowhere, 1);
        s_isLeftUnloaded = true;
    }

    /// <summary>The system's roots; null where the base library still knows them by itself.</summary>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.ConnectionOptions"/> where there are none.</exception>
    internal static X509Certificate2Collection? Roots()
    {
        if (!s_isLeftUnloaded)
        {
            return null;
        }

        // The managed copy of the environment still has what the user set.
        var roots = new X509Certificate2Collection();
        string? file = Environment.GetEnvironmentVariable("SSL_CERT_FILE");
        string? directory = Environment.GetEnvironmentVariable("SSL_CERT_DIR");
        if (string.IsNullOrEmpty(file) && string.IsNullOrEmpty(directory))
        {
            file = Array.Find(s_bundles, File.Exists);
        }

        IEnumerable<string> files = string.IsNullOrEmpty(file) ? [] : [file];
        if (Directory.Exists(directory))
        {
            files = files.Concat(Directory.EnumerateFiles(directory));
        }

        foreach (string path in files)
        {
            try
            {
                roots.ImportFromPemFile(path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
            {
                throw new PureDumpException(
                    ErrorKind.ConnectionOptions,
                    $"the system's trusted roots in \"{path}\" cannot be read: {error.Message}",
                    inner: error);
            }
        }

        return roots.Count > 0
            ? roots
            : throw new PureDumpException(
                ErrorKind.ConnectionOptions,
                "sslrootcert=system, but this system has no trusted roots",
                "install its package of CA certificates, or name a file with sslrootcert");
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
