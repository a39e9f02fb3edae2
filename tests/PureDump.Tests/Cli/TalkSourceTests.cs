using System.Text.RegularExpressions;

namespace PureDump.Tests.Cli;

/// <summary>That there is no second way to the terminal: what the source says of it, so that new code cannot forget the one there
/// is.</summary>
public sealed partial class TalkSourceTests
{
    // Who writes what no text from outside stands in as it is, and why.
    private static readonly string[] s_raw =
    [
        "PureDump.Cli/Talking/ErrorReport.cs", // JSON
        "PureDump.Cli/Talking/JsonTalk.cs", // JSON
        "PureDump.Cli/Talking/TerminalOutput.cs", // the display's own control sequences
    ];

    // The display makes its lines of what it was given as shown; nothing of Spectre.Console's that reads markup is used.
    private const string Display = "PureDump.Cli/Talking/DisplayTalk.cs";

    [Fact]
    public void Nobody_uses_the_console_of_the_runtime() =>
        AssertNowhere(ConsoleUse(), static path => false);

    [Fact]
    public void Standard_error_is_written_as_it_is_only_where_that_is_safe() =>
        AssertNowhere(RawUse(), path => s_raw.Contains(path));

    [Fact]
    public void Spectre_Console_gets_no_markup_and_no_text_but_the_displays() =>
        AssertNowhere(SpectreText(), static path => path == Display);

    [Fact]
    public void The_descriptors_of_the_process_are_opened_in_one_place() =>
        AssertNowhere(
            Descriptor(),
            static path =>
                path
                    is "PureDump.Cli/Terminals/ProcessSurroundings.cs"
                        or "PureDump.Cli/Terminals/PasswordPrompt.cs"
                        or "PureDump.Cli/Terminals/DescriptorStream.cs");

    private static void AssertNowhere(Regex use, Func<string, bool> isAllowed)
    {
        string root = TestSupport.Repository.PathOf("src");
        string[] found =
        [
            .. Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(root, path))
                .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !isAllowed(path))
                .Where(path =>
                    File.ReadLines(Path.Combine(root, path))
                        .Any(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && use.IsMatch(line))
                ),
        ];
        Assert.Empty(found);
    }

    [GeneratedRegex(@"(?<![A-Za-z.])Console\.|OpenStandard(Error|Output)")]
    private static partial Regex ConsoleUse();

    [GeneratedRegex(@"\.Raw\b")]
    private static partial Regex RawUse();

    [GeneratedRegex(@"new (Text|Paragraph|Markup|Panel|Rule|Tree|Table)\(|Markup|AnsiConsole\b")]
    private static partial Regex SpectreText();

    [GeneratedRegex(@"new DescriptorStream\(")]
    private static partial Regex Descriptor();
}
