using System.Diagnostics;
using Npgsql;
using PureDump.Formats.Errors;
using PureDump.Postgres.Connection;
using PureDump.Postgres.Wire;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Wire;

/// <summary>Start-up against a real server that has every kind of login, over TCP with and without TLS and over its socket.</summary>
public abstract class StartupTests(StartupServer setup)
{
    [Theory]
    [InlineData("u_trust", null)]
    [InlineData("u_md5", "pw-md5")]
    [InlineData("u_scram", "pw-scram")]
    [InlineData("u_clear", "pw-clear")]
    [InlineData("u_unicode", "pässwörd😀\u00A0x")]
    [InlineData("u_composed", "p\u00E4ss w\u00F6rd \uFF41\u00A0\uFB01\uAC01")]
    [InlineData("u_composed", "pa\u0308ss wo\u0308rd a fi\u1100\u1161\u11A8")]
    public void Every_kind_of_password_login_succeeds_with_and_without_tls(string user, string? password)
    {
        foreach (string mode in new[] { "disable", "prefer", "require" })
        {
            using StartedConnection connection = setup.Open($"user={user} sslmode={mode}", password);

            Assert.Equal(mode != "disable", connection.Server.IsTls);
            Assert.Equal(
                connection.Server.IsTls ? "t" : "f",
                StartupQuery.Value(connection, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"));
            Assert.Equal(user, StartupQuery.Value(connection, "SELECT current_user"));
            Assert.Equal($"{connection.BackendPid}", StartupQuery.Value(connection, "SELECT pg_backend_pid()"));
            Assert.Equal("UTF8", connection.Parameters["client_encoding"]);
        }
    }

    [Theory]
    [InlineData("u_md5")]
    [InlineData("u_scram")]
    [InlineData("u_clear")]
    public void A_wrong_password_is_an_authentication_error_that_does_not_show_it(string user)
    {
        PureDumpException error = setup.Refused($"user={user} sslmode=require", "hunter2");

        Assert.Equal(ErrorKind.Authentication, error.Kind);
        Assert.Equal("28P01", error.SqlState);
        Assert.Contains("127.0.0.1", error.Message);
        Assert.DoesNotContain("hunter2", error.ToString());
    }

    [Fact]
    public void A_password_is_asked_for_once_and_only_where_the_server_wants_one()
    {
        int asked = 0;
        ConnectionTarget scram = setup.Target("user=u_scram", prompt: _ => ++asked > 0 ? "pw-scram" : null);
        using (StartedConnection first = HostSearch.Open(scram, StartupParameters.None, CancellationToken.None))
        {
            ConnectAttempt.OpenAgain(scram, first.Server, StartupParameters.None, CancellationToken.None).Dispose();
        }

        Assert.Equal(1, asked);
        HostSearch.Open(
            setup.Target("user=u_trust", prompt: _ => throw new InvalidOperationException("asked")),
            StartupParameters.None,
            CancellationToken.None).Dispose();
    }

    [Fact]
    public void A_login_without_a_password_says_how_to_give_one()
    {
        PureDumpException error = setup.Refused("user=u_scram", null);

        Assert.Equal(ErrorKind.Authentication, error.Kind);
        Assert.Contains("PGPASSWORD", error.Hint);
    }

    [Fact]
    public void Channel_binding_is_used_where_required_and_refused_where_it_cannot_be()
    {
        setup.Open("user=u_scram sslmode=require channel_binding=require", "pw-scram").Dispose();
        setup.Open("user=u_scram sslmode=require channel_binding=disable", "pw-scram").Dispose();

        Assert.Equal(ErrorKind.Authentication, setup.Refused("user=u_scram sslmode=disable channel_binding=require", "pw-scram").Kind);
        Assert.Equal(ErrorKind.Authentication, setup.Refused("user=u_md5 sslmode=require channel_binding=require", "pw-md5").Kind);
        Assert.Equal(ErrorKind.Authentication, setup.Refused("user=u_trust sslmode=require channel_binding=require", null).Kind);
    }

    [Fact]
    public void Sslmode_allow_and_prefer_fall_back_as_pg_hba_demands()
    {
        using (StartedConnection connection = setup.Open("user=u_only_tls sslmode=allow", "pw"))
        {
            Assert.True(connection.Server.IsTls);
        }

        using (StartedConnection connection = setup.Open("user=u_only_plain sslmode=prefer", "pw"))
        {
            Assert.False(connection.Server.IsTls);
        }

        Assert.Equal("28000", setup.Refused("user=u_only_tls sslmode=disable", "pw").SqlState);
        Assert.Equal("28000", setup.Refused("user=u_only_plain sslmode=require", "pw").SqlState);
    }

    [Fact]
    public void Verify_full_wants_a_trusted_certificate_with_the_right_name()
    {
        string full = $"user=u_trust sslmode=verify-full sslrootcert={setup.RootFile}";
        setup.Open(full, null).Dispose();
        setup.Open($"{full} host=localhost", null).Dispose();

        PureDumpException wrongName = setup.Refused($"{full} host=other.example hostaddr=127.0.0.1", null);
        Assert.Equal(ErrorKind.Tls, wrongName.Kind);
        Assert.Contains("not to host \"other.example\"", wrongName.Message);
        setup.Open($"user=u_trust sslmode=verify-ca sslrootcert={setup.RootFile} host=other.example hostaddr=127.0.0.1", null).Dispose();

        foreach (string mode in new[] { "verify-full", "verify-ca", "require" })
        {
            PureDumpException untrusted = setup.Refused($"user=u_trust sslmode={mode} sslrootcert={setup.OtherRootFile}", null);
            Assert.Equal(ErrorKind.Tls, untrusted.Kind);
            Assert.Contains("trusted", untrusted.Message);
        }

        Assert.Equal(ErrorKind.ConnectionOptions, setup.Refused("user=u_trust sslmode=verify-ca", null).Kind);
        Assert.Equal(
            ErrorKind.ConnectionOptions,
            setup.Refused($"user=u_trust sslmode=verify-ca sslrootcert={setup.RootFile}x", null).Kind);
        Assert.Equal(ErrorKind.Tls, setup.Refused("user=u_trust sslrootcert=system", null).Kind);
    }

    [Fact]
    public void A_root_certificate_in_the_home_directory_is_used_even_for_require()
    {
        string home = setup.Home("root.crt", setup.OtherRootFile);

        Assert.Equal(ErrorKind.Tls, setup.Refused("user=u_trust sslmode=require", null, home).Kind);
        setup.Open("user=u_trust sslmode=require", null, setup.Home("root.crt", setup.RootFile)).Dispose();
    }

    [Fact]
    public void A_client_certificate_logs_in_and_its_key_must_be_private()
    {
        string certificate = $"user=u_cert sslmode=require sslcert={setup.ClientFile} sslkey=";
        setup.Open(certificate + setup.ClientKeyFile, null).Dispose();
        setup.Open($"{certificate}{setup.EncryptedKeyFile} sslpassword=open", null).Dispose();

        Assert.Equal("28000", setup.Refused("user=u_cert sslmode=require", null).SqlState);
        Assert.Equal("28000", setup.Refused($"{certificate}{setup.ClientKeyFile} sslcertmode=disable", null).SqlState);
        Assert.Contains("group or world access", setup.Refused(certificate + setup.OpenKeyFile, null).Message);
        Assert.Contains("does not exist", setup.Refused(certificate + "/nonexistent", null).Message);
        Assert.Contains("sslpassword", setup.Refused(certificate + setup.EncryptedKeyFile, null).Hint);
        Assert.Equal(ErrorKind.ConnectionOptions, setup.Refused($"{certificate}{setup.EncryptedKeyFile} sslpassword=wrong", null).Kind);
    }

    [Fact]
    public void A_certificate_that_was_revoked_is_refused()
    {
        string conninfo = $"user=u_trust sslmode=verify-full host=localhost hostaddr=127.0.0.1 sslrootcert={setup.RootFile}";
        setup.Open($"{conninfo} sslcrl={setup.EmptyListFile}", null).Dispose();
        setup.Open($"{conninfo} sslcrl={setup.EmptyListFile}x", null).Dispose();
        setup.Open($"{conninfo} sslcrldir={setup.ListDirectory(setup.EmptyListFile)}", null).Dispose();
        setup.Open($"{conninfo}", null, setup.Home("root.crl", setup.EmptyListFile)).Dispose();
        setup.Open($"user=u_trust sslmode=require sslcrl={setup.ListFile}", null).Dispose();

        foreach (PureDumpException error in (PureDumpException[])
            [
                setup.Refused($"{conninfo} sslcrl={setup.ListFile}", null),
                setup.Refused($"{conninfo} sslcrldir={setup.ListDirectory(setup.EmptyListFile, setup.ListFile)}", null),
                setup.Refused(conninfo, null, setup.Home("root.crl", setup.ListFile)),
            ])
        {
            Assert.Equal(ErrorKind.Tls, error.Kind);
            Assert.Contains("is not trusted: it was revoked", error.Message);
        }

        Assert.Contains("there is no revocation list of", setup.Refused($"{conninfo} sslcrl={setup.OtherListFile}", null).Message);
        Assert.Contains("there is no revocation list of", setup.Refused($"{conninfo} sslcrldir={setup.ListDirectory()}", null).Message);
        Assert.Contains("has expired", setup.Refused($"{conninfo} sslcrl={setup.OldListFile}", null).Message);
        Assert.Contains("signature", setup.Refused($"{conninfo} sslcrl={setup.ForgedListFile}", null).Message);
        Assert.Equal(ErrorKind.ConnectionOptions, setup.Refused($"{conninfo} sslcrl={setup.RootFile}", null).Kind);
    }

    [Fact]
    public void Tls_versions_keep_to_their_bounds()
    {
        using (StartedConnection connection = setup.Open("user=u_trust sslmode=require ssl_max_protocol_version=TLSv1.2", null))
        {
            Assert.Equal("TLSv1.2", StartupQuery.Value(connection, "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"));
        }

        using (StartedConnection connection = setup.Open("user=u_trust sslmode=require ssl_min_protocol_version=TLSv1.3", null))
        {
            Assert.Equal("TLSv1.3", StartupQuery.Value(connection, "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"));
        }
    }

    [Fact]
    public void Direct_negotiation_works_where_the_server_has_it()
    {
        if (setup.Server.Major >= 17)
        {
            using StartedConnection connection = setup.Open("user=u_trust sslmode=require sslnegotiation=direct", null);
            Assert.True(connection.Server.IsTls);
        }
        else
        {
            Assert.Equal(ErrorKind.Tls, setup.Refused("user=u_trust sslmode=require sslnegotiation=direct", null).Kind);
        }
    }

    [Fact]
    public void A_socket_never_uses_tls_and_its_owner_can_be_checked()
    {
        string socket = $"user=postgres host={setup.Server.SocketDirectory}";
        using StartedConnection connection = setup.Open($"{socket} sslmode=require", null);
        Assert.False(connection.Server.IsTls);
        Assert.StartsWith("on socket \"", connection.Server.ToString());

        Assert.Contains("requirepeer", setup.Refused($"{socket} requirepeer=nobody-at-all", null).Message);
    }

    [Fact]
    public void A_database_that_does_not_exist_is_not_found()
    {
        PureDumpException error = setup.Refused("user=u_trust dbname=nowhere", null);

        Assert.Equal(ErrorKind.NotFound, error.Kind);
        Assert.Contains("database \"nowhere\" does not exist", error.Message);
    }

    [Fact]
    public void The_first_host_that_suits_is_taken()
    {
        string hosts = $"user=u_trust host=/nonexistent,127.0.0.1,127.0.0.1 port=1,1,{setup.Server.Port}";
        foreach (string attributes in new[] { "any", "read-write", "primary", "prefer-standby" })
        {
            using StartedConnection connection = setup.Open($"{hosts} target_session_attrs={attributes}", null);
            Assert.Equal(setup.Server.Port, connection.Server.Host.Port);
        }

        Assert.Contains("not a standby", setup.Refused($"{hosts} target_session_attrs=standby", null).Message);
        Assert.Contains("not read-only", setup.Refused($"{hosts} target_session_attrs=read-only", null).Message);
        setup.Open($"{hosts} target_session_attrs=read-only options='-c default_transaction_read_only=on'", null).Dispose();
    }

    [Fact]
    public void Settings_of_the_session_arrive()
    {
        var parameters = new StartupParameters
        {
            ApplicationName = "worker 3",
            Settings = new Dictionary<string, string> { ["search_path"] = "", ["statement_timeout"] = "7s" },
        };
        using StartedConnection connection = HostSearch.Open(
            setup.Target("user=u_trust options='-c work_mem=3MB -c statement_timeout=1'"),
            parameters,
            CancellationToken.None);

        Assert.Equal(
            "|7s|3MB|worker 3",
            StartupQuery.Value(
                connection,
                "SELECT concat_ws('|', current_setting('search_path'), current_setting('statement_timeout'), "
                    + "current_setting('work_mem'), current_setting('application_name'))"));
    }

    [Fact]
    public void A_cancel_request_ends_the_statement_of_the_other_connection()
    {
        foreach (string mode in new[] { "disable", "require" })
        {
            using StartedConnection connection = setup.Open($"user=u_trust sslmode={mode}", null);
            var clock = Stopwatch.StartNew();
            using var timer = new Timer(_ => CancelRequest.Send(connection), null, 300, Timeout.Infinite);
            PureDumpException error = Assert.Throws<PureDumpException>(() => StartupQuery.Value(connection, "SELECT pg_sleep(60)"));

            Assert.Equal("57014", error.SqlState);
            Assert.InRange(clock.ElapsedMilliseconds, 0, 30_000);
            Assert.Equal("1", ValueAfterCancel(connection));
        }
    }

    // The postmaster signals the process and then its group (signal_child in postmaster.c): the second signal may hit the next statement.
    private static string? ValueAfterCancel(StartedConnection connection)
    {
        try
        {
            return StartupQuery.Value(connection, "SELECT 1");
        }
        catch (PureDumpException e) when (e.SqlState == "57014")
        {
            return StartupQuery.Value(connection, "SELECT 1");
        }
    }

    /// <summary>Against the oldest version of this run.</summary>
    public sealed class Oldest(Oldest.Setup setup) : StartupTests(setup), IClassFixture<Oldest.Setup>
    {
        /// <summary>The server.</summary>
        public sealed class Setup() : StartupServer(TestMajors.Oldest);
    }

    /// <summary>Against the newest version of this run.</summary>
    public sealed class Newest(Newest.Setup setup) : StartupTests(setup), IClassFixture<Newest.Setup>
    {
        /// <summary>The server.</summary>
        public sealed class Setup() : StartupServer(TestMajors.Newest);
    }
}
