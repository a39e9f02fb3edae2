namespace PureDump.Bench.EndToEnd.Measure;

/// <summary>One measured run, as the results keep it.</summary>
/// <param name="Dataset">What was dumped or restored.</param>
/// <param name="Scenario">What was done.</param>
/// <param name="Contestant">By whom.</param>
/// <param name="Round">From 1 on.</param>
/// <param name="Figures">What it took.</param>
/// <param name="OutBytes">The size of what was written; null where nothing was.</param>
/// <param name="RowCount">How many rows went through; null where none did.</param>
internal sealed record RunRecord(
    string Dataset,
    string Scenario,
    string Contestant,
    int Round,
    Figures Figures,
    long? OutBytes,
    long? RowCount);
