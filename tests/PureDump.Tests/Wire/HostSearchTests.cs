using System.Diagnostics;
using System.Text;
using PureDump.Formats.Errors;
using PureDump.Postgres.Connection;
using PureDump.Postgres.Wire;

namespace PureDump.Tests.Wire;

/// <summary>Which of several hosts a run ends up on, and what is told where none will do.</summary>
public sealed class HostSearchTests
{
    // A server before 14 does not say what it is, and has to be asked.
    private static readonly byte[] s_oldWelcome =
    [
        .. FakeServer.Authentication(0),
        .. FakeServer.Parameter("server_version", "13.22"),
        .. FakeServer.Message('Z', (byte)'I'),
    ];

    [Fact]
    public void The_next_host_is_asked_when_one_is_not_there_or_does_not_suit()
    {
        using var starting = new FakeServer(Answering(FakeServer.Error("57P03", "the database system is starting up")));
        using var primary = new FakeServer(Answering(FakeServer.Welcome()));
        string welcome = Encoding.Latin1.GetString(FakeServer.Welcome());
        byte[] standbyWelcome = Encoding.Latin1.GetBytes(welcome.Replace("\x17in_hot_standby\0off", "\x16in_hot_standby\0on"));
        using var standby = new FakeServer(Answering(standbyWelcome));

        Assert.Equal(standby.Port, Found("standby"));
        Assert.Equal(standby.Port, Found("prefer-standby"));
        Assert.Equal(primary.Port, Found("primary"));
        Assert.Equal(primary.Port, Found("any"));

        int Found(string attributes)
        {
            string ports = $"1,{starting.Port},{primary.Port},{standby.Port}";
            ConnectionTarget target = primary.Target(
                $"host=127.0.0.1,127.0.0.1,127.0.0.1,127.0.0.1 port={ports} target_session_attrs={attributes}");
            using StartedConnection connection = HostSearch.Open(target, StartupParameters.None, CancellationToken.None);
            return connection.Server.Host.Port;
        }
    }

    [Fact]
    public void A_refused_login_ends_the_search_for_a_host()
    {
        using var refusing = new FakeServer(Answering(FakeServer.Error("28P01", "wrong password")));
        using var other = new FakeServer(Answering(FakeServer.Welcome()));
        ConnectionTarget target = other.Target($"host=127.0.0.1,127.0.0.1 port={refusing.Port},{other.Port}");

        Assert.Equal(
            ErrorKind.Authentication,
            Assert.Throws<PureDumpException>(() => HostSearch.Open(target, StartupParameters.None, CancellationToken.None)).Kind);
        Assert.Equal(0, other.ConnectionCount);
    }

    [Fact]
    public void When_no_host_will_do_all_reasons_are_given()
    {
        using var starting = new FakeServer(Answering(FakeServer.Error("57P03", "the database system is starting up")));
        ConnectionTarget target = starting.Target($"host=127.0.0.1,127.0.0.1,/nonexistent port={starting.Port},1,2");
        PureDumpException error = Assert.Throws<PureDumpException>(
            () => HostSearch.Open(target, StartupParameters.None, CancellationToken.None));

        Assert.Equal(ErrorKind.Connection, error.Kind);
        Assert.Contains("starting up", error.Message);
        Assert.Contains("port 1 failed: connection refused", error.Message);
        Assert.Contains("on socket \"/nonexistent/.s.PGSQL.2\"", error.Message);
    }

    [Theory]
    [InlineData("primary", "SELECT pg_catalog.pg_is_in_recovery()")]
    [InlineData("read-write", "SHOW transaction_read_only")]
    public void A_server_that_says_nothing_of_itself_is_asked(string attributes, string question)
    {
        string asked = "";
        using var server = new FakeServer(stream =>
        {
            _ = FakeServer.ReadStartup(stream);
            stream.Write(s_oldWelcome);
            asked = Encoding.ASCII.GetString(FakeServer.ReadMessage(stream)).TrimEnd('\0');
            stream.Write([.. FakeServer.Message('D', 0, 1, 0, 0, 0, 1, (byte)'f'), .. FakeServer.Message('Z', (byte)'I')]);
        });

        HostSearch.Open(server.Target($"target_session_attrs={attributes}"), StartupParameters.None, CancellationToken.None).Dispose();

        Assert.Equal(question, asked);
    }

    [Fact]
    public void A_server_that_falls_silent_when_it_is_asked_runs_into_the_time_out()
    {
        using var server = new FakeServer(SilentAfterLogin);
        var clock = Stopwatch.StartNew();

        PureDumpException error = Refused(server.Target("target_session_attrs=primary connect_timeout=1"), CancellationToken.None);

        Assert.Equal(ErrorKind.Connection, error.Kind);
        Assert.Contains("no connection within 1 seconds (connect_timeout)", error.Message, StringComparison.Ordinal);
        Assert.InRange(clock.ElapsedMilliseconds, 900, 15_000);
    }

    [Fact]
    public void A_search_can_be_cancelled_while_a_server_is_asked()
    {
        using var server = new FakeServer(SilentAfterLogin);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        PureDumpException error = Refused(server.Target("target_session_attrs=primary"), cancellation.Token);

        Assert.Equal(ErrorKind.Cancelled, error.Kind);
    }

    [Fact]
    public void A_connection_whose_server_cannot_answer_is_closed()
    {
        using var isClosed = new ManualResetEventSlim();
        using var server = new FakeServer(stream =>
        {
            _ = FakeServer.ReadStartup(stream);
            stream.Write(s_oldWelcome);
            _ = FakeServer.ReadMessage(stream);
            stream.Write([.. FakeServer.Failure("42501", "permission denied"), .. FakeServer.Message('Z', (byte)'I')]);
            if (stream.ReadByte() < 0)
            {
                isClosed.Set();
            }
        });

        PureDumpException error = Refused(server.Target("target_session_attrs=primary"), CancellationToken.None);

        Assert.Equal("42501", error.SqlState);
        Assert.True(isClosed.Wait(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken), "the connection is still open");
    }

    private static Action<Stream> Answering(byte[] answer) => stream =>
    {
        _ = FakeServer.ReadStartup(stream);
        stream.Write(answer);
    };

    private static void SilentAfterLogin(Stream stream)
    {
        _ = FakeServer.ReadStartup(stream);
        stream.Write(s_oldWelcome);
        stream.ReadExactly(new byte[1 << 20]);
    }

    private static PureDumpException Refused(ConnectionTarget target, CancellationToken cancellation) =>
        Assert.Throws<PureDumpException>(() => HostSearch.Open(target, StartupParameters.None, cancellation));
}
