using PureDump.Cli;
using PureDump.Cli.Commands;
using PureDump.Cli.Options;

namespace PureDump.Tests.Cli;

public sealed class ArgumentListTests
{
    [Theory]
    [InlineData("-sv", "--schema-only --verbose")]
    [InlineData("-Ushop", "--username=shop")]
    [InlineData("-svUts", "--schema-only --verbose --username=ts")]
    [InlineData("-U=x", "--username==x")]
    [InlineData("-j4 -j 5", "--jobs=4 --jobs=5")]
    [InlineData("-t -x", "--table=-x")]
    [InlineData("--table --schema", "--table=--schema")]
    [InlineData("--table=a=b:c", "--table=a=b:c")]
    [InlineData("--no-acl --blobs", "--no-privileges --large-objects")]
    [InlineData("--no-priv --exclude-s x", "--no-privileges --exclude-schema=x")]
    [InlineData("--schema x", "--schema=x")]
    public void Options_are_read_as_getopt_long_reads_them(string words, string expected)
    {
        var operands = new List<string>();
        List<string> rewritten = ArgumentList.Rewrite(words.Split(' '), Verbs.All.First(verb => verb.Name == "dump"), Verbs.All, operands);
        Assert.Equal(expected, string.Join(' ', rewritten));
        Assert.Empty(operands);
    }

    [Theory]
    [InlineData("a -s b", "a b")]
    [InlineData("-s -- -a -b", "-a -b")]
    [InlineData("-", "-")]
    [InlineData("@file [diagram]", "@file [diagram]")]
    public void Words_that_are_no_options_stay_operands(string words, string expected)
    {
        var operands = new List<string>();
        ArgumentList.Rewrite(words.Split(' '), Verbs.All.First(verb => verb.Name == "dump"), Verbs.All, operands);
        Assert.Equal(expected, string.Join(' ', operands));
    }

    [Fact]
    public void No_two_options_of_a_verb_share_a_spelling()
    {
        foreach (Verb verb in Verbs.All.Append<Verb>(Verbs.Program))
        {
            OptionSpec[] options = [.. verb.Options];
            string[] names = [.. options.SelectMany(option => option.Names)];
            char[] letters = [.. options.SelectMany(option => new[] { option.Letter, option.OtherLetter }).Where(letter => letter != '\0')];
            Assert.Equal(names.Distinct(), names);
            Assert.Equal(letters.Distinct(), letters);
        }
    }
}
