namespace PureDump.Engine.Jobs;

/// <summary>
/// All rows that are loaded through one partition root. Which partition they fall into is the target's choice, so what stands
/// on any of them waits for all; together, for a wait of each for each would be their number squared.
/// </summary>
internal sealed class RootLoad
{
    /// <summary>How many entries' rows are not loaded yet.</summary>
    public int OpenCount { get; set; }

    /// <summary>The jobs that wait for the last of them.</summary>
    public List<Job> Waiting { get; } = [];
}
