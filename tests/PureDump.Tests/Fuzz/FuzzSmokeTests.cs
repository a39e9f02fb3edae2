using PureDump.Fuzz;
using PureDump.TestSupport;

namespace PureDump.Tests.Fuzz;

/// <summary>A short run of every fuzz target; tests/PureDump.Fuzz runs them as long as one likes.</summary>
public sealed class FuzzSmokeTests
{
    public static TheoryData<string> Names => [.. FuzzTargets.All(Repository.PathOf("formats", "golden")).Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Mutated_input_gives_nothing_but_named_errors(string name)
    {
        FuzzTarget target = FuzzTargets.All(Repository.PathOf("formats", "golden")).Single(one => one.Name == name);
        Assert.Null(FuzzRun.Run(target, seed: 20261122, roundCount: 2000));
    }
}
