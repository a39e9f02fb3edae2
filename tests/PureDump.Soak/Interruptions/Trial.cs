using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using PureDump.TestSupport;
using Xunit.Sdk;

namespace PureDump.Soak.Interruptions;

/// <summary>One run to which something happens at one moment, what it leaves, and the run after it.</summary>
/// <param name="surroundings">Where.</param>
/// <param name="command">What is run.</param>
/// <param name="fault">What happens.</param>
/// <param name="undisturbed">What the moment is drawn from.</param>
/// <param name="random">What it is drawn with.</param>
/// <param name="isCompared">The archive that the run after it makes is restored and compared; else it is only read.</param>
internal sealed partial class Trial(
    Surroundings surroundings, TransferCommand command, Fault fault, Undisturbed undisturbed, Random random, bool isCompared)
{
    private const int PatienceMs = 60_000;

    private readonly bool _isThere = random.Next(2) == 0;
    private readonly double _fraction = random.NextDouble();
    private readonly bool _isCut = random.Next(2) == 0;
    private readonly bool _isSource = random.Next(2) == 0;
    private readonly List<string> _faults = [];

    /// <summary>What was wrong, with the moment; empty if nothing was.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>False where the run was over before anything happened to it, or had not begun.</summary>
    public bool IsHit { get; private set; }

    // Where a command has but one side, it is that.
    private bool IsSource => command.HasSource && (_isSource || !command.HasTarget);

    private string Moment => string.Create(
        CultureInfo.InvariantCulture,
        $"at {_fraction:0.0000} of {undisturbed.Length.TotalMilliseconds:0} ms{(fault == Fault.LostConnection ? LostSide : "")}");

    private string LostSide => $", {(_isCut ? "cut" : "terminated")} at the {(IsSource ? "source" : "target")}";

    /// <summary>Runs it.</summary>
    public void Run()
    {
        using TransferTarget target = command.MakeTarget(_isThere);
        try
        {
            Disturb(target);
            Again(target);
        }
        catch (XunitException e)
        {
            _faults.Add(e.Message);
        }
    }

    [GeneratedRegex(@"^puredump: (dumped database|restored into|copied database)", RegexOptions.Multiline)]
    private static partial Regex SuccessLine();

    private void Disturb(TransferTarget target)
    {
        bool isCut = fault == Fault.LostConnection && _isCut;
        long byteCount = (long)(_fraction * (IsSource ? undisturbed.SourceByteCount : undisturbed.TargetByteCount));
        using CuttingProxy? proxy = isCut ? new CuttingProxy(surroundings.Server, byteCount) : null;
        Route direct = Route.To(surroundings.Server);
        Route lossy = proxy is null ? direct : Route.Through(proxy);
        long begun = Stopwatch.GetTimestamp();
        using PureDumpProcess process = command.Start(target, IsSource ? lossy : direct, IsSource ? direct : lossy, isAgain: false);
        try
        {
            if (!isCut)
            {
                AwaitMoment(process, begun);
                Happen(process, target);
            }

            int exitCode = process.WaitForExit(PatienceMs);

            // To look at what is there takes the server some room, too.
            FreeDisk();
            Judge(process, exitCode, target);
        }
        finally
        {
            FreeDisk();
        }
    }

    private void FreeDisk()
    {
        if (fault == Fault.FullDisk)
        {
            surroundings.Disk!.Free();
        }
    }

    // A signal that comes before the program has asked for it is not its to answer.
    private void AwaitMoment(PureDumpProcess process, long begun)
    {
        TimeSpan moment = _fraction * undisturbed.Length;
        bool isHandled = fault is Fault.Interrupt or Fault.Terminate;
        const ulong signals = ProcessSignals.Interrupt | ProcessSignals.Terminate;
        while (!process.HasExited
            && (Stopwatch.GetElapsedTime(begun) < moment || (isHandled && !ProcessSignals.AreCaught(process.Id, signals))))
        {
            Thread.Sleep(1);
        }
    }

    private void Happen(PureDumpProcess process, TransferTarget target)
    {
        switch (fault)
        {
            case Fault.FullDisk:
                surroundings.Disk!.Fill();
                break;
            case Fault.LostConnection:
                string database = IsSource ? surroundings.Source : ((DatabaseTarget)target).Name;
                surroundings.Server.Execute(
                    "postgres",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        + $"WHERE application_name = 'puredump' AND datname = '{database}'");
                break;
            default:
                // It may have ended by itself this very moment.
                Command.Run("kill", [$"-{fault.Signal()}", $"{process.Id}"]);
                break;
        }
    }

    private void Judge(PureDumpProcess process, int exitCode, TransferTarget target)
    {
        if (surroundings.SessionLeft() is { } left)
        {
            Add(left, process.Error);
        }

        if (exitCode == 0)
        {
            AddAll(target.FaultsOfFinished(isCompared: false), process.Error);
            return;
        }

        // The signal came while the runtime still started, and did what it does to any process.
        bool isUnheard = fault is Fault.Interrupt or Fault.Terminate
            && exitCode == fault.SignalExitCode() && process.Error.Trim().Length == 0;
        IsHit = !isUnheard;
        AddAll(target.FaultsOfUnfinished(fault == Fault.Kill || isUnheard), process.Error);
        if (fault != Fault.Kill && IsHit)
        {
            AddAll(FaultsOfEnd(exitCode, process.Error), process.Error);
        }
        else if (fault == Fault.Kill && exitCode != fault.SignalExitCode())
        {
            Add($"exit code {exitCode}", process.Error);
        }
    }

    // The exit codes and lines of README.
    private IEnumerable<string> FaultsOfEnd(int exitCode, string error)
    {
        int[] due = fault switch
        {
            Fault.Interrupt or Fault.Terminate => [130],
            Fault.LostConnection => [4],
            _ => command.HasTarget ? [1, 8] : [16],
        };
        if (!due.Contains(exitCode))
        {
            yield return $"exit code {exitCode} in place of {string.Join(" or ", due)}";
        }

        string word = fault switch
        {
            Fault.Interrupt or Fault.Terminate => "interrupted",
            Fault.FullDisk => "space",
            _ => "connection",
        };
        if (!error.Contains(word, StringComparison.OrdinalIgnoreCase))
        {
            yield return $"no line with '{word}'";
        }

        if (error.Contains("unexpected error", StringComparison.Ordinal) || error.Contains("\n   at ", StringComparison.Ordinal))
        {
            yield return "a fault of the program";
        }

        if (SuccessLine().IsMatch(error))
        {
            yield return "a line that says it went well";
        }
    }

    private void Again(TransferTarget target)
    {
        target.MakeWay();
        Route direct = Route.To(surroundings.Server);
        long begun = Stopwatch.GetTimestamp();
        using PureDumpProcess process = command.Start(target, direct, direct, isAgain: true);
        int exitCode = process.WaitForExit(PatienceMs);
        undisturbed.Add(Stopwatch.GetElapsedTime(begun));
        if (exitCode != 0)
        {
            Add($"the next run exits with {exitCode}", process.Error);
            return;
        }

        AddAll(target.FaultsOfFinished(isCompared), process.Error);
    }

    private void AddAll(IEnumerable<string> faults, string error)
    {
        foreach (string one in faults)
        {
            Add(one, error);
        }
    }

    private void Add(string text, string error) => _faults.Add($"{Moment}: {text}; it said: {error.Trim()}");
}
