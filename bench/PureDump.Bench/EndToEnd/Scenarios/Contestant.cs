using PureDump.Bench.EndToEnd.Measure;

namespace PureDump.Bench.EndToEnd.Scenarios;

/// <summary>What a run took, and what it left.</summary>
/// <param name="Figures">What it took.</param>
/// <param name="OutBytes">The size of what was written; null where nothing was.</param>
internal sealed record Outcome(Figures Figures, long? OutBytes = null);

/// <summary>Somebody who does the work of a scenario.</summary>
/// <param name="Label">As it stands in the results.</param>
/// <param name="Run">Does it; the figures are of that alone.</param>
internal sealed record Contestant(string Label, Func<Outcome> Run)
{
    /// <summary>Done before each run, outside of the time.</summary>
    public Action Prepare { get; init; } = static () => { };

    /// <summary>Done after each run, outside of the time: looks at the result, and removes it.</summary>
    public Action Finish { get; init; } = static () => { };
}

/// <summary>Something to be done, and those who do it in turn.</summary>
/// <param name="Name">As it stands in the results.</param>
/// <param name="Description">For the reader of the report.</param>
/// <param name="Contestants">In the order of their turns.</param>
internal sealed record Scenario(string Name, string Description, IReadOnlyList<Contestant> Contestants)
{
    /// <summary>How many rows go through; null where it is not about rows.</summary>
    public long? RowCount { get; init; }

    /// <summary>Runs for each round: more where a run is too short for one to say much.</summary>
    public int RunsPerRound { get; init; } = 1;

    /// <summary>The label of the one that the others are compared with; the first one where it is not there.</summary>
    public string? Base { get; init; }

    /// <summary>Who is not there, and why.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];
}
