using System.Globalization;
using System.Text.RegularExpressions;
using PureDump.Formats.Errors;
using PureDump.Postgres.Connection;
using PureDump.TestSupport;

namespace PureDump.Tests.Documentation;

/// <summary>What the README says of the program is what the program says of itself.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string s_text = Repository.Text("README.md");

    [Fact]
    public void The_exit_codes_of_the_readme_are_those_of_the_error_table()
    {
        IEnumerable<(int Code, string Sentence)> written = ExitCodeRow().Matches(s_text)
            .Select(row => (int.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture), row.Groups[2].Value));

        Assert.Equal([(0, "done"), .. ErrorTable.Rows.Select(row => (row.ExitCode, row.Sentence))], written);
    }

    [Fact]
    public void The_variables_of_the_readme_are_those_that_are_read()
    {
        IEnumerable<string> written = Variable().Matches(s_text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);

        // PGSYSCONFDIR leads to a service file and is no connection option.
        IEnumerable<string> known = ConnectionKeyword
            .All.Where(keyword => keyword.Refusal is null)
            .Select(keyword => keyword.Variable)
            .OfType<string>();
        Assert.Equal([.. known.Append("PGSYSCONFDIR").Order(StringComparer.Ordinal)], written);
    }

    [GeneratedRegex(@"^\| (\d+) \| (.+) \|$", RegexOptions.Multiline)]
    private static partial Regex ExitCodeRow();

    [GeneratedRegex(@"\bPG[A-Z_]+\b")]
    private static partial Regex Variable();
}
