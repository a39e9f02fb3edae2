using System.Diagnostics;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Fixture;

/// <summary>The locks around things fetched once do not outlive their holder's work.</summary>
public sealed class TestCacheTests
{
    /// <summary>Servers are started while other tests hold the lock, and live on; they once kept it and every later test waited.</summary>
    [Fact]
    public async Task A_lock_is_free_again_while_a_process_started_meanwhile_lives_on()
    {
        string name = $"lock-{Guid.NewGuid():N}";
        Process? started = null;
        try
        {
            TestCache.Locked(name, () => started = Process.Start("sleep", "600"));

            var again = Task.Run(() => TestCache.Locked(name, () => { }), TestContext.Current.CancellationToken);
            await again.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
        finally
        {
            started!.Kill();
            started.Dispose();
            File.Delete(Path.Combine(TestCache.Root, name + ".lock"));
        }
    }
}
