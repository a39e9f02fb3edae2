namespace PureDump.Cli.Terminals;

/// <summary>
/// Whoever reads a standard stream of the process has closed it: the end of <c>| head</c>, and no failure of what is text. (An archive that
/// nobody reads to its end is one: <see cref="ArchiveOutput"/>.) The runtime ignores SIGPIPE, which ends other programs there without a
/// word; a shell shows 128 and its number.
/// </summary>
internal sealed class ReaderGoneException(string message) : IOException(message)
{
    /// <summary>What a shell shows for a program that SIGPIPE has ended.</summary>
    public const int ExitCode = 128 + 13;

    /// <summary>True where an error is nothing but what this led to.</summary>
    public static bool IsCauseOf(Exception error) =>
        error is ReaderGoneException
        || (error is AggregateException all ? all.InnerExceptions.Any(IsCauseOf) : error.InnerException is { } inner && IsCauseOf(inner));
}
