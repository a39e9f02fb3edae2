using PureDump.Bench.EndToEnd.Measure;

namespace PureDump.Tests.Bench;

public sealed class SpreadTests
{
    [Fact]
    public void The_median_of_an_odd_number_is_the_middle_one() => Assert.Equal(new Spread(3, 1, 90), Spread.Of([90, 1, 3]));

    [Fact]
    public void The_median_of_an_even_number_lies_between_the_two_in_the_middle() =>
        Assert.Equal(new Spread(4, 1, 90), Spread.Of([5, 90, 1, 3]));

    [Fact]
    public void No_measurement_has_no_median() => Assert.Throws<ArgumentException>(() => Spread.Of([]));
}
