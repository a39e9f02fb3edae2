using System.Globalization;
using PureDump.Cli;
using PureDump.Cli.Commands;
using PureDump.Cli.Help;
using PureDump.Cli.Options;

namespace PureDump.Tests.Cli;

/// <summary>Every option is one of some verb, and every verb shows those that it has.</summary>
public sealed class VerbOptionTests
{
    public static TheoryData<string> Names => [.. Verbs.All.Select(static verb => verb.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_option_of_a_verb_is_on_its_help_page(string name)
    {
        Verb verb = Verbs.All.First(verb => verb.Name == name);
        using var page = new StringWriter(CultureInfo.InvariantCulture);
        if (verb.ClientName is null)
        {
            HelpPage.Write(verb, page);
        }
        else
        {
            ClientHelpPage.Write(verb, page);
        }

        string[] words = page.ToString().Split([' ', '\n', ',', '='], StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(verb.Options);
        Assert.All(verb.Options, option =>
        {
            Assert.All(option.Names, spelling => Assert.Contains($"--{spelling}", words));
            Assert.True(option.Letter == '\0' || words.Contains($"-{option.Letter}"), option.Label);
        });
    }

    [Fact]
    public void Every_option_belongs_to_a_verb_and_every_option_of_a_verb_is_in_the_table()
    {
        OptionSpec[] had = [.. Verbs.All.Append<Verb>(Verbs.Program).SelectMany(static verb => verb.Options).Distinct()];

        Assert.Empty(OptionTable.All.Except(had));
        Assert.Equal(OptionTable.All.Count, OptionTable.All.Distinct().Count());
    }

    [Fact]
    public void The_options_of_a_verb_stand_in_the_order_of_the_table()
    {
        IReadOnlyList<OptionSpec> options = OptionTable.InOrder([OptionTable.Role, OptionTable.File, OptionTable.Schema, OptionTable.File]);

        Assert.Equal([OptionTable.File, OptionTable.Schema, OptionTable.Role], options);
    }
}
