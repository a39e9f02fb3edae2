using System.Text.Json;
using PureDump.Bench.EndToEnd.Measure;

namespace PureDump.Bench.EndToEnd.Report;

/// <summary>A database that was measured.</summary>
/// <param name="Name">Of the data set.</param>
/// <param name="Description">What is in it at scale 1.</param>
/// <param name="Scale">Its scale.</param>
/// <param name="HasUsualScale">Whether that is the one it has by itself.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="RowCount">The rows of all tables.</param>
/// <param name="DatabaseBytes">On disk, with indexes and the catalog.</param>
internal sealed record MeasuredDataset(
    string Name,
    string Description,
    double Scale,
    bool HasUsualScale,
    ulong Seed,
    long RowCount,
    long DatabaseBytes);

/// <summary>What was done to one of them.</summary>
/// <param name="Dataset">The data set.</param>
/// <param name="Name">Of the scenario.</param>
/// <param name="Description">What was done.</param>
/// <param name="Contestants">By whom, in order.</param>
/// <param name="Base">Whom the others are compared with.</param>
/// <param name="LeftOut">Who did not take part, and why.</param>
internal sealed record MeasuredScenario(
    string Dataset, string Name, string Description, IReadOnlyList<string> Contestants, string Base, IReadOnlyList<string> LeftOut);

/// <summary>All that is known after a bench: what results.json holds.</summary>
internal sealed record Results
{
    private static readonly JsonSerializerOptions s_layout = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    public required DateTimeOffset Begin { get; init; }

    public required Machine Machine { get; init; }

    /// <summary>What the server says of its version.</summary>
    public required string Server { get; init; }

    /// <summary>The settings that differ from the server's defaults.</summary>
    public required IReadOnlyDictionary<string, string> ServerSettings { get; init; }

    /// <summary>What each program says of its version, by label.</summary>
    public required IReadOnlyDictionary<string, string> Programs { get; init; }

    /// <summary>The label of the build of PureDump that the bars are about.</summary>
    public required string Subject { get; init; }

    /// <summary>What stood behind every -j.</summary>
    public required int Jobs { get; init; }

    public required Rounds Rounds { get; init; }

    public List<MeasuredDataset> Datasets { get; init; } = [];

    public List<MeasuredScenario> Scenarios { get; init; } = [];

    /// <summary>Every measured run as it was.</summary>
    public List<RunRecord> Runs { get; init; } = [];

    /// <summary>As JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, s_layout);

    /// <summary>The runs of one contestant; none where it did not take part.</summary>
    public IReadOnlyList<RunRecord> RunsOf(string dataset, string scenario, string contestant) =>
        [.. Runs.Where(run => run.Dataset == dataset && run.Scenario == scenario && run.Contestant == contestant)];
}
