using PureDump.Bench.EndToEnd.Data;
using PureDump.Bench.EndToEnd.Measure;
using PureDump.Bench.EndToEnd.Peers;

namespace PureDump.Bench.EndToEnd;

/// <summary>What is measured, by whom and how.</summary>
internal sealed record EndToEndOptions
{
    public required IReadOnlyList<Dataset> Datasets { get; init; }

    /// <summary>Of every data set; null for each one's usual scale.</summary>
    public double? Scale { get; init; }

    public ulong Seed { get; init; } = Dataset.UsualSeed;

    /// <summary>The names of the scenarios to run; empty for all.</summary>
    public IReadOnlyList<string> Scenarios { get; init; } = [];

    /// <summary>Parts of the labels of those who take part; empty for all.</summary>
    public IReadOnlyList<string> Contestants { get; init; } = [];

    /// <summary>Only what the bars are held against.</summary>
    public bool IsForBars { get; init; }

    /// <summary>Whom to compare with, where it takes part; null for each scenario's own choice.</summary>
    public string? Base { get; init; }

    public required IReadOnlyList<PureDumpProgram> PureDumps { get; init; }

    /// <summary>Directories of PostgreSQL's client programs; empty to look for them.</summary>
    public IReadOnlyList<string> PgDirectories { get; init; } = [];

    public int ServerMajor { get; init; } = 15;

    public string WalLevel { get; init; } = "replica";

    public int Jobs { get; init; } = 2;

    public Rounds Rounds { get; init; } = new(5, WithWarmUp: true, IsCold: false);

    /// <summary>Starts of a program in each round.</summary>
    public int StartsPerRound { get; init; } = 20;

    /// <summary>Where archives are written.</summary>
    public required string WorkDirectory { get; init; }
}
