using System.Globalization;
using PureDump.TestSupport;

namespace PureDump.Soak.Interruptions;

/// <summary>
/// A dump, restore or copy that is killed, interrupted, runs out of room or loses its connection at a random moment leaves nothing that
/// looks finished and no half of an entry, says so in a clear line, and is followed by a run that succeeds.
/// </summary>
internal static class InterruptionMatrix
{
    // Of 640 bytes and more.
    private const int RowCount = 30_000;
    private const int SampleRowCount = 6_000;

    // Of one cell: the others are alike.
    private const int ShownFailureCountMax = 2;

    private static readonly Fault[] s_faults = Enum.GetValues<Fault>();

    /// <summary>So many moments for each command and fault.</summary>
    public static MatrixReport Run(MatrixRequest request)
    {
        var report = new MatrixReport();
        using var surroundings = new Surroundings(request.Major, RowCount);
        if (surroundings.Disk is null)
        {
            report.Notes.Add("ENOSPC was left out: only root can mount a small file system, and where that is allowed.\n");
        }

        report.Notes.Add("A count is of runs that were hit; behind the plus, of those that were over before.");
        report.Notes.Add($"The program was {(TestedProgram.Words.Length == 1 ? "the native executable" : "the build for debugging")}.");
        foreach (TransferCommand command in Commands(surroundings))
        {
            Undisturbed? undisturbed = null;
            foreach (Fault fault in s_faults.Where(fault => fault != Fault.FullDisk || surroundings.Disk is not null))
            {
                string name = $"{command.Name}, {fault.Name()}";
                if (name.Contains(request.Case, StringComparison.Ordinal))
                {
                    undisturbed ??= Undisturbed.Of(command, surroundings);
                    RunCell(surroundings, command, fault, undisturbed, request, report, name);
                }
            }
        }

        return report;
    }

    /// <summary>One moment for each fault, each time of another command, drawn from the seed.</summary>
    /// <returns>What was wrong.</returns>
    public static IReadOnlyList<string> Sample(int seed, int major)
    {
        using var surroundings = new Surroundings(major, SampleRowCount);
        TransferCommand[] commands = Commands(surroundings);
        new Random(seed).Shuffle(commands);
        var faults = new List<string>();
        foreach ((int index, Fault fault) in s_faults.Index().Where(pair => pair.Item != Fault.FullDisk || surroundings.Disk is not null))
        {
            TransferCommand command = commands[index];
            Trial trial = new(
                surroundings, command, fault, Undisturbed.Of(command, surroundings), RandomOf(seed, command, fault, 0), isCompared: true);
            trial.Run();
            faults.AddRange(trial.Faults.Select(text => $"{command.Name}, {fault.Name()}, seed {seed}: {text}"));
        }

        return faults;
    }

    private static TransferCommand[] Commands(Surroundings surroundings) =>
    [
        new DumpCommand(surroundings, "pdump", 4),
        new DumpCommand(surroundings, "custom", 1),
        new DumpCommand(surroundings, "directory", 4),
        new RestoreCommand(surroundings, isPipe: false, 1),
        new RestoreCommand(surroundings, isPipe: false, 4),
        new RestoreCommand(surroundings, isPipe: true, 1),
        new RestoreCommand(surroundings, isPipe: true, 4),
        new CopyCommand(surroundings, 4),
    ];

    private static void RunCell(
        Surroundings surroundings,
        TransferCommand command,
        Fault fault,
        Undisturbed undisturbed,
        MatrixRequest request,
        MatrixReport report,
        string name)
    {
        int hitCount = 0;
        int failureCount = 0;
        int trialCount = 0;

        // Moments near the end come too late at times; where all do, something else is wrong.
        for (; hitCount < request.Count && trialCount < (3 * request.Count) + 10; trialCount++)
        {
            Trial trial = new(
                surroundings, command, fault, undisturbed, RandomOf(request.Seed, command, fault, trialCount), isCompared: trialCount == 0);
            trial.Run();
            hitCount += trial.IsHit ? 1 : 0;
            failureCount += trial.Faults.Count > 0 ? 1 : 0;
            foreach (string text in trial.Faults)
            {
                string line = $"{name}, seed {request.Seed}, trial {trialCount} {text}";
                request.Tell(line);
                if (failureCount <= ShownFailureCountMax)
                {
                    report.Failures.Add(line);
                }
            }
        }

        if (hitCount < request.Count)
        {
            failureCount++;
            report.Failures.Add($"{name}, seed {request.Seed}: only {hitCount} of {trialCount} runs were hit");
        }

        report.FailureCount += failureCount;
        string count = string.Create(CultureInfo.InvariantCulture, $"{hitCount} +{trialCount - hitCount}");
        report.Set(command.Name, fault.Name(), failureCount == 0 ? count : $"{count}, {failureCount} failed");
        request.Tell($"{name}: {report.Count(command.Name, fault.Name())}");
    }

    // The same whatever other cases ran before.
    private static Random RandomOf(int seed, TransferCommand command, Fault fault, int trial) =>
        new(command.Name.Aggregate(unchecked((seed * 397) ^ ((int)fault * 7919) ^ (trial * 104_729)), static (sum, c) => (sum * 31) ^ c));
}
