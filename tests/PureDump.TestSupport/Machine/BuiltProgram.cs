namespace PureDump.TestSupport;

/// <summary>The program as <c>dotnet build</c> leaves it, in the configuration of the tests that run.</summary>
public static class BuiltProgram
{
    /// <summary>How it is called: a command and its first arguments.</summary>
    public static string[] Words
    {
        get
        {
            // Beside the tests: .../tests/PROJECT/bin/CONFIGURATION/FRAMEWORK.
            string[] place = AppContext.BaseDirectory.TrimEnd('/').Split('/')[^2..];
            string program = Repository.PathOf("src", "PureDump.Cli", "bin", place[0], place[1], "puredump.dll");
            string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } given ? given : "dotnet";
            return [host, program];
        }
    }
}
