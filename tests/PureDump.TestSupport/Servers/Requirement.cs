using Xunit;

namespace PureDump.TestSupport;

/// <summary>What a test needs from the machine: missing, it is skipped at home with the reason, and fails in CI.</summary>
public static class Requirement
{
    /// <summary>Whether this is a CI run (variable CI), where everything a test needs must be there.</summary>
    public static bool IsCi { get; } = Environment.GetEnvironmentVariable("CI") is "true" or "1";

    /// <summary>What <paramref name="get"/> returns; skips or fails if it throws <see cref="ServerUnavailableException"/>.</summary>
    public static T Met<T>(Func<T> get)
    {
        try
        {
            return get();
        }
        catch (ServerUnavailableException missing) when (!IsCi)
        {
            Assert.Skip(missing.Message);
            throw;
        }
    }

    /// <summary>Skips (or in CI fails) the test unless <paramref name="condition"/> holds.</summary>
    /// <param name="condition">What the test needs.</param>
    /// <param name="reason">What is missing, and where to get it.</param>
    public static void That(bool condition, string reason) => Met(() => condition ? true : throw new ServerUnavailableException(reason));

    /// <summary>A server of this test's own, skipped or failed like <see cref="ServerPool.Get"/>; the test disposes it.</summary>
    public static PostgresServer OwnServer(int major, ServerOptions? options = null) =>
        Met(() => PostgresServer.Start(major, options ?? ServerOptions.Default));
}
