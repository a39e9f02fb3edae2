namespace PureDump;

/// <summary>What reading a whole archive came to.</summary>
/// <param name="Findings">What is wrong with it, a sentence each; none: it is whole.</param>
/// <param name="HasChecksums">False for an archive of pg_dump's: bytes that changed inside a value do not show.</param>
/// <param name="EntryCount">How many entries it has, those of all databases of a cluster.</param>
/// <param name="RowCount">How many rows could be read.</param>
public sealed record VerifySummary(IReadOnlyList<string> Findings, bool HasChecksums, int EntryCount, long RowCount);
