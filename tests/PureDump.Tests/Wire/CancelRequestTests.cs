using System.Diagnostics;
using PureDump.Postgres.Wire;

namespace PureDump.Tests.Wire;

/// <summary>A request to cancel is sent or is not, and nobody waits for it for long.</summary>
public sealed class CancelRequestTests
{
    [Fact]
    public void A_request_shows_the_secret_on_a_connection_of_its_own()
    {
        byte[] request = [];
        bool isFirst = true;
        using var server = new FakeServer(stream =>
        {
            if (isFirst)
            {
                isFirst = false;
                Welcome(stream);
            }
            else
            {
                request = FakeServer.ReadStartup(stream);
            }
        });
        using StartedConnection connection = HostSearch.Open(server.Target(), StartupParameters.None, CancellationToken.None);

        CancelRequest.Send(connection);

        Assert.Equal([0x04, 0xd2, 0x16, 0x2e, 0, 0, 0, 7, 1, 2, 3, 4], request);
    }

    [Fact]
    public void A_server_that_does_not_take_the_request_is_left_after_a_second()
    {
        bool isFirst = true;
        using var server = new FakeServer(stream =>
        {
            if (isFirst)
            {
                isFirst = false;
                Welcome(stream);
            }
            else
            {
                stream.ReadExactly(new byte[1 << 20]);
            }
        });
        using StartedConnection connection = HostSearch.Open(server.Target(), StartupParameters.None, CancellationToken.None);
        var clock = Stopwatch.StartNew();

        CancelRequest.Send(connection);

        Assert.InRange(clock.ElapsedMilliseconds, 900, 10_000);
    }

    [Fact]
    public void A_server_that_is_gone_is_no_error()
    {
        StartedConnection connection;
        using (var server = new FakeServer(Welcome))
        {
            connection = HostSearch.Open(server.Target(), StartupParameters.None, CancellationToken.None);
        }

        using (connection)
        {
            CancelRequest.Send(connection);
        }
    }

    [Fact]
    public void A_server_that_gave_no_secret_is_not_asked()
    {
        using var server = new FakeServer(static stream =>
        {
            _ = FakeServer.ReadStartup(stream);
            stream.Write([.. FakeServer.Authentication(0), .. FakeServer.Message('Z', (byte)'I')]);
        });
        using StartedConnection connection = HostSearch.Open(server.Target(), StartupParameters.None, CancellationToken.None);

        CancelRequest.Send(connection);

        Assert.Equal(1, server.ConnectionCount);
    }

    private static void Welcome(Stream stream)
    {
        _ = FakeServer.ReadStartup(stream);
        stream.Write(FakeServer.Welcome());
    }
}
