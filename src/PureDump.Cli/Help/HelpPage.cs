using PureDump.Cli.Options;
using PureDump.Formats.Errors;

namespace PureDump.Cli.Help;

/// <summary>The help page of a command, laid out from its declaration, the table of options and the table of errors.</summary>
internal static class HelpPage
{
    private const int Width = 100;
    private const int HelpColumn = 34;
    private const int CodeColumn = 8;

    private static readonly (HelpSection Section, string Title)[] s_titles =
    [
        (HelpSection.Output, "Output"),
        (HelpSection.Selection, "Which objects (a PATTERN is psql's; each may be repeated)"),
        (HelpSection.Content, "Which parts"),
        (HelpSection.Target, "At the target"),
        (HelpSection.Script, "Only in a script"),
        (HelpSection.Connection, "Connection"),
        (HelpSection.General, "General"),
    ];

    /// <summary>Writes the page.</summary>
    public static void Write(Verb verb, TextWriter output)
    {
        for (int i = 0; i < verb.Synopses.Count; i++)
        {
            output.WriteLine($"{(i == 0 ? "Usage: " : "       ")}{verb.FullName} {verb.Synopses[i]}");
        }

        output.WriteLine();
        HelpText.WriteWrapped("", 0, verb.Description, Width, output);
        WriteTable("Commands", verb.Commands.Select(static command => (command.Name, command.Summary)), output);
        WriteTable("Arguments", verb.Operands, output);
        foreach ((HelpSection section, string title) in s_titles)
        {
            WriteTable(
                title,
                verb.Options.Where(option => option.HelpSection == section).Select(option => (Spelled(option), option.Help)),
                output);
        }

        output.WriteLine();
        output.WriteLine("Examples:");
        foreach ((string command, string help) in verb.Examples)
        {
            output.WriteLine($"  # {help}");
            output.WriteLine($"  {command}");
        }

        WriteTable("Exit codes", ExitCodes(verb), output, CodeColumn);
    }

    private static IEnumerable<(string Name, string Help)> ExitCodes(Verb verb)
    {
        yield return ("0", "everything went well");
        foreach (ErrorRow row in ErrorTable.Rows)
        {
            if (verb.EndsWith(row.Kind))
            {
                yield return (row.ExitCode.ToString(System.Globalization.CultureInfo.InvariantCulture), row.Sentence);
            }
        }
    }

    private static void WriteTable(string title, IEnumerable<(string Name, string Help)> rows, TextWriter output, int column = HelpColumn)
    {
        bool isFirst = true;
        foreach ((string name, string help) in rows)
        {
            if (isFirst)
            {
                output.WriteLine();
                output.WriteLine($"{title}:");
                isFirst = false;
            }

            HelpText.WriteWrapped($"  {name}", column, help, Width, output);
        }
    }

    private static string Spelled(OptionSpec option)
    {
        string letter = option.Letter == '\0' ? "    " : $"-{option.Letter}, ";
        string argument = option.ArgumentName is null ? "" : $"={option.ArgumentName}";
        string otherName = option.OtherName is null ? "" : $", --{option.OtherName}";
        return $"{letter}--{option.Name}{argument}{otherName}";
    }
}
