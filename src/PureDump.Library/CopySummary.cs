namespace PureDump;

/// <summary>What a copy came to.</summary>
/// <param name="Database">The name of the database it was copied into.</param>
/// <param name="EntryCount">Entries that were to be copied.</param>
/// <param name="FailureCount">Entries that failed and were passed over; each was told as an <see cref="EntryFailed"/>.</param>
/// <param name="CheckedCount">Tables, and groups of large objects, that were compared in the end.</param>
/// <param name="Differences">The names of those that are not the same.</param>
public sealed record CopySummary(string Database, int EntryCount, int FailureCount, int CheckedCount, IReadOnlyList<string> Differences);
