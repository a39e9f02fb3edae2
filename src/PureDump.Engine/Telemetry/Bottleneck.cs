using System.Globalization;

namespace PureDump.Engine.Telemetry;

/// <summary>What a run has waited for most.</summary>
/// <param name="Kind"><c>catalog</c>, <c>server</c>, <c>source</c>, <c>target</c>, <c>archive</c>, <c>compression</c> or
/// <c>output</c>.</param>
/// <param name="Subject">What of it, as a clause in front of its share.</param>
/// <param name="Share">The part of the wall time, 0 to 1.</param>
internal sealed record Bottleneck(string Kind, string Subject, double Share)
{
    /// <summary>In one line: <c>server-bound: COPY of public.lineitem took 71 % of the wall</c>.</summary>
    public string Sentence => string.Create(CultureInfo.InvariantCulture, $"{Kind}-bound: {Subject} took {100 * Share:0} % of the wall");
}
