using PureDump.Engine.Replay;
using PureDump.Formats.Errors;
using PureDump.Tests.Wire;

namespace PureDump.Tests.Replay;

/// <summary>The connection of a replay.</summary>
public sealed class ReplaySessionTests
{
    [Fact]
    public void A_connection_that_cannot_be_set_up_is_closed_at_once()
    {
        using var isClosed = new ManualResetEventSlim();
        using var server = new FakeServer(stream =>
        {
            _ = FakeServer.ReadStartup(stream);
            stream.Write(FakeServer.Welcome());
            _ = FakeServer.ReadMessage(stream);
            stream.Write([.. FakeServer.Failure("42501", "permission denied"), .. FakeServer.Message('Z', (byte)'I')]);
            while (stream.ReadByte() >= 0)
            {
                // Up to the end.
            }

            isClosed.Set();
        });
        var request = new ReplayRequest { Target = server.Target(), Steps = [], RequiresEnds = true };
        using var session = new ReplaySession(request, static _ => { }, CancellationToken.None);

        PureDumpException error = Assert.Throws<PureDumpException>(session.Open);

        Assert.Equal("42501", error.SqlState);
        Assert.False(session.IsOpen);
        Assert.True(isClosed.Wait(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken), "the connection is still open");
    }
}
