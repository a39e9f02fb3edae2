using PureDump.TestSupport;
using Xunit.Sdk;

namespace PureDump.ServerTests.Fixture;

/// <summary>What the machine lacks skips a test also from within one of its cases.</summary>
public sealed class RequirementTests
{
    [Fact]
    public void A_case_that_is_skipped_skips_the_test_once_all_cases_ran()
    {
        var ran = new List<int>();

        Exception? thrown = Thrown(() => Requirement.All([1, 2, 3], number =>
        {
            ran.Add(number);
            Assert.SkipWhen(number == 2, "no two");
        }));

        Assert.Equal([1, 2, 3], ran);
        Assert.EndsWith("no two", Assert.IsType<SkipException>(thrown).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_case_that_fails_beside_one_that_is_skipped_fails_the_test() =>
        Assert.IsType<AllException>(
            Thrown(() =>
                Requirement.All(
                    [1, 2],
                    number =>
                    {
                        Assert.SkipWhen(number == 1, "no one");
                        Assert.Equal(1, number);
                    }
                )));

    // Not by Record.Exception, which may let a skip through.
    private static Exception? Thrown(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception e) when (e is SkipException or AllException)
        {
            return e;
        }
    }
}
