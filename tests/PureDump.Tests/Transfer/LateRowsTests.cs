using PureDump.Formats.Entries;

namespace PureDump.Tests.Transfer;

public sealed class LateRowsTests
{
    [Fact]
    public void Without_a_late_one_nothing_waits() =>
        Assert.Empty(LateRows.Edges([1, 2, 3], static _ => false, static _ => []));

    [Fact]
    public void Each_late_one_comes_behind_all_others_and_nothing_waits_in_a_circle()
    {
        var random = new Random(14);
        for (int round = 0; round < 500; round++)
        {
            int count = random.Next(1, 12);
            int[] rows = [.. Enumerable.Range(0, count)];
            bool[] late = [.. rows.Select(_ => random.Next(3) == 0)];

            // Rows need others of a lower number, in an order that is not theirs.
            List<int>[] needs = [.. rows.Select(one => Enumerable.Range(0, one).Where(_ => random.Next(4) == 0).ToList())];
            random.Shuffle(rows);

            (int Rows, int Before)[] edges = [.. LateRows.Edges(rows, one => late[one], one => needs[one])];

            HashSet<int>[] reached = Closure(
                count,
                one => needs[one].Concat(edges.Where(edge => edge.Rows == one).Select(static edge => edge.Before)));
            HashSet<int>[] needed = Closure(count, one => needs[one]);
            bool[] waits = [.. Enumerable.Range(0, count).Select(one => late[one] || needed[one].Any(other => late[other]))];
            Assert.All(rows, one => Assert.DoesNotContain(one, reached[one]));
            Assert.All(
                rows.Where(one => waits[one]),
                one => Assert.All(rows.Where(other => !waits[other]), other => Assert.Contains(other, reached[one])));
            Assert.True(edges.Length < 2 * count);
        }
    }

    [Fact]
    public void Needs_in_a_circle_stay_as_they_are()
    {
        (int Rows, int Before)[] edges =
        [
            .. LateRows.Edges(
                [1, 2, 3],
                static one => one == 1,
                static one =>
                    one switch
                    {
                        1 => [2],
                        2 => [1],
                        _ => Array.Empty<int>(),
                    }
            ),
        ];

        Assert.Equal([(1, 3)], edges);
    }

    private static HashSet<int>[] Closure(int count, Func<int, IEnumerable<int>> next)
    {
        var reached = new HashSet<int>[count];
        for (int one = 0; one < count; one++)
        {
            reached[one] = [];
            var open = new Stack<int>(next(one));
            while (open.TryPop(out int other))
            {
                if (reached[one].Add(other))
                {
                    foreach (int below in next(other))
                    {
                        open.Push(below);
                    }
                }
            }
        }

        return reached;
    }
}
