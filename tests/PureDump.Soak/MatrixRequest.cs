namespace PureDump.Soak;

/// <summary>What is asked of a matrix.</summary>
internal sealed record MatrixRequest
{
    /// <summary>What is drawn is drawn from it: case n of a seed is always the same.</summary>
    public required int Seed { get; init; }

    /// <summary>How many of each case.</summary>
    public int Count { get; init; } = 100;

    /// <summary>The major version of the server.</summary>
    public int Major { get; init; } = 18;

    /// <summary>Only cases whose name holds this text.</summary>
    public string Case { get; init; } = "";

    /// <summary>Told what is done, a line for each case.</summary>
    public Action<string> Tell { get; init; } = static _ => { };
}
