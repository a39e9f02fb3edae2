using System.Runtime.ExceptionServices;
using Xunit;
using Xunit.Sdk;

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

    /// <summary>
    /// <see cref="Assert.All{T}(IEnumerable{T}, Action{T})"/> for cases that need something of the machine: where it is missing the
    /// test is skipped, which the other takes for a failure of the case. A case that failed counts more.
    /// </summary>
    public static void All<T>(IEnumerable<T> cases, Action<T> check)
    {
        SkipException? skip = null;
        Assert.All(cases, one =>
        {
            try
            {
                check(one);
            }
            catch (SkipException missing)
            {
                skip ??= missing;
            }
        });
        if (skip is not null)
        {
            ExceptionDispatchInfo.Throw(skip);
        }
    }

    /// <summary>A server of this test's own, skipped or failed like <see cref="ServerPool.Get"/>; the test disposes it.</summary>
    public static PostgresServer OwnServer(int major, ServerOptions? options = null) =>
        Met(() => PostgresServer.Start(major, options ?? ServerOptions.Default));
}
