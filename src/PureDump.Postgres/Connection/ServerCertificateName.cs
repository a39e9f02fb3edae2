using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace PureDump.Postgres.Connection;

/// <summary>
/// Whether a server's certificate is made out to the host that was asked for, by libpq's rules
/// (<c>pq_verify_peer_name_matches_certificate</c>, fe-secure-common.c), which are stricter about wildcards than the
/// base library's.
/// </summary>
internal static class ServerCertificateName
{
    private const string CommonName = "2.5.4.3";
    private const string SubjectAlternativeName = "2.5.29.17";

    /// <summary>Null where the certificate names <paramref name="host"/>, else what it names instead.</summary>
    public static string? Mismatch(X509Certificate2 certificate, string host)
    {
        var names = new List<string>();
        bool isAddress = IPAddress.TryParse(host, out IPAddress? address);
        bool hasNameOfItsKind = false;
        foreach (X509Extension extension in certificate.Extensions)
        {
            if (extension.Oid?.Value != SubjectAlternativeName)
            {
                continue;
            }

            var alternatives = new X509SubjectAlternativeNameExtension(extension.RawData, extension.Critical);
            foreach (string name in alternatives.EnumerateDnsNames())
            {
                hasNameOfItsKind |= !isAddress;
                names.Add(name);
                if (Matches(name, host))
                {
                    return null;
                }
            }

            foreach (IPAddress name in alternatives.EnumerateIPAddresses())
            {
                hasNameOfItsKind |= isAddress;
                names.Add(name.ToString());
                if (name.Equals(address))
                {
                    return null;
                }
            }
        }

        // The common name only counts where the certificate has no alternative name of the kind that was looked for.
        if (!hasNameOfItsKind && FirstCommonName(certificate) is { } common)
        {
            names.Add(common);
            if (Matches(common, host))
            {
                return null;
            }
        }

        return names.Count == 0 ? "no name at all" : string.Join(", ", names.Select(name => $"\"{name}\""));
    }

    /// <summary>
    /// True where a name of a certificate fits a host: equal but for case, or "*." and the rest of a host name that is
    /// exactly one label longer.
    /// </summary>
    public static bool Matches(string pattern, string host)
    {
        // A NUL inside a name was once a way to have "bank.example\0.evil.example" certified.
        if (pattern.Length == 0 || pattern.Contains('\0'))
        {
            return false;
        }

        if (string.Equals(pattern, host, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (!pattern.StartsWith("*.", StringComparison.Ordinal) || pattern.Length < 3 || pattern.Length > host.Length)
        {
            return false;
        }

        int suffixStart = host.Length - pattern.Length + 1;
        return host.AsSpan(suffixStart).Equals(pattern.AsSpan(1), StringComparison.OrdinalIgnoreCase) &&
               !host.AsSpan(0, suffixStart).Contains('.');
    }

    private static string? FirstCommonName(X509Certificate2 certificate)
    {
        foreach (X500RelativeDistinguishedName part in certificate.SubjectName.EnumerateRelativeDistinguishedNames(reversed: false))
        {
            if (!part.HasMultipleElements && part.GetSingleElementType().Value == CommonName)
            {
                return part.GetSingleElementValue();
            }
        }

        return null;
    }
}
