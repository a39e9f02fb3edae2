namespace PureDump.TestSupport;

/// <summary>
/// The program that tests start by the hundred: the native executable where it was published after the last change of a source, as
/// <c>.ci/run</c> does, else what <c>dotnet build</c> left, which compiles itself anew in every process.
/// </summary>
public static class TestedProgram
{
    // Looked up once: a test may publish while others run.
    private static readonly Lazy<string[]> s_words = new(static () =>
        PublishedExecutable.FindCurrent() is { } executable ? [executable] : BuiltProgram.Words);

    /// <summary>How it is called: a command and its first arguments.</summary>
    public static string[] Words => s_words.Value;
}
