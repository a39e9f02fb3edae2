using PureDump.Engine.Jobs;

namespace PureDump.Tests.Jobs;

public sealed class WeightsTests
{
    /// <summary>An archive may claim any size for any of its tables.</summary>
    [Fact]
    public void Sizes_that_an_archive_only_claims_add_up_to_the_largest_number_at_most() =>
        Assert.Equal(
            (long.MaxValue, 3),
            (new[] { 1, long.MaxValue, long.MaxValue }.Total(static size => size), new[] { 1L, 2 }.Total(static size => size)));
}
