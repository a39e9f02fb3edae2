using PureDump.Formats.Errors;

namespace PureDump.Cli.Options;

/// <summary>One command of the program: its options, and what its help page says.</summary>
internal class Verb
{
    /// <summary>The command's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its options, in the order of the help page.</summary>
    public required IReadOnlyList<OptionSpec> Options { get; init => field = OptionTable.InOrder(value); }

    /// <summary>Which of its options go together, in the order in which they are looked at.</summary>
    public IReadOnlyList<OptionRule> Rules { get; init; } = [];

    /// <summary>The kinds of errors it can end with.</summary>
    public Func<ErrorKind, bool> EndsWith { get; init; } = OfArchives;

    /// <summary>
    /// The client program of PostgreSQL that it stands for, or null: it has that one's spellings, messages and exit codes, and
    /// is run where the executable is called by that name.
    /// </summary>
    public string? ClientName { get; init; }

    /// <summary>What may stand behind the name, a line for each way to call it.</summary>
    public required IReadOnlyList<string> Synopses { get; init; }

    /// <summary>What it does, for the list of commands.</summary>
    public required string Summary { get; init; }

    /// <summary>What it does, in a paragraph.</summary>
    public required string Description { get; init; }

    /// <summary>The operands and what each is.</summary>
    public IReadOnlyList<(string Name, string Help)> Operands { get; init; } = [];

    /// <summary>Commands to learn from, and what each does.</summary>
    public required IReadOnlyList<(string Command, string Help)> Examples { get; init; }

    /// <summary>For a client that knows more than one exit code: that of an error.</summary>
    public Func<ErrorKind, int>? ClientExitCode { get; init; }

    /// <summary>What the exit codes of a client mean.</summary>
    public IReadOnlyList<(string Code, string Sentence)> ClientExitCodes { get; init; } = [("1", "it did not; the message says why")];

    /// <summary>Its options for help and version are read only as the first word, as most clients of PostgreSQL do.</summary>
    public bool HelpStandsFirst { get; init; }

    /// <summary>What stands on a client's help page over the options that choose what is done.</summary>
    public string ContentTitle { get; init; } = "Options controlling the output content";

    /// <summary>Of the program itself: its commands, in the order of the help page.</summary>
    public IReadOnlyList<Verb> Commands { get; init; } = [];

    /// <summary>True for the program itself, called without a command.</summary>
    public bool IsProgram => Commands.Count > 0;

    /// <summary>What is called to see the help page.</summary>
    public string HelpHint =>
        ClientName is null ? $"\"{FullName} --help\" lists the options" : $"Try \"{FullName} --help\" for more information.";

    /// <summary>The name with the program's before it.</summary>
    public string FullName => ClientName ?? (IsProgram ? Name : $"puredump {Name}");

    /// <summary>Who speaks in its messages.</summary>
    public string Speaker => ClientName ?? "puredump";

    /// <summary>Whether what reads archives, and no server, can end with that kind of error.</summary>
    public static bool OfArchives(ErrorKind kind) =>
        kind is ErrorKind.Usage or ErrorKind.Catalog or ErrorKind.ArchiveDamaged or ErrorKind.ArchiveVersion or ErrorKind.NotFound
            or ErrorKind.File or ErrorKind.Internal or ErrorKind.Cancelled;

    /// <summary>The exit code it ends with; most clients of PostgreSQL know but one.</summary>
    public int ExitCode(ErrorKind kind) => ClientName is null ? ErrorTable.ExitCode(kind) : ClientExitCode?.Invoke(kind) ?? 1;
}
