using PureDump.Cli.Options;
using PureDump.Cli.Talking;
using PureDump.Cli.Terminals;

namespace PureDump.Cli.Commands;

/// <summary>One call of a command: what was given, where it runs, and who is told.</summary>
/// <param name="Options">The command line.</param>
/// <param name="Surroundings">The process around it.</param>
/// <param name="Talk">What it says on standard error.</param>
internal sealed record Invocation(GivenOptions Options, Surroundings Surroundings, Talk Talk);
