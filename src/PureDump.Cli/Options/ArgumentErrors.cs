using PureDump.Formats.Errors;

namespace PureDump.Cli.Options;

/// <summary>
/// The errors of a command line that cannot be taken apart: in words of our own with a hint at what was meant, or, for a
/// verb that stands for a client of PostgreSQL, in those of getopt_long, which speaks there.
/// </summary>
internal sealed class ArgumentErrors(Verb verb)
{
    private readonly bool _isClient = verb.ClientName is not null;

    /// <summary>An option that the verb does not have.</summary>
    /// <param name="name">A long name without its dashes.</param>
    /// <param name="hint">What may have been meant, or null.</param>
    public PureDumpException UnknownName(string name, string? hint) =>
        _isClient ? Of($"unrecognized option '--{name}'") : Unknown($"--{name}", hint);

    /// <summary>As <see cref="UnknownName"/>, for a letter.</summary>
    public PureDumpException UnknownLetter(char letter, string? hint) =>
        _isClient ? Of($"invalid option -- '{letter}'") : Unknown($"-{letter}", hint);

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
        new(ErrorKind.Usage, $"unknown option {spelling}{(verb == Verb.Root ? "" : $" for \"{verb.Name}\"")}", hint ?? verb.HelpHint);

    private PureDumpException Of(string message) => new(ErrorKind.Usage, message, verb.HelpHint);
}
