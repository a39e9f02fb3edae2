using System.Globalization;
using PureDump.Cli;
using PureDump.Cli.Commands;
using PureDump.Cli.Talking;
using PureDump.Cli.Terminals;

namespace PureDump.Tests.Cli;

/// <summary>The last line of a run and its exit code: whatever was lost, both say so, and the line says it first.</summary>
public sealed class OutcomeTests
{
    public static TheoryData<int, int, int, int, int, string> Losses => new()
    {
        { 0, 0, 0, 0, 0, "restored x" },
        { 1, 0, 0, 0, 1, "restored with 1 failure, x" },
        { 2, 0, 0, 0, 1, "restored with 2 failures, x" },
        { 0, 3, 0, 0, 1, "restored with 3 damaged parts left out, x" },
        { 0, 0, 1, 0, 1, "restored with 1 table not the same, x" },
        { 0, 0, 0, 1, 0, "restored with 1 warning, x" },
        { 2, 1, 4, 1, 1, "restored with 2 failures and 1 damaged part left out and 4 tables not the same and 1 warning, x" },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_last_line_begins_with_what_was_lost_and_the_exit_code_agrees(
        int failures,
        int lost,
        int differences,
        int warnings,
        int exitCode,
        string sentence)
    {
        var outcome = new Outcome { FailureCount = failures, LostCount = lost, DifferenceCount = differences, WarningCount = warnings };

        Assert.Equal((exitCode, sentence), (outcome.ExitCode, outcome.Sentence("restored", "x")));
        Assert.Equal(exitCode != 0, outcome.IsIncomplete);
    }

    [Theory]
    [InlineData("restore", true, "puredump: error: restored with 1 failure\n")]
    [InlineData("restore -q", true, "puredump: error: restored with 1 failure\n")]
    [InlineData("restore -v", true, "puredump: error: restored with 1 failure\n")]
    [InlineData("restore", false, "puredump: restored\n")]
    [InlineData("restore -q", false, "")]
    public void What_was_lost_is_said_as_an_error_even_where_nothing_else_is(string words, bool isIncomplete, string said)
    {
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        string[] all = words.Split(' ');
        var surroundings = new Surroundings { Input = Stream.Null, Output = Stream.Null, Error = error, Environment = static _ => null };
        RunnableVerb verb = Verbs.All.Single(verb => verb.Name == all[0]);
        using Talk talk = verb.OpenTalk(CommandLine.Parse(verb, all[1..]), surroundings);

        talk.End("restored", isIncomplete ? "restored with 1 failure" : "restored", static _ => { }, isIncomplete);

        Assert.Equal(said, error.ToString());
    }
}
