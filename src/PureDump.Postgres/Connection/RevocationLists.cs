using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using PureDump.Formats.Errors;

namespace PureDump.Postgres.Connection;

/// <summary>
/// The certificates that were taken back, as <c>sslcrl</c> and <c>sslcrldir</c> name them. Where there are lists, each certificate of a
/// chain must have one of its authority that is valid now, and stand in none (OpenSSL's X509_V_FLAG_CRL_CHECK_ALL, which libpq sets).
/// </summary>
/// <remarks>
/// Revocation lists are read and checked here: the runtime looks for lists of its own on the network and in its store, and takes none from
/// a caller.
/// </remarks>
internal sealed partial class RevocationLists
{
    private const string Label = "X509 CRL";

    private readonly List<RevocationList> _lists = [];

    private RevocationLists()
    {
    }

    /// <summary>
    /// Those of a target; null where no list has to be looked at. As with libpq a file need not be there, and a directory always counts
    /// (fe-secure-openssl.c, initialize_SSL).
    /// </summary>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.ConnectionOptions"/>: a file that is there and cannot be used.</exception>
    public static RevocationLists? Load(ConnectionTarget target)
    {
        string? file = target.SslCrl;
        if (file is null && target.SslCrlDirectory is null && target.Home is not null)
        {
            file = Path.Combine(target.Home, ".postgresql", "root.crl");
        }

        bool hasFile = file is not null && UnixFile.Exists(file);
        if (!hasFile && target.SslCrlDirectory is null)
        {
            return null;
        }

        var lists = new RevocationLists();
        if (hasFile)
        {
            lists.Add(file!);
        }

        if (target.SslCrlDirectory is { } directory && Directory.Exists(directory))
        {
            // The names are made of the authority's by "openssl rehash"; which one a list is of it says itself.
            foreach (
                string path in Directory
                    .EnumerateFiles(directory)
                    .Where(static path => HashedName().IsMatch(Path.GetFileName(path)))
                    .Order(StringComparer.Ordinal))
            {
                lists.Add(path);
            }
        }

        return lists;
    }

    /// <summary>Why a chain is not to be trusted, or null.</summary>
    /// <param name="chain">From the server's certificate to the root.</param>
    /// <param name="now">The time.</param>
    public string? Refusal(X509Chain chain, DateTimeOffset now)
    {
        for (int i = 0; i < chain.ChainElements.Count; i++)
        {
            X509Certificate2 certificate = chain.ChainElements[i].Certificate;
            X509Certificate2 authority = chain.ChainElements[Math.Min(i + 1, chain.ChainElements.Count - 1)].Certificate;
            if (Refusal(certificate, authority, now) is { } reason)
            {
                return $"{(i == 0 ? "it" : $"{certificate.Subject} above it")} {reason}";
            }
        }

        return null;
    }

    private string? Refusal(X509Certificate2 certificate, X509Certificate2 authority, DateTimeOffset now)
    {
        RevocationList[] ofAuthority = [.. _lists.Where(list => certificate.IssuerName.RawData.AsSpan().SequenceEqual(list.Issuer))];
        if (Array.Exists(ofAuthority, list => list.Lists(certificate)))
        {
            return "was revoked";
        }

        RevocationList? newest = ofAuthority.MaxBy(static list => list.ThisUpdate);
        return newest is null ? $"cannot be checked: there is no revocation list of {certificate.Issuer}"
            : newest.ThisUpdate > now ? $"cannot be checked: the revocation list of {certificate.Issuer} is not valid yet"
            : newest.NextUpdate < now ? $"cannot be checked: the revocation list of {certificate.Issuer} has expired"
            : newest.HasUnknownRule ? $"cannot be checked: the revocation list of {certificate.Issuer} has a rule that is not supported"
            : !newest.IsSignedBy(authority) ? $"cannot be checked: the signature of the revocation list of {certificate.Issuer} is wrong"
            : null;
    }

    private void Add(string path)
    {
        try
        {
            string text = File.ReadAllText(path);
            int count = _lists.Count;
            ReadOnlySpan<char> rest = text;
            while (PemEncoding.TryFind(rest, out PemFields fields))
            {
                if (rest[fields.Label].SequenceEqual(Label))
                {
                    _lists.Add(RevocationList.Decode(Convert.FromBase64String(rest[fields.Base64Data].ToString())));
                }

                rest = rest[fields.Location.End..];
            }

            if (_lists.Count == count)
            {
                throw new PureDumpException(ErrorKind.ConnectionOptions, $"certificate revocation list \"{path}\" holds no list in PEM");
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException or FormatException)
        {
            throw new PureDumpException(
                ErrorKind.ConnectionOptions,
                $"certificate revocation list \"{path}\" cannot be read: {error.Message}",
                inner: error);
        }
    }

    [GeneratedRegex(@"^[0-9a-f]{8}\.r[0-9]+\z")]
    private static partial Regex HashedName();
}
