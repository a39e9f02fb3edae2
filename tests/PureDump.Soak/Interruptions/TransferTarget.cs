namespace PureDump.Soak.Interruptions;

/// <summary>Where one run goes, and what may be there after it.</summary>
internal abstract class TransferTarget : IDisposable
{
    /// <summary>What is wrong with what a run left that did not come to its end.</summary>
    /// <param name="isKilled">It had no time to remove anything.</param>
    public abstract IEnumerable<string> FaultsOfUnfinished(bool isKilled);

    /// <summary>What is wrong with what a run left that says that all went well.</summary>
    /// <param name="isCompared">An archive is restored for it, and compared; else it is only read.</param>
    public abstract IEnumerable<string> FaultsOfFinished(bool isCompared);

    /// <summary>Makes way for the next run, as a user would who tries again.</summary>
    public abstract void MakeWay();

    public abstract void Dispose();
}
