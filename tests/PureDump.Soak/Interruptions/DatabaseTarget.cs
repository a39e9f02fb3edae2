namespace PureDump.Soak.Interruptions;

/// <summary>A database.</summary>
internal sealed class DatabaseTarget(Surroundings surroundings) : TransferTarget
{
    /// <summary>Its name.</summary>
    public string Name { get; } = surroundings.CreateTarget();

    public override IEnumerable<string> FaultsOfUnfinished(bool isKilled) => surroundings.Halves(Name);

    public override IEnumerable<string> FaultsOfFinished(bool isCompared) => surroundings.Differences(Name);

    // The next run replaces what is there.
    public override void MakeWay()
    {
    }

    public override void Dispose() => surroundings.Server.DropDatabase(Name);
}
