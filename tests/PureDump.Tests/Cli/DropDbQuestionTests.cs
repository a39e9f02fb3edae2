using System.Globalization;
using System.Text;
using PureDump.Cli;
using PureDump.Cli.Terminals;

namespace PureDump.Tests.Cli;

/// <summary>The question of <c>dropdb -i</c>, which comes before any connection.</summary>
public sealed class DropDbQuestionTests
{
    [Fact]
    public void No_ends_it_without_a_word_to_a_server()
    {
        (int exitCode, string output, string error) = Run("maybe", "n");
        Assert.Equal(0, exitCode);
        Assert.Equal("Database \"shop\" will be permanently removed.\nPlease answer \"y\" or \"n\".\n", output);
        Assert.Equal("", error);
    }

    [Fact]
    public void Yes_goes_on_to_the_server()
    {
        (int exitCode, string output, string error) = Run("y");
        Assert.Equal(1, exitCode);
        Assert.Equal("Database \"shop\" will be permanently removed.\n", output);
        Assert.StartsWith("dropdb: error: connection to server on socket \"/nowhere/", error, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output, string Error) Run(params string[] answers)
    {
        var left = new Queue<string>(answers);
        using var output = new MemoryStream();
        using var error = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        int exitCode = CommandLine.Run(["dropdb", "-i", "-h", "/nowhere", "-U", "ann", "shop"], new Surroundings
        {
            Input = new MemoryStream(),
            Output = output,
            Error = error,
            Environment = _ => null,
            AskLine = prompt =>
            {
                Assert.Equal("Are you sure? (y/n) ", prompt);
                return left.Dequeue();
            },
        });
        return (exitCode, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
