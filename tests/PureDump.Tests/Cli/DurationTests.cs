using PureDump.Cli.Options;

namespace PureDump.Tests.Cli;

public sealed class DurationTests
{
    [Theory]
    [InlineData("0", null)]
    [InlineData("0s", null)]
    [InlineData("250", 250.0)]
    [InlineData("250ms", 250.0)]
    [InlineData("1500us", 2.0)]
    [InlineData("2s", 2000.0)]
    [InlineData(" 1.5 min ", 90000.0)]
    [InlineData("2h", 7200000.0)]
    [InlineData("1d", 86400000.0)]
    public void A_time_is_read_as_the_server_reads_its_settings(string text, double? milliseconds) =>
        Assert.Equal(milliseconds, Duration.Parse(OptionTable.LockWaitTimeout, text)?.TotalMilliseconds);
}
