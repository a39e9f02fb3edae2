using PureDump.TestSupport;

namespace PureDump.Demo;

/// <summary>Runs the published executable, as a person would type it.</summary>
internal sealed class Client(PostgresServer server, Narration narration)
{
    /// <summary>Runs one command to its end.</summary>
    /// <param name="verb">The command.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="InvalidOperationException">It did not exit with 0; holds all it printed.</exception>
    public void Run(string verb, params string[] arguments) => narration.Step(
        verb,
        $"puredump {verb} {string.Join(' ', arguments)}",
        () => Command.Run(PublishedExecutable.Path, [verb, .. arguments], environment: server.ClientEnvironment).Succeeded(),
        command => LastLine(command.Error) ?? $"{command.Output.Count(letter => letter == '\n')} lines");

    // What a command has to say it says last, on standard error.
    private static string? LastLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
}
