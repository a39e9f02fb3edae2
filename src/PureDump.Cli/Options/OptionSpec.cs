namespace PureDump.Cli.Options;

/// <summary>One option of the command line.</summary>
/// <param name="Name">The long name, without its dashes.</param>
/// <param name="Letter">The short name, or <c>'\0'</c> where there is none.</param>
/// <param name="ArgumentName">What its value is called in the help; null for a switch.</param>
/// <param name="HelpSection">Where it stands on a help page.</param>
/// <param name="Help">What it does, in one sentence without a full stop.</param>
internal sealed record OptionSpec(string Name, char Letter, string? ArgumentName, HelpSection HelpSection, string Help)
{
    /// <summary>What the name of a file is called, of an option and behind the options.</summary>
    public const string FileArgument = "FILE";

    /// <summary>Another long name for the same.</summary>
    public string? OtherName { get; init; }

    /// <summary>Another short name for the same, or <c>'\0'</c>.</summary>
    public char OtherLetter { get; init; }

    /// <summary>True where giving it again adds to it; else the last one counts, as with pg_dump.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>True where it takes a value.</summary>
    public bool TakesValue => ArgumentName is not null;

    /// <summary>True where its value is the name of a file.</summary>
    public bool NamesFile => ArgumentName is FileArgument or "FILENAME";

    /// <summary>The spelling in messages: <c>-n/--schema</c>.</summary>
    public string Label => Letter == '\0' ? $"--{Name}" : $"-{Letter}/--{Name}";

    /// <summary>True for that letter.</summary>
    public bool HasLetter(char letter) => letter != '\0' && (Letter == letter || OtherLetter == letter);

    /// <summary>The long names.</summary>
    public IEnumerable<string> Names => OtherName is null ? [Name] : [Name, OtherName];
}
