namespace PureDump.Bench.EndToEnd;

/// <summary>Ends the bench with a message for whoever runs it.</summary>
internal sealed class BenchException(string message) : Exception(message);
