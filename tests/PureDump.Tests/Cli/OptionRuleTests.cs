using PureDump.Cli;
using PureDump.Cli.Commands;
using PureDump.Cli.Options;
using PureDump.Formats.Errors;

namespace PureDump.Tests.Cli;

/// <summary>The rules about which options go together refuse what they say, and say what they refuse.</summary>
public sealed class OptionRuleTests
{
    /// <summary>The rules of every verb by their number, with those of the talk and of the login where it has their options.</summary>
    public static TheoryData<string, int, string> Rules()
    {
        var data = new TheoryData<string, int, string>();
        foreach (Verb verb in Verbs.All)
        {
            foreach ((int number, OptionRule rule) in RulesOf(verb).Index())
            {
                data.Add(verb.Name, number, rule.Message);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_combination_is_refused_where_enough_is_known_and_all_of_it_is_named(string name, int number, string message)
    {
        Verb verb = Verbs.All.First(verb => verb.Name == name);
        OptionRule rule = RulesOf(verb)[number];
        GivenOptions options = Given(verb, rule.Given, rule);

        PureDumpException error = Assert.Throws<PureDumpException>(() => options.Check([rule], rule.Scope));

        Assert.Equal((ErrorKind.Usage, message), (error.Kind, error.Message));
        if (rule.Given.Count == 2)
        {
            Assert.All(rule.Given, option => Assert.Contains(option.Label, message, StringComparison.Ordinal));
        }
        else if (rule is { Given: [var option], Missing.Count: > 0 })
        {
            Assert.All(rule.Missing.Prepend(option), one => Assert.Contains(one.Label, message, StringComparison.Ordinal));
        }

        if (rule.Scope != OptionScope.None)
        {
            options.Check([rule], ~rule.Scope);
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Part_of_a_combination_is_not_refused(string name, int number, string message)
    {
        Verb verb = Verbs.All.First(verb => verb.Name == name);
        OptionRule rule = RulesOf(verb)[number];
        foreach (OptionSpec left in rule.Given)
        {
            Given(verb, rule.Given.Where(option => option != left), rule).Check([rule], rule.Scope);
        }

        foreach (OptionSpec added in rule.Missing)
        {
            Given(verb, rule.Given.Append(added), rule).Check([rule], rule.Scope);
        }

        if (rule.WithSeveralJobs)
        {
            Given(verb, rule.Given, rule with { WithSeveralJobs = false }).Check([rule], rule.Scope);
        }

        Assert.NotEmpty(message);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void No_option_contradicts_itself(string name, int number, string message)
    {
        OptionRule rule = RulesOf(Verbs.All.First(verb => verb.Name == name))[number];

        OptionSpec[] all = [.. rule.Given, .. rule.Missing];
        Assert.True(all.Distinct().Count() == all.Length, message);
    }

    [Fact]
    public void The_first_rule_that_refuses_says_why()
    {
        GivenOptions options = CommandLine.Parse(Verbs.All.First(verb => verb.Name == "dump"), ["-a", "-s", "-c", "--if-exists"]);

        PureDumpException error = Assert.Throws<PureDumpException>(() => options.Check(OptionScope.None));

        Assert.Equal("options -s/--schema-only and -a/--data-only cannot be used together", error.Message);
        Assert.Equal("\"puredump dump --help\" lists the options", error.Hint);
    }

    [Fact]
    public void What_a_filter_file_asks_for_counts_as_given()
    {
        GivenOptions options = CommandLine.Parse(Verbs.All.First(verb => verb.Name == "copy"), ["-s"]);
        options.Check(OptionScope.None);

        options.Imply(OptionTable.IncludeForeignData);

        Assert.False(options.Has(OptionTable.IncludeForeignData));
        PureDumpException error = Assert.Throws<PureDumpException>(() => options.Check(OptionScope.None));
        Assert.Contains("--include-foreign-data", error.Message, StringComparison.Ordinal);
    }

    private static OptionRule[] RulesOf(Verb verb) =>
        [.. verb.Rules, .. CommonRules.Talk.Concat(CommonRules.Login).Where(rule => rule.Given.All(verb.Options.Contains))];

    // What the verb does not have may come out of a filter file.
    private static GivenOptions Given(Verb verb, IEnumerable<OptionSpec> options, OptionRule rule)
    {
        OptionSpec[] given = [.. options];
        List<string> words = [.. given.Where(verb.Options.Contains).Select(option => Word(option, rule.IsUnusable is null ? "1" : "?"))];
        if (rule.WithSeveralJobs && verb.Options.Contains(OptionTable.Jobs))
        {
            words.Add(Word(OptionTable.Jobs, "2"));
        }

        GivenOptions result = CommandLine.Parse(verb, words);
        foreach (OptionSpec option in given.Except(verb.Options))
        {
            result.Imply(option);
        }

        return result;
    }

    private static string Word(OptionSpec option, string value) => option.TakesValue ? $"--{option.Name}={value}" : $"--{option.Name}";
}
