using PureDump.TestSupport;

namespace PureDump.Soak.Interruptions;

/// <summary>A command line that moves a database.</summary>
internal abstract class TransferCommand(Surroundings surroundings)
{
    /// <summary>By this the results know it.</summary>
    public abstract string Name { get; }

    /// <summary>It reads from a server.</summary>
    public abstract bool HasSource { get; }

    /// <summary>It writes to a server.</summary>
    public abstract bool HasTarget { get; }

    private protected Surroundings Surroundings => surroundings;

    /// <summary>Makes a target for one run.</summary>
    /// <param name="isThere">If that is something that can be there already, it is.</param>
    public abstract TransferTarget MakeTarget(bool isThere);

    /// <summary>Starts it.</summary>
    /// <param name="target">One that it has made.</param>
    /// <param name="source">The way to the server that is read.</param>
    /// <param name="into">The way to the server that is written.</param>
    /// <param name="isAgain">The target was that of a run that ended early.</param>
    public abstract PureDumpProcess Start(TransferTarget target, Route source, Route into, bool isAgain);

    /// <summary>The words that lead to a server.</summary>
    private protected string[] WordsOf(Route route) => ["-h", route.Host, "-p", $"{route.Port}", "-U", surroundings.Server.User];

    /// <summary>A connection string.</summary>
    private protected string ConnectionOf(Route route, string database) =>
        $"host={route.Host} port={route.Port} user={surroundings.Server.User} dbname={database}";
}
