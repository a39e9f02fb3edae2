namespace PureDump.TestSupport;

/// <summary>No server (or oracle) of the wanted kind can be had on this machine; the message says what was tried.</summary>
public sealed class ServerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
