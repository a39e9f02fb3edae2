using PureDump.Bench.EndToEnd.Data;

namespace PureDump.Tests.Bench;

public sealed class PrngTests
{
    [Fact]
    public void Numbers_stay_between_their_bounds_and_reach_both()
    {
        var random = new Prng(7);
        long[] numbers = [.. Enumerable.Range(0, 1000).Select(_ => random.Between(-2, 3))];
        Assert.Equal([-2, -1, 0, 1, 2, 3], numbers.Distinct().Order());
    }

    [Fact]
    public void A_seed_begins_the_same_sequence_again()
    {
        var random = new Prng(11);
        ulong[] first = [.. Enumerable.Range(0, 5).Select(_ => random.Next())];
        random.Reseed(11);
        Assert.Equal(first, Enumerable.Range(0, 5).Select(_ => random.Next()));
        Assert.Equal(5, first.Distinct().Count());
    }
}
