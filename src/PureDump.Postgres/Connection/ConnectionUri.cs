using System.Runtime.InteropServices;
using System.Text;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;

namespace PureDump.Postgres.Connection;

/// <summary>
/// The <c>postgresql://user:password@host:port,host:port/dbname?key=value</c> form of connection options (libpq
/// documentation, "Connection URIs"; the grammar of <c>conninfo_uri_parse_options</c>, fe-connect.c). No error text
/// repeats the URI, for it may hold a password.
/// </summary>
internal static class ConnectionUri
{
    private const string Origin = "connection URI";
    private const string Escaping = "in a user name or password write \"@\" as %40, \":\" as %3A, \"/\" as %2F and \"%\" as %25";

    private static readonly string[] s_prefixes = ["postgresql://", "postgres://"];

    /// <summary>True where <paramref name="text"/> begins as a URI of PostgreSQL does.</summary>
    public static bool IsRecognized(string text) => PrefixLength(text) > 0;

    /// <summary>Reads <paramref name="uri"/> into <paramref name="values"/>, over what is there.</summary>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.ConnectionOptions"/>.</exception>
    public static void Read(string uri, ConnectionValues values)
    {
        ReadOnlySpan<char> rest = uri.AsSpan(PrefixLength(uri));

        int end = rest.IndexOfAny('@', '/');
        if (end >= 0 && rest[end] == '@')
        {
            ReadLogin(rest[..end], values);
            rest = rest[(end + 1)..];
        }

        rest = ReadHosts(rest, values);
        if (rest is ['/', ..])
        {
            end = rest.IndexOf('?') is var mark && mark >= 0 ? mark : rest.Length;
            if (end > 1)
            {
                values.Set("dbname", Decode(rest[1..end], "database name"), Origin);
            }

            rest = rest[end..];
        }

        if (rest is ['?', ..])
        {
            ReadParameters(rest[1..], values);
        }
    }

    private static int PrefixLength(string text)
    {
        foreach (string prefix in s_prefixes)
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal))
            {
                return prefix.Length;
            }
        }

        return 0;
    }

    private static void ReadLogin(ReadOnlySpan<char> login, ConnectionValues values)
    {
        int colon = login.IndexOf(':');
        ReadOnlySpan<char> user = colon < 0 ? login : login[..colon];
        ReadOnlySpan<char> password = colon < 0 ? default : login[(colon + 1)..];
        if (!user.IsEmpty)
        {
            values.Set("user", Decode(user, "user name"), Origin);
        }

        if (!password.IsEmpty)
        {
            values.Set("password", Decode(password, "password"), Origin);
        }
    }

    private static ReadOnlySpan<char> ReadHosts(ReadOnlySpan<char> rest, ConnectionValues values)
    {
        var hosts = new StringBuilder();
        var ports = new StringBuilder();
        while (true)
        {
            rest = ReadHost(rest, out ReadOnlySpan<char> host);
            hosts.Append(host);
            if (rest is [':', ..])
            {
                rest = rest[1..];
                int end = rest.IndexOfAny('/', '?', ',') is var mark && mark >= 0 ? mark : rest.Length;
                ReadOnlySpan<char> port = rest[..end];
                rest = rest[end..];
                if (port.ContainsAnyExceptInRange('0', '9') && rest.Contains('@'))
                {
                    // "user:p/ss@host": what stands before the slash is no port but a piece of the password.
                    throw new PureDumpException(
                        ErrorKind.ConnectionOptions,
                        "malformed connection URI: a port is no number, and \"@\" stands behind it",
                        Escaping);
                }

                ports.Append(port);
            }

            if (rest is not [',', ..])
            {
                break;
            }

            rest = rest[1..];
            hosts.Append(',');
            ports.Append(',');
        }

        if (hosts.Length > 0)
        {
            values.Set("host", Decode(hosts.ToString(), "host"), Origin);
        }

        if (ports.Length > 0)
        {
            values.Set("port", Decode(ports.ToString(), "port"), Origin);
        }

        return rest;
    }

    private static ReadOnlySpan<char> ReadHost(ReadOnlySpan<char> rest, out ReadOnlySpan<char> host)
    {
        if (rest is ['[', ..])
        {
            int close = rest.IndexOf(']');
            if (close < 0)
            {
                throw Malformed("the IPv6 address of a host has no closing \"]\"");
            }

            host = rest[1..close];
            if (host.IsEmpty)
            {
                throw Malformed("the IPv6 address of a host is empty");
            }

            rest = rest[(close + 1)..];
            return rest.IsEmpty || rest[0] is ':' or '/' or '?' or ','
                ? rest
                : throw Malformed("expected \":\", \"/\", \"?\", \",\" or the end after the IPv6 address of a host");
        }

        int end = rest.IndexOfAny(":/?,") is var mark && mark >= 0 ? mark : rest.Length;
        host = rest[..end];
        if (host.Contains('@'))
        {
            // "user:p@ss@host": libpq would go on to look up "ss@host", and print that piece of the password.
            throw new PureDumpException(
                ErrorKind.ConnectionOptions,
                "malformed connection URI: a host cannot hold \"@\"",
                Escaping);
        }

        return rest[end..];
    }

    private static void ReadParameters(ReadOnlySpan<char> rest, ConnectionValues values)
    {
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf('&') is var mark && mark >= 0 ? mark : rest.Length;
            ReadOnlySpan<char> parameter = rest[..end];
            rest = end < rest.Length ? rest[(end + 1)..] : default;

            int equals = parameter.IndexOf('=');
            if (equals < 0)
            {
                throw Malformed("a query parameter has no \"=\"");
            }

            string keyword = Decode(parameter[..equals], "query parameter");
            if (parameter[(equals + 1)..].Contains('='))
            {
                throw Malformed($"query parameter \"{keyword}\" has more than one \"=\"");
            }

            string value = Decode(parameter[(equals + 1)..], "query parameter");
            if (keyword == "ssl" && value == "true")
            {
                // The spelling of JDBC; libpq reads it so too.
                (keyword, value) = ("sslmode", "require");
            }

            values.Set(keyword, value, Origin);
        }
    }

    private static string Decode(ReadOnlySpan<char> text, string what)
    {
        if (text.ContainsAny(" \t\n\r\v\f"))
        {
            throw Malformed($"blank in the {what}; write it as %20");
        }

        if (!text.Contains('%'))
        {
            return text.ToString();
        }

        var bytes = new List<byte>(text.Length);
        while (!text.IsEmpty)
        {
            int run = text.IndexOf('%') is var mark && mark >= 0 ? mark : text.Length;
            bytes.AddRange(TypedText.Encode(text[..run]));
            text = text[run..];
            if (text.IsEmpty)
            {
                break;
            }

            if (text.Length < 3 || !char.IsAsciiHexDigit(text[1]) || !char.IsAsciiHexDigit(text[2]))
            {
                throw Malformed($"\"%\" without two hexadecimal digits in the {what}");
            }

            byte decoded = Convert.FromHexString(text.Slice(1, 2))[0];
            if (decoded == 0)
            {
                throw Malformed($"%00 in the {what}");
            }

            bytes.Add(decoded);
            text = text[3..];
        }

        return TypedText.Decode(CollectionsMarshal.AsSpan(bytes));
    }

    private static PureDumpException Malformed(string what) =>
        new(ErrorKind.ConnectionOptions, $"malformed connection URI: {what}");
}
