using System.Collections.Frozen;
using System.Data.Common;
using System.Globalization;
using System.Text;
using PureDump.Postgres.Connection;

namespace PureDump;

/// <summary>Reads Npgsql's connection string, as a data source gives it, into what libpq's would say.</summary>
internal static class DataSourceLogin
{
    // Npgsql's, where its connection string has none.
    private const string PortDefault = "5432";
    private const string TimeoutDefault = "15";

    // Npgsql's keyword, without blanks, and libpq's.
    private static readonly FrozenDictionary<string, string> s_keywords = new Dictionary<string, string>
    {
        ["username"] = "user",
        ["password"] = "password",
        ["passfile"] = "passfile",
        ["database"] = "dbname",
        ["applicationname"] = "application_name",
        ["options"] = "options",
        ["timeout"] = "connect_timeout",
        ["sslmode"] = "sslmode",
        ["sslnegotiation"] = "sslnegotiation",
        ["gssencryptionmode"] = "gssencmode",
        ["sslcertificate"] = "sslcert",
        ["sslkey"] = "sslkey",
        ["sslpassword"] = "sslpassword",
        ["rootcertificate"] = "sslrootcert",
        ["channelbinding"] = "channel_binding",
        ["requireauth"] = "require_auth",
        ["targetsessionattributes"] = "target_session_attrs",
        ["loadbalancehosts"] = "load_balance_hosts",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // What concerns pools, buffers, logs and result sets of Npgsql, and settings that every session of a dump sets itself.
    private static readonly FrozenSet<string> s_passedOver = FrozenSet.Create(
        StringComparer.Ordinal,
        "enlist", "searchpath", "clientencoding", "encoding", "timezone", "kerberosservicename", "includerealm", "persistsecurityinfo",
        "logparameters", "includeerrordetail", "includefailedbatchedcommand", "pooling", "minimumpoolsize", "minpoolsize",
        "maximumpoolsize", "maxpoolsize", "connectionidlelifetime", "connectionpruninginterval", "connectionlifetime", "commandtimeout",
        "cancellationtimeout", "hostrecheckseconds", "keepalive", "tcpkeepalive", "tcpkeepalivetime", "tcpkeepaliveinterval",
        "readbuffersize", "writebuffersize", "socketreceivebuffersize", "socketsendbuffersize", "maxautoprepare", "autoprepareminusages",
        "noresetonclose", "replicationmode", "arraynullabilitymode", "multiplexing", "writecoalescingbufferthresholdbytes",
        "loadtablecomposites", "servercompatibilitymode", "trustservercertificate", "internalcommandtimeout");

    // Those that Npgsql reads, of those that mean something here.
    private static readonly FrozenSet<string> s_variables = FrozenSet.Create(
        StringComparer.Ordinal,
        "PGUSER", "PGPASSWORD", "PGPASSFILE", "PGAPPNAME", "PGSSLCERT", "PGSSLKEY", "PGSSLROOTCERT", "PGOPTIONS", "PGTARGETSESSIONATTRS",
        "PGSSLNEGOTIATION", "PGGSSENCMODE", "PGREQUIREAUTH", "HOME", "USER");

    /// <summary>Resolves it.</summary>
    /// <param name="connection">Npgsql's connection string.</param>
    /// <param name="environment">Gives the value of an environment variable, or null.</param>
    /// <exception cref="PureDumpException">It says something that is not known here, or cannot be done
    /// (<see cref="ErrorKind.ConnectionOptions"/>).</exception>
    public static ConnectionTarget Resolve(string connection, Func<string, string?> environment)
    {
        var values = new Dictionary<string, string> { ["connect_timeout"] = TimeoutDefault, ["sslmode"] = "prefer" };
        string? host = null;
        string port = PortDefault;
        foreach ((string keyword, string value) in Given(connection))
        {
            switch (keyword.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant())
            {
                case "host" or "server":
                    host = value;
                    break;
                case "port":
                    port = value;
                    break;
                case "checkcertificaterevocation":
                    Refuse(keyword, value);
                    break;
                case var known when s_keywords.TryGetValue(known, out string? name):
                    values[name] = Translated(name, value);
                    break;
                case var other when !s_passedOver.Contains(other):
                    throw new PureDumpException(
                        ErrorKind.ConnectionOptions, $"the data source says \"{keyword}\", which is not known here");
            }
        }

        AddHosts(host, port, values);
        var text = new StringBuilder();
        foreach ((string name, string value) in values)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{name}='{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}' ");
        }

        var arguments = new ConnectionArguments { Database = text.ToString() };
        return ConnectionTarget.Resolve(arguments, name => s_variables.Contains(name) ? environment(name) : null) with
        {
            PasswordHint = "a data source does not tell its password: give it with DatabaseLogin.WithPassword, or with "
                + "Persist Security Info=true in its connection string",
        };
    }

    private static IEnumerable<(string Keyword, string Value)> Given(string connection)
    {
        var builder = new DbConnectionStringBuilder();
        try
        {
            builder.ConnectionString = connection;
        }
        catch (ArgumentException e)
        {
            // Its message could repeat a password.
            throw new PureDumpException(ErrorKind.ConnectionOptions, "the connection string of the data source cannot be read", null, e);
        }

        return builder.Keys.Cast<string>().Select(keyword => (keyword, builder[keyword].ToString() ?? ""));
    }

    private static void Refuse(string keyword, string value)
    {
        if (bool.TryParse(value, out bool isWanted) && isWanted)
        {
            throw new PureDumpException(
                ErrorKind.ConnectionOptions,
                $"the data source says \"{keyword}\": nobody is asked about certificates here",
                "a list of revoked certificates can be given to a connection string of libpq's: sslcrl, sslcrldir");
        }
    }

    // Npgsql spells its values as members of enumerations.
    private static string Translated(string keyword, string value) => keyword switch
    {
        "sslmode" => value.ToLowerInvariant() switch { "verifyca" => "verify-ca", "verifyfull" => "verify-full", var same => same },
        "sslnegotiation" or "gssencmode" or "channel_binding" or "require_auth" or "target_session_attrs" => value.ToLowerInvariant(),
        "load_balance_hosts" => bool.TryParse(value, out bool isRandom) && isRandom ? "random" : "disable",
        _ => value,
    };

    // A host may bring its port: db1:5433. An address of IPv6 that does stands in brackets.
    private static void AddHosts(string? host, string port, Dictionary<string, string> values)
    {
        if (string.IsNullOrEmpty(host))
        {
            throw new PureDumpException(ErrorKind.ConnectionOptions, "the data source names no host");
        }

        var names = new List<string>();
        var ports = new List<string>();
        foreach (string item in host.Split(',', StringSplitOptions.TrimEntries))
        {
            int colon = item.LastIndexOf(':');
            bool hasPort = colon > 0 && !item.StartsWith('/') && (item[colon - 1] == ']' || item.IndexOf(':') == colon);
            string name = hasPort ? item[..colon] : item;
            names.Add(name is ['[', .., ']'] ? name[1..^1] : name);
            ports.Add(hasPort ? item[(colon + 1)..] : port);
        }

        values["host"] = string.Join(',', names);
        values["port"] = string.Join(',', ports);
    }
}
