using System.Diagnostics;
using System.Text;
using PureDump.Formats.Errors;
using PureDump.Postgres.Connection;
using PureDump.Postgres.Wire;
using Xunit;

namespace PureDump.Tests.Wire;

/// <summary>Start-up against servers that say the right thing, the wrong thing or nothing.</summary>
public sealed class ConnectAttemptTests
{
    [Fact]
    public void A_server_that_lets_the_client_in_is_described()
    {
        using var server = new FakeServer(stream =>
        {
            _ = FakeServer.ReadStartup(stream);
            stream.Write(FakeServer.Welcome());
            _ = stream.ReadByte();
        });
        using StartedConnection connection = HostSearch.Open(server.Target(), StartupParameters.None, CancellationToken.None);

        Assert.Equal("17.2", connection.Parameters["server_version"]);
        Assert.Equal(7, connection.BackendPid);
        Assert.Equal([1, 2, 3, 4], connection.BackendSecret);
        Assert.False(connection.Server.IsTls);
        Assert.Equal($"at \"127.0.0.1\", port {server.Port}", connection.Server.ToString());
    }

    [Fact]
    public void The_start_up_message_carries_the_session_and_what_the_caller_adds()
    {
        byte[] received = [];
        using var server = new FakeServer(stream =>
        {
            received = FakeServer.ReadStartup(stream);
            stream.Write(FakeServer.Welcome());
        });
        var parameters = new StartupParameters
        {
            Replication = "database",
            ApplicationName = "worker 3",
            Settings = new Dictionary<string, string> { ["search_path"] = "" },
        };
        HostSearch.Open(server.Target("options='-c a=b'"), parameters, CancellationToken.None).Dispose();

        Assert.Equal([0, 3, 0, 0], received[..4]);
        Assert.Equal(
            "user\0ann\0database\0shop\0application_name\0worker 3\0client_encoding\0UTF8\0options\0-c "
                + "a=b\0replication\0database\0search_path\0\0\0",
            Encoding.UTF8.GetString(received[4..]));
    }

    [Fact]
    public void A_connection_that_ends_early_says_during_what()
    {
        byte[] welcome = FakeServer.Welcome();
        int loginLength = FakeServer.Authentication(0).Length;
        for (int length = 0; length < welcome.Length; length++)
        {
            PureDumpException error = Refused(After(welcome[..length]));
            Assert.Equal(ErrorKind.Connection, error.Kind);
            Assert.Contains(length < loginLength ? "during the login" : "during the start of the session", error.Message);
        }
    }

    [Fact]
    public void An_unknown_message_type_is_named()
    {
        Assert.Contains(
            "unexpected message 'H' of the server during the login",
            Protocol(After("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray())).Message);
        Assert.Contains("'\\x00'", Protocol(After([0, 0, 0, 0, 0])).Message);
        Assert.Contains(
            "'D' of the server during the start of the session",
            Protocol(After([.. FakeServer.Authentication(0), .. FakeServer.Message('D', 0, 0)])).Message);
    }

    [Theory]
    [InlineData(0x00000003)]
    [InlineData(0x00000000)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData((1 << 20) + 1)]
    [InlineData(int.MaxValue)]
    public void A_length_out_of_bounds_is_named_and_nothing_is_allocated_for_it(int length)
    {
        byte[] message = [(byte)'R', (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length];

        Assert.Contains($"message 'R' of the server has length {length}", Protocol(After(message)).Message);
    }

    [Fact]
    public void A_server_that_sends_for_ever_is_cut_off()
    {
        byte[] much = FakeServer.Parameter("a", new string('x', 100_000));
        PureDumpException error = Protocol(stream =>
        {
            _ = FakeServer.ReadStartup(stream);
            stream.Write(FakeServer.Authentication(0));
            while (true)
            {
                stream.Write(much);
            }
        });

        Assert.Contains("sent more than", error.Message);
    }

    [Fact]
    public void The_bare_text_of_a_server_that_cannot_start_a_process_is_shown()
    {
        PureDumpException error = Refused(After("Ecould not fork new process: no memory\n\0"u8.ToArray()));

        Assert.EndsWith("could not fork new process: no memory", error.Message);
    }

    [Fact]
    public void An_error_of_the_server_keeps_its_sqlstate_and_names_the_server()
    {
        PureDumpException error = Refused(After(FakeServer.Error("3D000", "database \"shop\" does not exist")));

        Assert.Equal(ErrorKind.NotFound, error.Kind);
        Assert.Equal("3D000", error.SqlState);
        Assert.StartsWith("connection to server at \"127.0.0.1\", port ", error.Message);
    }

    [Fact]
    public void A_pooler_that_does_not_know_a_parameter_is_named_for_what_it_is()
    {
        PureDumpException error = Refused(After(FakeServer.Error("08P01", "unsupported startup parameter: search_path")));

        Assert.Equal(ErrorKind.UnsupportedServer, error.Kind);
        Assert.Contains("not through a pooler", error.Hint);
    }

    [Theory]
    [InlineData(2, "Kerberos V5")]
    [InlineData(7, "GSSAPI")]
    [InlineData(9, "SSPI")]
    [InlineData(99, "unknown (99)")]
    public void A_kind_of_login_that_is_not_supported_is_named(int code, string expected)
    {
        PureDumpException error = Refused(After(FakeServer.Authentication(code)));

        Assert.Equal(ErrorKind.Authentication, error.Kind);
        Assert.Contains($"asks for {expected} authentication, which is not supported", error.Message);
    }

    [Fact]
    public void A_silent_server_runs_into_the_time_out()
    {
        using var server = new FakeServer(stream => stream.ReadExactly(new byte[1 << 20]));
        var clock = Stopwatch.StartNew();
        PureDumpException error = Assert.Throws<PureDumpException>(
            () => HostSearch.Open(server.Target("connect_timeout=1"), StartupParameters.None, CancellationToken.None));

        Assert.Equal(ErrorKind.Connection, error.Kind);
        Assert.Contains("no connection within 1 seconds (connect_timeout)", error.Message);
        Assert.InRange(clock.ElapsedMilliseconds, 900, 15_000);
    }

    [Fact]
    public void A_start_up_can_be_cancelled_while_it_waits()
    {
        using var server = new FakeServer(stream => stream.ReadExactly(new byte[1 << 20]));
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        PureDumpException error = Assert.Throws<PureDumpException>(
            () => HostSearch.Open(server.Target(), StartupParameters.None, cancellation.Token));

        Assert.Equal(ErrorKind.Cancelled, error.Kind);
    }

    [Fact]
    public void A_cancelled_caller_connects_to_nothing()
    {
        using var server = new FakeServer(_ => { });

        Assert.Equal(
            ErrorKind.Cancelled,
            Assert.Throws<PureDumpException>(
                () => HostSearch.Open(server.Target(), StartupParameters.None, new CancellationToken(canceled: true))).Kind);
    }

    [Fact]
    public void A_server_without_tls_is_refused_or_taken_as_sslmode_says()
    {
        Action<Stream> withoutTls = stream =>
        {
            Assert.Equal([4, 210, 22, 47], FakeServer.ReadStartup(stream));
            stream.WriteByte((byte)'N');
            _ = FakeServer.ReadStartup(stream);
            stream.Write(FakeServer.Welcome());
        };
        using (var server = new FakeServer(withoutTls))
        {
            HostSearch.Open(server.Target("sslmode=prefer"), StartupParameters.None, CancellationToken.None).Dispose();
        }

        PureDumpException error = Refused(withoutTls, "sslmode=require");
        Assert.Equal(ErrorKind.Tls, error.Kind);
        Assert.Contains("does not speak TLS", error.Message);
    }

    [Theory]
    [InlineData("E", ErrorKind.Tls, "with an error")]
    [InlineData("x", ErrorKind.Protocol, "answered the request for TLS with 'x'")]
    [InlineData("", ErrorKind.Connection, "closed the connection when asked for TLS")]
    [InlineData("S", ErrorKind.Tls, "the TLS handshake failed")]
    [InlineData("SThis is not a handshake, and it is long enough to be read as one.", ErrorKind.Tls, "the TLS handshake failed")]
    public void A_wrong_answer_to_the_request_for_tls_is_named(string answer, ErrorKind kind, string expected)
    {
        PureDumpException error = Refused(
            stream =>
            {
                _ = FakeServer.ReadStartup(stream);
                stream.Write(Encoding.ASCII.GetBytes(answer));
            },
            "sslmode=require");

        Assert.Equal(kind, error.Kind);
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void An_unprotected_error_text_before_tls_is_not_shown()
    {
        PureDumpException error = Refused(
            stream =>
            {
                _ = FakeServer.ReadStartup(stream);
                stream.Write(FakeServer.Error("28000", "call this number"));
            },
            "sslmode=require");

        Assert.DoesNotContain("call this number", error.Message);
    }

    [Fact]
    public void A_refused_login_is_tried_without_tls_only_where_another_line_of_pg_hba_may_fit()
    {
        int wrongPassword = CountOf("28P01");
        int noEntry = CountOf("28000");

        Assert.Equal(1, wrongPassword);
        Assert.Equal(2, noEntry);

        static int CountOf(string sqlState)
        {
            using var server = new FakeServer(stream =>
            {
                byte[] first = FakeServer.ReadStartup(stream);
                if (first.Length == 4)
                {
                    stream.WriteByte((byte)'N');
                    _ = FakeServer.ReadStartup(stream);
                }

                stream.Write(FakeServer.Error(sqlState, "no"));
            });
            Assert.Throws<PureDumpException>(() =>
                HostSearch.Open(server.Target("sslmode=prefer"), StartupParameters.None, CancellationToken.None));
            return server.ConnectionCount;
        }
    }

    [Fact]
    public void Any_bytes_of_a_server_end_in_a_connection_or_a_named_error()
    {
        byte[] welcome = FakeServer.Welcome();
        byte[] sasl = FakeServer.Authentication(10, "SCRAM-SHA-256\0\0");
        byte[] sasl2 = FakeServer.Authentication(11, "r=x,s=AAAA,i=4096");
        byte[] current = [];
        using var server = new FakeServer(stream =>
        {
            _ = FakeServer.ReadStartup(stream);
            stream.Write(current);
        });
        ConnectionTarget target = server.Target();
        var random = new Random(20260103);
        for (int round = 0; round < 2000; round++)
        {
            byte[] bytes = (round % 4) switch
            {
                0 => new byte[random.Next(64)],
                1 => [.. sasl, .. sasl2, .. welcome],
                2 => [.. FakeServer.Authentication(5, 1, 2, 3, 4), .. welcome],
                _ => [.. welcome],
            };
            if (round % 4 == 0)
            {
                random.NextBytes(bytes);
            }
            else
            {
                for (int change = random.Next(4); change >= 0; change--)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                bytes = bytes[..random.Next(bytes.Length + 1)];
            }

            current = bytes;
            try
            {
                HostSearch.Open(target, StartupParameters.None, CancellationToken.None).Dispose();
            }
            catch (PureDumpException error)
            {
                Assert.True(
                    error.Kind is ErrorKind.Connection or ErrorKind.Protocol or ErrorKind.Authentication or ErrorKind.Server,
                    $"round {round}, {Convert.ToHexString(bytes)}: {error}");
            }
        }
    }

    private static Action<Stream> After(byte[] answer) => stream =>
    {
        _ = FakeServer.ReadStartup(stream);
        stream.Write(answer);
    };

    private static PureDumpException Refused(Action<Stream> script, string conninfo = "")
    {
        using var server = new FakeServer(script);
        ConnectionTarget target = server.Target(conninfo);
        return Assert.Throws<PureDumpException>(() => HostSearch.Open(target, StartupParameters.None, CancellationToken.None));
    }

    private static PureDumpException Protocol(Action<Stream> script)
    {
        PureDumpException error = Refused(script);
        Assert.Equal(ErrorKind.Protocol, error.Kind);
        return error;
    }
}
