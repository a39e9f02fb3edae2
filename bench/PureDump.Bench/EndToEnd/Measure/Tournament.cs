using PureDump.Bench.EndToEnd.Scenarios;

namespace PureDump.Bench.EndToEnd.Measure;

/// <summary>How often, and on what state of the machine.</summary>
/// <param name="RoundCount">How often each contestant is measured; times the scenario's runs for each round.</param>
/// <param name="WithWarmUp">Whether each runs once before, unmeasured.</param>
/// <param name="IsCold">Whether each run begins with empty caches.</param>
internal sealed record Rounds(int RoundCount, bool WithWarmUp, bool IsCold);

/// <summary>Lets the contestants of a scenario take turns: A B C A B C, so that a machine that gets slower does so for all.</summary>
internal static class Tournament
{
    /// <summary>Runs them all.</summary>
    /// <param name="setting">Has the server that is prepared before each run.</param>
    /// <param name="scenario">Who runs.</param>
    /// <param name="rounds">How often.</param>
    /// <param name="say">Told of each run.</param>
    /// <param name="cancellation">Looked at between two runs.</param>
    /// <exception cref="BenchException">A run failed.</exception>
    public static IReadOnlyList<RunRecord> Run(
        Setting setting, Scenario scenario, Rounds rounds, Action<string> say, CancellationToken cancellation)
    {
        var records = new List<RunRecord>();
        int last = rounds.RoundCount * scenario.RunsPerRound;
        for (int round = rounds.WithWarmUp ? 0 : 1; round <= last; round++)
        {
            foreach (Contestant contestant in scenario.Contestants)
            {
                cancellation.ThrowIfCancellationRequested();
                Outcome outcome = RunOne(setting, contestant, rounds.IsCold);
                if (round > 0)
                {
                    records.Add(
                        new RunRecord(
                            setting.Dataset.Name,
                            scenario.Name,
                            contestant.Label,
                            round,
                            outcome.Figures,
                            outcome.OutBytes,
                            scenario.RowCount));
                }

                // Of hundreds of short runs nobody wants to read.
                if (scenario.RunsPerRound == 1)
                {
                    say($"{scenario.Name} {(round == 0 ? "warm-up" : $"round {round}")}: {contestant.Label}: {outcome.Figures.WallS:F3} s");
                }
            }
        }

        return records;
    }

    private static Outcome RunOne(Setting setting, Contestant contestant, bool isCold)
    {
        contestant.Prepare();
        setting.Server.Checkpoint();
        if (isCold)
        {
            setting.Server.Cool();
        }

        Outcome outcome = contestant.Run();
        contestant.Finish();
        return outcome;
    }
}
