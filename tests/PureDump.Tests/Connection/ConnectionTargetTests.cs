using PureDump.Formats.Errors;
using PureDump.Postgres.Connection;
using Xunit;

namespace PureDump.Tests.Connection;

public sealed class ConnectionTargetTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("puredump-target-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void The_database_and_the_port_have_defaults()
    {
        ConnectionTarget target = Resolve(new ConnectionArguments { Host = "db", User = "ann" });

        Assert.Equal("ann", target.Database);
        Assert.Equal(new TargetHost("db", null, 5432), Assert.Single(target.Hosts));
        Assert.Equal(SslMode.Prefer, target.SslMode);
        Assert.Equal("puredump", target.ApplicationName);
        Assert.Null(target.KnownPassword(target.Hosts[0]));
    }

    [Fact]
    public void Without_a_host_the_socket_directory_of_this_machine_is_used()
    {
        TargetHost host = Assert.Single(Resolve(new ConnectionArguments()).Hosts);

        Assert.Contains(host.Name, new[] { "/var/run/postgresql", "/tmp", "localhost" });
    }

    [Fact]
    public void A_conninfo_string_in_the_database_overrides_the_other_arguments_as_pg_dump_documents()
    {
        ConnectionTarget target = Resolve(new ConnectionArguments
        {
            Host = "from-option",
            Port = "1111",
            User = "ann",
            Database = "host=from-conninfo dbname=shop",
        });

        Assert.Equal("from-conninfo", target.Hosts[0].Name);
        Assert.Equal(1111, target.Hosts[0].Port);
        Assert.Equal("shop", target.Database);
        Assert.Equal("ann", target.User);
    }

    [Fact]
    public void A_conninfo_string_counts_less_than_the_other_arguments_as_pg_dumpall_does_it_and_must_be_one()
    {
        ConnectionTarget target = Resolve(new ConnectionArguments
        {
            Host = "from-option",
            Database = "host=from-conninfo port=2222 dbname=shop",
            DatabaseCountsLess = true,
        });

        Assert.Equal("from-option", target.Hosts[0].Name);
        Assert.Equal(2222, target.Hosts[0].Port);
        PureDumpException error = Assert.Throws<PureDumpException>(() =>
            Resolve(new ConnectionArguments { Database = "shop", DatabaseCountsLess = true }));
        Assert.Equal("malformed connection string: missing \"=\" after \"shop\"", error.Message);
    }

    [Fact]
    public void Arguments_win_over_the_service_file_and_that_over_the_environment()
    {
        string path = Write(
            "services",
            "# ours\n[other]\nhost=wrong\n\n[shop]\nhost=from-service\nport=1111\nuser=service-user\n[third]\nport=9\n");
        ConnectionTarget target = Resolve(
            new ConnectionArguments { User = "ann" },
            ("PGSERVICEFILE", path),
            ("PGSERVICE", "shop"),
            ("PGPORT", "2222"),
            ("PGDATABASE", "from-environment"));

        Assert.Equal("from-service", target.Hosts[0].Name);
        Assert.Equal(1111, target.Hosts[0].Port);
        Assert.Equal("ann", target.User);
        Assert.Equal("from-environment", target.Database);
    }

    [Fact]
    public void The_service_file_of_the_home_directory_is_found()
    {
        Write(".pg_service.conf", "[shop]\nhost=here\n");

        Assert.Equal("here", Resolve(new ConnectionArguments { Database = "service=shop" }).Hosts[0].Name);
    }

    [Fact]
    public void A_connection_string_names_the_service_file()
    {
        Write(".pg_service.conf", "[shop]\nhost=home\n");
        string path = Write("named", "[shop]\nhost=named\n");
        string other = Write("of-environment", "[shop]\nhost=of-environment\n");

        Assert.Equal(
            "named",
            Resolve(new ConnectionArguments { Database = $"service=shop servicefile='{path}'" }, ("PGSERVICEFILE", other)).Hosts[0].Name);
        Assert.Equal(
            "named",
            Resolve(new ConnectionArguments { Database = $"postgresql:///?service=shop&servicefile={Uri.EscapeDataString(path)}" })
                .Hosts[0]
                .Name);
        PureDumpException error = Refused(() => Resolve(new ConnectionArguments { Database = "service=shop servicefile=/nowhere" }));
        Assert.Contains("service file \"/nowhere\"", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[shop]\nnonsense\n", "line 2: expected keyword=value")]
    [InlineData("[shop]\nhots=x\n", "unknown connection option \"hots\"")]
    [InlineData("[shop]\nservice=x\n", "a service cannot name another service")]
    [InlineData("[other]\nhost=x\n", "service \"shop\" (PGSERVICE) is not defined")]
    public void A_bad_service_file_is_refused_by_name(string text, string expected)
    {
        string path = Write("services", text);
        PureDumpException error = Refused(() => Resolve(new ConnectionArguments(), ("PGSERVICEFILE", path), ("PGSERVICE", "shop")));

        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void Every_environment_variable_of_the_issue_is_read()
    {
        string passFile = Write("pass", "*:*:*:*:from-file\n", UnixFileMode.UserRead);
        ConnectionTarget target = Resolve(
            new ConnectionArguments(),
            ("PGHOST", "h"),
            ("PGPORT", "77"),
            ("PGUSER", "u"),
            ("PGDATABASE", "d"),
            ("PGSSLMODE", "verify-full"),
            ("PGSSLROOTCERT", "/r"),
            ("PGSSLCERT", "/c"),
            ("PGSSLKEY", "/k"),
            ("PGPASSFILE", passFile),
            ("PGOPTIONS", "-c a=b"),
            ("PGAPPNAME", "app"),
            ("PGCONNECT_TIMEOUT", "7"),
            ("PGCHANNELBINDING", "require"),
            ("PGTARGETSESSIONATTRS", "prefer-standby"));

        Assert.Equal("h", target.Hosts[0].Name);
        Assert.Equal(77, target.Hosts[0].Port);
        Assert.Equal("u", target.User);
        Assert.Equal("d", target.Database);
        Assert.Equal(SslMode.VerifyFull, target.SslMode);
        Assert.Equal("/r", target.SslRootCert);
        Assert.Equal("/c", target.SslCert);
        Assert.Equal("/k", target.SslKey);
        Assert.Equal("from-file", target.KnownPassword(target.Hosts[0]));
        Assert.Equal("-c a=b", target.Options);
        Assert.Equal("app", target.ApplicationName);
        Assert.Equal(TimeSpan.FromSeconds(7), target.ConnectTimeout);
        Assert.Equal(ChannelBinding.Require, target.ChannelBinding);
        Assert.Equal(TargetSessionAttributes.PreferStandby, target.TargetSessionAttributes);
    }

    [Fact]
    public void Several_hosts_share_one_port_or_have_one_each()
    {
        Assert.Equal([1, 2], Resolve(new ConnectionArguments { Host = "a,b", Port = "1,2" }).Hosts.Select(host => host.Port));
        Assert.Equal([7, 7], Resolve(new ConnectionArguments { Host = "a,b", Port = "7" }).Hosts.Select(host => host.Port));
        Assert.Equal([5432, 8], Resolve(new ConnectionArguments { Host = "a,b", Port = ",8" }).Hosts.Select(host => host.Port));
        Assert.Contains("3 ports", Refused(() => Resolve(new ConnectionArguments { Host = "a,b", Port = "1,2,3" })).Message);
    }

    [Fact]
    public void A_hostaddr_is_connected_to_and_the_host_is_the_name_to_verify()
    {
        TargetHost host = Assert.Single(Resolve(new ConnectionArguments { Database = "host=db.example hostaddr=10.0.0.1" }).Hosts);

        Assert.Equal(new TargetHost("db.example", "10.0.0.1", 5432), host);
        Assert.Contains(
            "2 host names",
            Refused(() => Resolve(new ConnectionArguments { Database = "host=a,b hostaddr=10.0.0.1" })).Message);
    }

    [Fact]
    public void A_host_that_starts_with_a_slash_or_an_at_sign_is_a_socket()
    {
        Assert.Equal("/run/pg/.s.PGSQL.99", Resolve(new ConnectionArguments { Host = "/run/pg", Port = "99" }).Hosts[0].SocketPath);
        Assert.True(Resolve(new ConnectionArguments { Host = "@abstract" }).Hosts[0].IsUnixSocket);
        Assert.False(Resolve(new ConnectionArguments { Host = "db" }).Hosts[0].IsUnixSocket);
    }

    [Theory]
    [InlineData("port=0", "invalid value \"0\" for connection option \"port\" (connection string)")]
    [InlineData("port=65536", "expected a number from 1 to 65535")]
    [InlineData("port=x", "invalid value \"x\"")]
    [InlineData("connect_timeout=soon", "expected a whole number")]
    [InlineData("sslmode=on", "expected one of disable, allow, prefer, require, verify-ca, verify-full")]
    [InlineData("sslmode=require sslrootcert=system", "too weak for sslrootcert=system")]
    [InlineData("sslnegotiation=direct", "sslnegotiation=direct needs an sslmode")]
    [InlineData("gssencmode=require", "GSSAPI encryption is not supported")]
    [InlineData("replication=true", "connection option \"replication\"")]
    [InlineData("ssl_max_protocol_version=TLSv1.1", "TLS before 1.2")]
    [InlineData("ssl_min_protocol_version=TLSv1.3 ssl_max_protocol_version=TLSv1.2", "above")]
    [InlineData("require_auth=scram-sha-256,!md5", "require_auth")]
    [InlineData("min_protocol_version=3.2", "only protocol 3.0")]
    [InlineData("channel_binding=maybe", "expected one of disable, prefer, require")]
    [InlineData("target_session_attrs=best", "expected one of any")]
    [InlineData("hots=x", "unknown connection option \"hots\" (connection string)")]
    public void A_bad_value_is_refused_by_name(string conninfo, string expected)
    {
        Assert.Contains(expected, Refused(() => Resolve(new ConnectionArguments { Database = conninfo })).Message);
    }

    [Theory]
    [InlineData("PGPORT", "x", "(PGPORT)")]
    [InlineData("PGSSLMODE", "on", "(PGSSLMODE)")]
    public void A_bad_variable_is_named(string variable, string value, string expected)
    {
        Assert.Contains(expected, Refused(() => Resolve(new ConnectionArguments(), (variable, value))).Message);
    }

    [Fact]
    public void With_the_roots_of_the_system_the_name_is_always_checked()
    {
        Assert.Equal(SslMode.VerifyFull, Resolve(new ConnectionArguments { Database = "sslrootcert=system" }).SslMode);
    }

    [Fact]
    public void Require_auth_lists_what_is_allowed_or_what_is_not()
    {
        RequiredAuthentication listed = Resolve(new ConnectionArguments { Database = "require_auth=scram-sha-256,none" }).RequireAuth!;
        Assert.True(listed.Allows(AuthenticationMethod.ScramSha256));
        Assert.True(listed.Allows(AuthenticationMethod.None));
        Assert.False(listed.Allows(AuthenticationMethod.Password));

        RequiredAuthentication negated = Resolve(new ConnectionArguments { Database = "require_auth=!password,!md5" }).RequireAuth!;
        Assert.True(negated.Allows(AuthenticationMethod.ScramSha256));
        Assert.False(negated.Allows(AuthenticationMethod.Password));
    }

    [Fact]
    public void The_text_of_a_target_never_holds_a_password()
    {
        string passFile = Write("pass", "*:*:*:*:hunter2\n", UnixFileMode.UserRead);
        ConnectionTarget outright = Resolve(new ConnectionArguments { Database = "password=hunter2 sslpassword=hunter2 host=db" });
        ConnectionTarget fromFile = Resolve(new ConnectionArguments { Host = "db" }, ("PGPASSFILE", passFile));

        Assert.Equal("hunter2", outright.KnownPassword(outright.Hosts[0]));
        Assert.Equal("hunter2", fromFile.KnownPassword(fromFile.Hosts[0]));
        Assert.DoesNotContain(
            "hunter2",
            outright.ToString() + fromFile + fromFile.Hosts[0] + new ConnectionArguments { Database = "password=hunter2" }
        );
    }

    [Fact]
    public void Another_database_may_have_another_password()
    {
        string passFile = Write("pass", "*:*:one:*:first\n*:*:two:*:second\n", UnixFileMode.UserRead);
        ConnectionTarget target = Resolve(new ConnectionArguments { Host = "db", Database = "one" }, ("PGPASSFILE", passFile));
        ConnectionTarget other = target.With("two");

        Assert.Equal("first", target.KnownPassword(target.Hosts[0]));
        Assert.Equal("second", other.KnownPassword(other.Hosts[0]));
        Assert.Equal("two", other.Database);
    }

    [Fact]
    public void The_user_is_asked_once_and_only_when_the_password_is_wanted()
    {
        int asked = 0;
        var arguments = new ConnectionArguments { Host = "db", User = "ann", Prompt = text => $"{text}{++asked}" };
        ConnectionTarget target = Resolve(arguments);
        Assert.Equal(0, asked);
        Assert.Null(target.KnownPassword(target.Hosts[0]));

        Assert.Equal("Password for user ann: 1", target.AskPassword(target.Hosts[0]));
        Assert.Equal("Password for user ann: 1", target.With("other").AskPassword(target.Hosts[0]));
        Assert.Equal(1, asked);
    }

    [Fact]
    public void W_asks_at_once_and_overrides_every_other_password()
    {
        ConnectionTarget target = Resolve(
            new ConnectionArguments { Database = "password=other", Prompting = PasswordPrompting.Always, Prompt = _ => "typed" },
            ("PGPASSWORD", "third"));

        Assert.Equal("typed", target.KnownPassword(target.Hosts[0]));
    }

    [Fact]
    public void Small_w_never_asks()
    {
        ConnectionTarget target = Resolve(new ConnectionArguments
        {
            Host = "db",
            Prompting = PasswordPrompting.Never,
            Prompt = _ => throw new InvalidOperationException("asked"),
        });

        Assert.Null(target.AskPassword(target.Hosts[0]));
    }

    private static PureDumpException Refused(Func<object> action)
    {
        PureDumpException error = Assert.Throws<PureDumpException>(action);
        Assert.Equal(ErrorKind.ConnectionOptions, error.Kind);
        return error;
    }

    private ConnectionTarget Resolve(ConnectionArguments arguments, params (string Name, string Value)[] environment)
    {
        var variables = environment.ToDictionary(pair => pair.Name, pair => pair.Value);
        variables.TryAdd("HOME", _home);
        variables.TryAdd("PGUSER", "tester");
        variables.TryAdd("PGSYSCONFDIR", _home);
        return ConnectionTarget.Resolve(arguments, variables.GetValueOrDefault);
    }

    private string Write(string name, string text, UnixFileMode? mode = null)
    {
        string path = Path.Combine(_home, name);
        File.WriteAllText(path, text);
        if (mode is { } value && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, value);
        }

        return path;
    }
}
