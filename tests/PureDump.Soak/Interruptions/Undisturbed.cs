using System.Diagnostics;
using PureDump.TestSupport;

namespace PureDump.Soak.Interruptions;

/// <summary>How long a command takes when nothing happens to it, and how much goes to and fro: what moments are drawn from.</summary>
internal sealed class Undisturbed
{
    // The machine has other work at times: of the last ones the middle counts.
    private const int LengthCount = 5;

    private readonly Queue<TimeSpan> _lengths = new();

    private Undisturbed()
    {
    }

    /// <summary>From the start of the process to its end.</summary>
    public TimeSpan Length => _lengths.Order().ElementAt(_lengths.Count / 2);

    /// <summary>To and from the server that is read.</summary>
    public long SourceByteCount { get; private init; }

    /// <summary>To and from the server that is written.</summary>
    public long TargetByteCount { get; private init; }

    /// <summary>Runs a command for it.</summary>
    public static Undisturbed Of(TransferCommand command, Surroundings surroundings)
    {
        using var source = new CuttingProxy(surroundings.Server, long.MaxValue);
        using var into = new CuttingProxy(surroundings.Server, long.MaxValue);
        using TransferTarget target = command.MakeTarget(isThere: false);
        long begun = Stopwatch.GetTimestamp();
        using PureDumpProcess process = command.Start(target, Route.Through(source), Route.Through(into), isAgain: false);
        int exitCode = process.WaitForExit();
        var undisturbed = new Undisturbed
        {
            SourceByteCount = long.MaxValue - source.LeftCount,
            TargetByteCount = long.MaxValue - into.LeftCount,
        };
        undisturbed.Add(Stopwatch.GetElapsedTime(begun));
        string[] faults = [.. exitCode == 0 ? target.FaultsOfFinished(isCompared: true) : [process.Error]];
        return faults.Length == 0
            ? undisturbed
            : throw new InvalidOperationException($"{command.Name} fails undisturbed: {string.Join("; ", faults)}");
    }

    /// <summary>Takes another one into account.</summary>
    public void Add(TimeSpan length)
    {
        _lengths.Enqueue(length);
        if (_lengths.Count > LengthCount)
        {
            _lengths.Dequeue();
        }
    }
}
