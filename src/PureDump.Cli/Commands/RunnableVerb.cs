using PureDump.Cli.Options;
using PureDump.Cli.Talking;
using PureDump.Cli.Terminals;

namespace PureDump.Cli.Commands;

/// <summary>A command of the program with what it does.</summary>
internal sealed class RunnableVerb : Verb
{
    /// <summary>Opens its talk, which may be verbose; null where it talks as others do.</summary>
    public Func<Surroundings, bool, Talk>? Talk { get; init; }

    /// <summary>Does it; gives the exit code.</summary>
    public required Func<Invocation, int> Run { get; init; }

    /// <summary>The talk of a call of it, as the options and the terminal ask for.</summary>
    public Talk OpenTalk(GivenOptions options, Surroundings surroundings) =>
        Talk is { } open && !options.Has(OptionTable.Json)
            ? open(surroundings, options.Has(OptionTable.Verbose))
            : Talking.Talk.Open(options, surroundings);
}
