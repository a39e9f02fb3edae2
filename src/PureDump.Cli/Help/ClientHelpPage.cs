using PureDump.Cli.Options;

namespace PureDump.Cli.Help;

/// <summary>
/// The help page of a verb that stands for a client of PostgreSQL, in the shape of that one's: programs look for usage lines
/// and for options in it.
/// </summary>
internal static class ClientHelpPage
{
    private const int Width = 80;
    private const int HelpColumn = 31;

    /// <summary>Writes the page.</summary>
    public static void Write(Verb verb, TextWriter output)
    {
        HelpText.WriteWrapped("", 0, verb.Description, Width, output);
        output.WriteLine();
        output.WriteLine("Usage:");
        foreach (string synopsis in verb.Synopses)
        {
            output.WriteLine($"  {verb.FullName} {synopsis}");
        }

        OptionSpec[] options = [.. verb.Options];
        OptionSpec[] general = [.. options.Where(option => option.HelpSection is HelpSection.General or HelpSection.Output)];
        OptionSpec[] content =
            [.. options.Where(option => option.HelpSection is not (HelpSection.General or HelpSection.Output or HelpSection.Connection))];
        WriteOptions(content.Length == 0 ? "Options" : "General options", general, output);
        WriteOptions(verb.ContentTitle, content, output);
        WriteOptions("Connection options", options.Where(option => option.HelpSection == HelpSection.Connection), output);
        WriteTable("Arguments", verb.Operands, output);
        WriteTable("Examples", verb.Examples, output);
        WriteTable("Exit codes", verb.ClientExitCodes.Prepend(("0", "everything went well")), output);
    }

    // By their letters, those without one after them by their names, and help at the end.
    private static void WriteOptions(string title, IEnumerable<OptionSpec> options, TextWriter output)
    {
        IOrderedEnumerable<OptionSpec> ordered = options
            .OrderBy(option => option == OptionTable.Help)
            .ThenBy(option => option.Letter == '\0')
            .ThenBy(option => char.ToLowerInvariant(option.Letter))
            .ThenByDescending(option => option.Letter)
            .ThenBy(option => option.Name, StringComparer.Ordinal);
        WriteTable(title, ordered.SelectMany(Lines), output);
    }

    private static IEnumerable<(string Name, string Help)> Lines(OptionSpec option)
    {
        string argument = option.ArgumentName is null ? "" : $"={option.ArgumentName}";
        yield return ($"{(option.Letter == '\0' ? "" : $"-{option.Letter}, ")}--{option.Name}{argument}", option.Help);
        if (option.OtherName is not null)
        {
            yield return ($"--{option.OtherName}{argument}", $"the same as --{option.Name}");
        }
    }

    private static void WriteTable(string title, IEnumerable<(string Name, string Help)> rows, TextWriter output)
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

            HelpText.WriteWrapped($"  {name}", HelpColumn, help, Width, output);
        }
    }
}
