using PureDump.Soak.Interruptions;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>A few moments of those that <c>dotnet run --project tests/PureDump.Soak -- interruptions</c> tries by the hundred.</summary>
public sealed class InterruptionTests
{
    // Draws a dump, restores out of a file and a pipe, and a copy.
    private const int Seed = 53;

    [Fact]
    public void A_run_that_something_happens_to_leaves_nothing_half_done_and_the_next_succeeds() =>
        Assert.Empty(Requirement.Met(static () => InterruptionMatrix.Sample(Seed, TestMajors.Newest)));
}
