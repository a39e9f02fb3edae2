using PureDump.TestSupport;

namespace PureDump.Demo;

/// <summary>A real database to show with.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is about.</param>
/// <param name="Load">Loads it into an empty database.</param>
internal sealed record Sample(string Name, string Description, Action<PostgresServer, string> Load)
{
    public static IReadOnlyList<Sample> All { get; } =
    [
        new("pagila", "a film rental: inheritance, rules, triggers, a domain, an enum, an aggregate, full text search", Samples.LoadPagila),
        new("chinook", "a music shop", Samples.LoadChinook),
    ];
}
