using System.Diagnostics;
using PureDump.Formats.Errors;

namespace PureDump.ServerTests.Transfer;

/// <summary>Runs that must come to an end by themselves: one that hangs fails its test instead of stopping all of them.</summary>
internal static class Bounded
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    /// <summary>What <paramref name="action"/> ends with; null where it succeeds.</summary>
    public static Exception? Outcome(Action action)
    {
        Exception? outcome = null;
        var thread = new Thread(() => outcome = Record.Exception(action)) { IsBackground = true, Name = "bounded" };
        thread.Start();
        Assert.True(thread.Join(s_patience), $"still running after {s_patience.TotalSeconds} seconds");
        return outcome;
    }

    /// <summary>The error of PureDump that <paramref name="action"/> ends with.</summary>
    public static PureDumpException Fails(Action action) => Assert.IsType<PureDumpException>(Outcome(action));

    /// <summary>The error of the expected kind that <paramref name="action"/> ends with.</summary>
    public static PureDumpException Fails(ErrorKind kind, Action action)
    {
        PureDumpException error = Fails(action);
        Assert.True(error.Kind == kind, $"expected {kind}, got {error.Kind}: {error}");
        return error;
    }

    /// <summary>Waits until something is so.</summary>
    public static void WaitFor(string what, Func<bool> isSo)
    {
        long begun = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < s_patience, $"not within {s_patience.TotalSeconds} seconds: {what}");
            Thread.Sleep(20);
        }
    }
}
