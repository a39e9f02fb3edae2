using PureDump.Bench.EndToEnd.Measure;

namespace PureDump.Bench.EndToEnd.Report;

/// <summary>What PureDump is to reach: a ratio to a peer, or a figure of its own.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Figure">What is compared.</param>
/// <param name="Limit">The ratio, or the figure in its unit, that is not to be passed.</param>
/// <param name="Own">Finds PureDump's runs.</param>
/// <param name="Peer">Finds the peer's runs; null for a figure of its own.</param>
/// <param name="Needs">Says whether it takes a run of a data set and scenario by a contestant, where the fourth is the build it is
/// about.</param>
internal sealed record Bar(
    string Name,
    Figure Figure,
    double Limit,
    Func<Results, IReadOnlyList<RunRecord>> Own,
    Func<Results, IReadOnlyList<RunRecord>>? Peer,
    Func<string, string, string, string, bool> Needs)
{
    /// <summary>How it stands; null where it was not measured.</summary>
    public BarState? State(Results results)
    {
        if (Own(results) is not { Count: > 0 } runs)
        {
            return null;
        }

        // A figure of its own counts with the run that was worst where it is about a ceiling, which memory is.
        Spread? own = Figure.Over(runs);
        Spread? peer = Peer is null ? null : Figure.Over(Peer(results));
        return own is null || (Peer is not null && peer is null) ? null
            : peer is { } other ? new BarState(own.Value.Median, other.Median, own.Value.Median / other.Median, Limit)
            : new BarState(Value(own.Value), null, Value(own.Value), Limit);
    }

    private double Value(Spread own) => Figure == Figure.Peak ? own.Max : own.Median;
}

/// <summary>How a bar stands.</summary>
/// <param name="Own">PureDump's figure.</param>
/// <param name="Peer">The peer's; null for a figure of its own.</param>
/// <param name="Value">What is held against the limit.</param>
/// <param name="Limit">The limit.</param>
internal sealed record BarState(double Own, double? Peer, double Value, double Limit)
{
    public bool IsMet => Value <= Limit;
}
