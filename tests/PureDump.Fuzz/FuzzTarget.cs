namespace PureDump.Fuzz;

/// <summary>A reader of bytes from outside, and inputs it is known to take.</summary>
/// <param name="Name">As it is typed.</param>
/// <param name="Corpus">Whole inputs to start from; mutations of them reach deeper than noise.</param>
/// <param name="Read">Reads an input. It may throw a PureDumpException and nothing else, and must come back.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Corpus, Action<byte[]> Read);
