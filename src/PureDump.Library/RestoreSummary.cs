namespace PureDump;

/// <summary>What a restore came to.</summary>
/// <param name="EntryCount">Entries that were to be restored.</param>
/// <param name="FailureCount">Entries that failed and were passed over; each was told as an <see cref="EntryFailed"/>.</param>
public sealed record RestoreSummary(int EntryCount, int FailureCount);
