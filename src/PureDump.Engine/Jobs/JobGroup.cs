namespace PureDump.Engine.Jobs;

/// <summary>
/// Jobs that others wait for all of; together, for a wait of each for each would be their number squared.
/// </summary>
internal sealed class JobGroup
{
    private double? _chainCost;

    /// <summary>How many of them are not done yet.</summary>
    public int OpenCount { get; set; }

    /// <summary>The jobs that wait for the last of them.</summary>
    public List<Job> Waiting { get; } = [];

    /// <summary>As <see cref="Job.ChainCost"/>, of the longest chain that waits for the group; asked for when those of all that wait are
    /// known.</summary>
    public double ChainCost => _chainCost ??= Waiting.Select(static job => job.ChainCost).DefaultIfEmpty().Max();

    /// <summary>Takes a job into the group.</summary>
    public void Add(Job job)
    {
        OpenCount++;
        job.Groups.Add(this);
    }
}
