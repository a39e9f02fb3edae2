using PureDump.Formats.Errors;

namespace PureDump.Cli.Options;

/// <summary>
/// The errors of a command line that cannot be taken apart: in words of our own with a hint at what was meant, or, for a
/// verb that stands for a client of PostgreSQL, in those of getopt_long, which speaks there.
/// </summary>
/// <param name="verb">The verb.</param>
/// <param name="verbs">Those that an option which it does not have may belong to.</param>
internal sealed class ArgumentErrors(Verb verb, IReadOnlyList<Verb> verbs)
{
    private readonly bool _isClient = verb.ClientName is not null;

    /// <summary>An option that the verb does not have.</summary>
    /// <param name="name">A long name without its dashes.</param>
    /// <param name="hint">What may have been meant where no verb has it, or null.</param>
    public PureDumpException UnknownName(string name, string? hint) =>
        _isClient
            ? Of($"unrecognized option '--{name}'")
            : Unknown($"--{name}", OtherVerbsWith(option => option.Names.Contains(name, StringComparer.Ordinal)) ?? hint);

    /// <summary>As <see cref="UnknownName"/>, for a letter.</summary>
    public PureDumpException UnknownLetter(char letter) =>
        _isClient ? Of($"invalid option -- '{letter}'") : Unknown($"-{letter}", OtherVerbsWith(option => option.HasLetter(letter)));

    /// <summary>The beginning of more than one name.</summary>
    public PureDumpException Ambiguous(string name, IEnumerable<string> names) => Of(
        _isClient
            ? $"option '--{name}' is ambiguous; possibilities: {string.Join(' ', names.Select(known => $"'--{known}'"))}"
            : $"option --{name} is ambiguous: it may be {string.Join(", ", names.Select(known => $"--{known}"))}");

    /// <summary>A value where there can be none.</summary>
    public PureDumpException NeedlessValue(string name) =>
        Of(_isClient ? $"option '--{name}' doesn't allow an argument" : $"option --{name} takes no value");

    /// <summary>No value where there must be one.</summary>
    /// <param name="spelling">The option as it was given, with its dashes.</param>
    public PureDumpException MissingValue(string spelling) => Of(
        !_isClient ? $"option {spelling} needs a value"
        : spelling.StartsWith("--", StringComparison.Ordinal) ? $"option '{spelling}' requires an argument"
        : $"option requires an argument -- '{spelling[1..]}'");

    private PureDumpException Unknown(string spelling, string? hint) =>
        new(ErrorKind.Usage, $"unknown option {spelling}{(verb.IsProgram ? "" : $" for \"{verb.Name}\"")}", hint ?? verb.HelpHint);

    private PureDumpException Of(string message) => new(ErrorKind.Usage, message, verb.HelpHint);

    private string? OtherVerbsWith(Func<OptionSpec, bool> isIt)
    {
        string[] found =
        [
            .. verbs
                .Where(other => other != verb && other.ClientName is null && other.Options.Any(isIt))
                .Select(static other => $"\"{other.Name}\""),
        ];
        return found.Length switch
        {
            0 => null,
            1 => $"it is an option of {found[0]}",
            _ => $"it is an option of {string.Join(", ", found[..^1])} and {found[^1]}",
        };
    }
}
