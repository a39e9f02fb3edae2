using PureDump.Bench.EndToEnd.Measure;
using PureDump.TestSupport;

namespace PureDump.Bench.EndToEnd.Peers;

/// <summary>One build of PureDump.</summary>
/// <param name="Label">What it is called in the results; builds to compare have different ones.</param>
/// <param name="Words">How it is called: the executable, or dotnet and the assembly.</param>
internal sealed record PureDumpProgram(string Label, IReadOnlyList<string> Words)
{
    private const string UsualLabel = "puredump";

    /// <summary>What it says of its version.</summary>
    public string Version => Command.Run(Words[0], [.. Words.Skip(1), "--version"]).Succeeded().Output.Trim();

    /// <summary>Understands <c>[LABEL=]PATH</c>; a path that ends in .dll is run by dotnet.</summary>
    /// <exception cref="BenchException">There is no such file.</exception>
    public static PureDumpProgram Parse(string text)
    {
        int border = text.IndexOf('=');
        string path = Path.GetFullPath(text[(border + 1)..]);
        if (!File.Exists(path))
        {
            throw new BenchException(
                $"there is no executable {path}; `dotnet publish src/PureDump.Cli -c Release -p:PureDumpStatic=true` makes one");
        }

        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } given ? given : "dotnet";
        return new PureDumpProgram(
            border < 0 ? UsualLabel : text[..border],
            path.EndsWith(".dll", StringComparison.Ordinal) ? [host, path] : [path]);
    }

    /// <summary>A command line of it.</summary>
    public Stage Stage(params IEnumerable<string> arguments) => new([.. Words, .. arguments]);

    /// <summary>Whether it has a verb.</summary>
    public bool Knows(string verb) => Command.Run(Words[0], [.. Words.Skip(1), verb, "--help"]).ExitCode == 0;
}
