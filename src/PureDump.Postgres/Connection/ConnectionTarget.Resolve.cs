using System.Globalization;
using PureDump.Formats.Errors;

namespace PureDump.Postgres.Connection;

internal sealed partial record ConnectionTarget
{
    private const int PortDefault = 5432;

    // Debian's libpq looks in the first, the source tree's in the second.
    private static readonly string[] s_socketDirectories = ["/var/run/postgresql", "/tmp"];

    private static readonly (string Name, SslMode Value)[] s_sslModes =
    [
        ("disable", SslMode.Disable),
        ("allow", SslMode.Allow),
        ("prefer", SslMode.Prefer),
        ("require", SslMode.Require),
        ("verify-ca", SslMode.VerifyCa),
        ("verify-full", SslMode.VerifyFull),
    ];

    private static readonly (string Name, SslCertMode Value)[] s_sslCertModes =
    [
        ("disable", SslCertMode.Disable),
        ("allow", SslCertMode.Allow),
        ("require", SslCertMode.Require),
    ];

    private static readonly (string Name, ChannelBinding Value)[] s_channelBindings =
    [
        ("disable", ChannelBinding.Disable),
        ("prefer", ChannelBinding.Prefer),
        ("require", ChannelBinding.Require),
    ];

    private static readonly (string Name, TargetSessionAttributes Value)[] s_sessionAttributes =
    [
        ("any", TargetSessionAttributes.Any),
        ("read-write", TargetSessionAttributes.ReadWrite),
        ("read-only", TargetSessionAttributes.ReadOnly),
        ("primary", TargetSessionAttributes.Primary),
        ("standby", TargetSessionAttributes.Standby),
        ("prefer-standby", TargetSessionAttributes.PreferStandby),
    ];

    /// <summary>
    /// Brings all sources of connection options together. What a conninfo string or URI in
    /// <see cref="ConnectionArguments.Database"/> says overrides the other arguments, as pg_dump documents for <c>-d</c>;
    /// then come the service file, the environment and the defaults.
    /// </summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="environment">Gives the value of an environment variable, or null.</param>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.ConnectionOptions"/>; the message names the option and its
    /// origin.</exception>
    public static ConnectionTarget Resolve(ConnectionArguments arguments, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(environment);

        string? home = HomeOf(environment);
        return Build(arguments, ReadValues(arguments, environment, home), environment, home);
    }

    /// <summary>
    /// The place that the same sources name, as it is written there: nothing but a conninfo string or service file that cannot
    /// be read is an error.
    /// </summary>
    /// <returns>Address or host, and port; several with commas between them.</returns>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.ConnectionOptions"/>.</exception>
    public static (string Host, string Port) NamedPlace(ConnectionArguments arguments, Func<string, string?> environment)
    {
        ConnectionValues values = ReadValues(arguments, environment, HomeOf(environment));
        return (
            values.NonEmpty("hostaddr") ?? values.NonEmpty("host") ?? DefaultHost(),
            values.NonEmpty("port") ?? PortDefault.ToString(CultureInfo.InvariantCulture));
    }

    private static string? HomeOf(Func<string, string?> environment) => environment("HOME") is { Length: > 0 } directory ? directory : null;

    private static ConnectionValues ReadValues(ConnectionArguments arguments, Func<string, string?> environment, string? home)
    {
        var values = new ConnectionValues();
        ReadArguments(arguments, values);
        ReadVariable("service", values, environment);
        ReadVariable("servicefile", values, environment);
        if (values.NonEmpty("service") is { } service)
        {
            ServiceFile.Apply(service, values, environment, home);
        }

        foreach (ConnectionKeyword keyword in ConnectionKeyword.All)
        {
            ReadVariable(keyword.Name, values, environment);
        }

        return values;
    }

    private static void ReadArguments(ConnectionArguments arguments, ConnectionValues values)
    {
        if (arguments.DatabaseCountsLess)
        {
            ReadDatabase(arguments, values);
        }

        SetNonEmpty("host", arguments.Host, "-h");
        SetNonEmpty("port", arguments.Port, "-p");
        SetNonEmpty("user", arguments.User, "-U");
        SetNonEmpty("fallback_application_name", arguments.ApplicationName, "program");
        if (!arguments.DatabaseCountsLess)
        {
            ReadDatabase(arguments, values);
        }

        void SetNonEmpty(string keyword, string? value, string origin)
        {
            if (!string.IsNullOrEmpty(value))
            {
                values.Set(keyword, value, origin);
            }
        }
    }

    private static void ReadDatabase(ConnectionArguments arguments, ConnectionValues values)
    {
        if (arguments.Database is not { Length: > 0 } database)
        {
            return;
        }

        if (ConnectionUri.IsRecognized(database))
        {
            ConnectionUri.Read(database, values);
        }
        else if (ConninfoString.IsRecognized(database) || arguments.DatabaseCountsLess)
        {
            ConninfoString.Read(database, values);
        }
        else
        {
            values.Set("dbname", database, "-d");
        }

        if (arguments.DatabaseIsVisible && (values.NonEmpty("password") ?? values.NonEmpty("sslpassword")) is not null)
        {
            arguments.Warn?.Invoke(
                "a password on the command line can be read by everybody on this machine; put it into the file that PGPASSFILE names, "
                    + "or into ~/.pgpass");
        }
    }

    private static void ReadVariable(string name, ConnectionValues values, Func<string, string?> environment)
    {
        if (ConnectionKeyword.Find(name)?.Variable is { } variable && environment(variable) is { } value)
        {
            values.SetDefault(name, value, variable);
        }
    }

    private static ConnectionTarget Build(
        ConnectionArguments arguments,
        ConnectionValues values,
        Func<string, string?> environment,
        string? home)
    {
        string user = values.NonEmpty("user") ?? OperatingSystemUser.EffectiveName() ?? environment("USER") ?? "";
        if (user.Length == 0)
        {
            throw new PureDumpException(
                ErrorKind.ConnectionOptions,
                "no user name was given, and the account this process runs as has no name",
                "give one with -U or PGUSER");
        }

        string database = values.NonEmpty("dbname") ?? user;
        SslMode sslMode = ReadSslMode(values);
        PromptedPassword? prompted = ReadPrompting(arguments, user);

        // A password typed for -W counts as given: nothing else is looked at.
        string? password = arguments.Prompting == PasswordPrompting.Always ? prompted?.Known : values.NonEmpty("password");
        PassFile? passFile = password is null ? LoadPassFile(arguments, values, home) : null;
        var target = new ConnectionTarget
        {
            Hosts = ReadHosts(values),
            User = user,
            Database = database,
            ApplicationName = values.NonEmpty("application_name") ?? values.NonEmpty("fallback_application_name") ?? "puredump",
            Options = values.NonEmpty("options"),
            ClientEncoding = values.NonEmpty("client_encoding") is { } encoding && encoding != "auto" ? encoding : null,
            ConnectTimeout = Integer(values, "connect_timeout") is { } seconds && seconds > 0 ? TimeSpan.FromSeconds(seconds) : null,
            SslMode = sslMode,
            SslNegotiation = ReadSslNegotiation(values, sslMode),
            SslRootCert = values.NonEmpty("sslrootcert"),
            SslCrl = values.NonEmpty("sslcrl"),
            SslCrlDirectory = values.NonEmpty("sslcrldir"),
            SslCert = values.NonEmpty("sslcert"),
            SslKey = values.NonEmpty("sslkey"),
            SslPassword = values.NonEmpty("sslpassword"),
            SslCertMode = Choice(values, "sslcertmode", SslCertMode.Allow, s_sslCertModes),
            SslSni = values.NonEmpty("sslsni") is not { } sni || sni.StartsWith('1'),
            TlsVersionMin = ReadTlsVersion(values, "ssl_min_protocol_version") ?? 12,
            TlsVersionMax = ReadTlsVersion(values, "ssl_max_protocol_version") ?? 13,
            ChannelBinding = Choice(values, "channel_binding", ChannelBinding.Prefer, s_channelBindings),
            RequireAuth = ReadRequireAuth(values),
            RequirePeer = values.NonEmpty("requirepeer"),
            TargetSessionAttributes = Choice(values, "target_session_attrs", TargetSessionAttributes.Any, s_sessionAttributes),
            LoadBalanceHosts = Choice(values, "load_balance_hosts", false, [("disable", false), ("random", true)]),
            Tcp = ReadTcpTuning(values),
            Password = password,
            PromptedPassword = prompted,
            PassFile = passFile,
            Home = home,
        };
        CheckAgreement(target, values);
        return target.With(database);
    }

    private static PromptedPassword? ReadPrompting(ConnectionArguments arguments, string user)
    {
        if (arguments.Prompt is null || arguments.Prompting == PasswordPrompting.Never)
        {
            return null;
        }

        var prompted = new PromptedPassword(arguments.Prompt);
        if (arguments.Prompting == PasswordPrompting.Always)
        {
            _ = prompted.Ask(user);
        }

        return prompted;
    }

    private static PassFile? LoadPassFile(ConnectionArguments arguments, ConnectionValues values, string? home)
    {
        string? path = values.NonEmpty("passfile") ?? (home is null ? null : Path.Combine(home, ".pgpass"));
        return path is null ? null : PassFile.Load(path, arguments.Warn);
    }

    private static List<TargetHost> ReadHosts(ConnectionValues values)
    {
        string[] names = Split("host");
        string[] addresses = Split("hostaddr");
        string[] ports = Split("port");
        int count = Math.Max(1, addresses.Length > 0 ? addresses.Length : names.Length);
        if (addresses.Length > 0 && names.Length > 0 && names.Length != addresses.Length)
        {
            throw new PureDumpException(
                ErrorKind.ConnectionOptions,
                $"{names.Length} host names ({values.Origin("host")}) do not match {addresses.Length} addresses "
                    + $"({values.Origin("hostaddr")})");
        }

        if (ports.Length > 1 && ports.Length != count)
        {
            throw new PureDumpException(
                ErrorKind.ConnectionOptions,
                $"{ports.Length} ports ({values.Origin("port")}) do not match {count} hosts ({values.Origin("host")})");
        }

        var hosts = new List<TargetHost>(count);
        for (int index = 0; index < count; index++)
        {
            string? name = index < names.Length && names[index].Length > 0 ? names[index] : null;
            string? address = index < addresses.Length && addresses[index].Length > 0 ? addresses[index] : null;
            string port = ports.Length switch { 0 => "", 1 => ports[0], _ => ports[index] };
            hosts.Add(new TargetHost(name ?? (address is null ? DefaultHost() : null), address, ReadPort(port, values)));
        }

        return hosts;

        string[] Split(string keyword) => values.NonEmpty(keyword)?.Split(',') ?? [];
    }

    private static string DefaultHost()
    {
        if (!OperatingSystem.IsWindows())
        {
            foreach (string directory in s_socketDirectories)
            {
                if (Directory.Exists(directory))
                {
                    return directory;
                }
            }
        }

        return "localhost";
    }

    private static int ReadPort(string text, ConnectionValues values)
    {
        string trimmed = text.Trim();
        if (trimmed.Length == 0)
        {
            return PortDefault;
        }

        return int.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= 65535
            ? port
            : throw values.Invalid("port", "a number from 1 to 65535");
    }

    private static SslMode ReadSslMode(ConnectionValues values)
    {
        bool isSystemTrust = values.NonEmpty("sslrootcert") == "system";
        SslMode mode = Choice(values, "sslmode", isSystemTrust ? SslMode.VerifyFull : SslMode.Prefer, s_sslModes);

        // Anyone can get a certificate from a public authority, so with those roots only the name in it proves anything.
        return isSystemTrust && mode != SslMode.VerifyFull
            ? throw new PureDumpException(
                ErrorKind.ConnectionOptions,
                $"sslmode \"{values["sslmode"]}\" ({values.Origin("sslmode")}) is too weak for sslrootcert=system",
                "use sslmode=verify-full")
            : mode;
    }

    private static SslNegotiation ReadSslNegotiation(ConnectionValues values, SslMode sslMode)
    {
        SslNegotiation negotiation = Choice(
            values,
            "sslnegotiation",
            SslNegotiation.Postgres,
            [("postgres", SslNegotiation.Postgres), ("direct", SslNegotiation.Direct)]);
        return negotiation == SslNegotiation.Direct && sslMode < SslMode.Require
            ? throw new PureDumpException(
                ErrorKind.ConnectionOptions,
                "sslnegotiation=direct needs an sslmode that insists on TLS",
                "use sslmode=require, verify-ca or verify-full")
            : negotiation;
    }

    private static int? ReadTlsVersion(ConnectionValues values, string keyword) => values.NonEmpty(keyword)?.ToUpperInvariant() switch
    {
        null => null,

        // As a lower bound the old versions are simply never reached; as an upper one they leave nothing.
        "TLSV1" or "TLSV1.1" => keyword == "ssl_min_protocol_version"
            ? 12
            : throw new PureDumpException(
                ErrorKind.ConnectionOptions,
                $"{keyword} \"{values[keyword]}\" ({values.Origin(keyword)}): TLS before 1.2 is not supported"),
        "TLSV1.2" => 12,
        "TLSV1.3" => 13,
        _ => throw values.Invalid(keyword, "TLSv1.2 or TLSv1.3"),
    };

    private static RequiredAuthentication? ReadRequireAuth(ConnectionValues values) => values.NonEmpty("require_auth") is not { } text
        ? null
        : RequiredAuthentication.Parse(text) ?? throw values.Invalid(
            "require_auth",
            "a list of none, password, md5, scram-sha-256, gss, sspi and oauth, each or none of them with \"!\" before it");

    private static TcpTuning ReadTcpTuning(ConnectionValues values)
    {
        return new TcpTuning(
            Integer(values, "keepalives") is not 0,
            Positive("keepalives_idle"),
            Positive("keepalives_interval"),
            Positive("keepalives_count"),
            Positive("tcp_user_timeout"));

        int? Positive(string keyword) => Integer(values, keyword) is { } number && number > 0 ? number : null;
    }

    private static void CheckAgreement(ConnectionTarget target, ConnectionValues values)
    {
        if (target.TlsVersionMin > target.TlsVersionMax)
        {
            throw new PureDumpException(
                ErrorKind.ConnectionOptions,
                "ssl_min_protocol_version is above ssl_max_protocol_version");
        }

        switch (values.NonEmpty("gssencmode"))
        {
            case null or "disable" or "prefer":
                break;
            case "require":
                throw new PureDumpException(
                    ErrorKind.ConnectionOptions,
                    $"gssencmode=require ({values.Origin("gssencmode")}): GSSAPI encryption is not supported",
                    "use TLS, with sslmode=require or better");
            default:
                throw values.Invalid("gssencmode", "disable, prefer or require");
        }

        // Protocol 3.0 is all PureDump speaks, and every server speaks it.
        if (values.NonEmpty("min_protocol_version") is { } min && min != "3.0")
        {
            throw new PureDumpException(
                ErrorKind.ConnectionOptions,
                $"min_protocol_version \"{min}\" ({values.Origin("min_protocol_version")}): only protocol 3.0 is supported");
        }

        if (values.NonEmpty("max_protocol_version") is { } max && max is not ("3.0" or "3.2" or "latest"))
        {
            throw values.Invalid("max_protocol_version", "3.0, 3.2 or latest");
        }
    }

    private static int? Integer(ConnectionValues values, string keyword)
    {
        if (values.NonEmpty(keyword) is not { } text)
        {
            return null;
        }

        return int.TryParse(text.AsSpan().Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw values.Invalid(keyword, "a whole number");
    }

    private static T Choice<T>(ConnectionValues values, string keyword, T unset, ReadOnlySpan<(string Name, T Value)> choices)
    {
        if (values.NonEmpty(keyword) is not { } text)
        {
            return unset;
        }

        foreach ((string name, T value) in choices)
        {
            if (name == text)
            {
                return value;
            }
        }

        string[] names = new string[choices.Length];
        for (int index = 0; index < choices.Length; index++)
        {
            names[index] = choices[index].Name;
        }

        throw values.Invalid(keyword, "one of " + string.Join(", ", names));
    }
}
