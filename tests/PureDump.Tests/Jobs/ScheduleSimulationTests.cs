using PureDump.Engine.Jobs;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;

namespace PureDump.Tests.Jobs;

/// <summary>
/// How long the schedule lets a restore take, beside what no schedule could do better (<see cref="SimulatedDatabase.BoundOf"/>), on
/// databases that its rules were not made on: 1 to 5,000 tables, 1 to 64 connections, as many cores or half as many.
/// </summary>
public sealed class ScheduleSimulationTests(ITestOutputHelper output)
{
    private const int SampleCount = 300;
    private const int TableCountMax = 5000;

    // The rules were fitted with other seeds.
    private const int SeedFirst = 5001;

    [Fact]
    public void Schedules_are_near_the_bound()
    {
        List<(int Seed, double Ratio, string What)> runs = [.. Enumerable.Range(SeedFirst, SampleCount).Select(Run)];
        double[] ratios = [.. runs.Select(static run => run.Ratio).Order()];
        output.WriteLine(
            $"median {ratios[ratios.Length / 2]:F3}, 90 % {ratios[ratios.Length * 9 / 10]:F3}, 99 % "
                + $"{ratios[ratios.Length * 99 / 100]:F3}, worst {ratios[^1]:F3}");
        foreach ((int seed, double ratio, string what) in runs.OrderByDescending(static run => run.Ratio).Take(15))
        {
            output.WriteLine($"seed {seed}: {ratio:F3} {what}");
        }

        Assert.InRange(ratios[ratios.Length / 2], 1 - 1e-9, 1.05);
        Assert.InRange(ratios[ratios.Length * 99 / 100], 1 - 1e-9, 1.25);
    }

    [Fact]
    public void Of_two_connections_none_waits_while_something_could_run()
    {
        Assert.All(
            Enumerable.Range(SeedFirst, 100),
            seed => Makespan(new SimulatedDatabase(seed, tableCountMax: 60), 2, 2, AssertNothingCouldRun));
    }

    private static (int Seed, double Ratio, string What) Run(int seed)
    {
        var random = new Random(seed * 7919);
        var database = new SimulatedDatabase(seed, TableCountMax);
        int connectionCount = 1 << random.Next(0, 7);
        int coreCount = Math.Max(1, random.Next(2) == 0 ? connectionCount : connectionCount / 2);
        double bound = database.BoundOf(connectionCount, coreCount);
        double makespan = Makespan(database, connectionCount, coreCount, static (_, _, _) => { });
        return (
            seed,
            makespan / bound,
            $"{database.Scheduled.Count} jobs, {connectionCount} connections, {coreCount} cores, bound {bound:F2} s");
    }

    // Each connection runs one thing at a time; where there are more than cores, they share them.
    private static double Makespan(
        SimulatedDatabase database, int connectionCount, int coreCount, Action<SimulatedDatabase, Schedule, IReadOnlyList<Job>> look)
    {
        var schedule = new Schedule(database.Toc, database.Scheduled, database.PartsOf, connectionCount);
        var running = new List<(Job Job, double Left)>();
        double now = 0;
        while (true)
        {
            while (running.Count < connectionCount && schedule.Take(out RowPart? part) is { } job)
            {
                running.Add((job, database.SecondsOf(job.Entry, part)));
            }

            if (running.Count == 0)
            {
                Assert.True(schedule.IsDone);
                return now;
            }

            if (running.Count < connectionCount)
            {
                look(database, schedule, [.. running.Select(static one => one.Job)]);
            }

            double speed = Math.Min(1, (double)coreCount / running.Count);
            double step = running.Min(static one => one.Left);
            now += step / speed;
            for (int i = running.Count - 1; i >= 0; i--)
            {
                (Job job, double left) = running[i];
                running[i] = (job, left - step);
                if (left - step <= 1e-12)
                {
                    running.RemoveAt(i);
                    schedule.Finish(job);
                }
            }
        }
    }

    // By the server's rules, not the schedule's: rows first; indexes of a table beside one another, everything else on it alone.
    private static void AssertNothingCouldRun(SimulatedDatabase database, Schedule schedule, IReadOnlyList<Job> running)
    {
        foreach (TocEntry entry in database.Scheduled)
        {
            Job job = schedule.Find(entry.Id)!;
            if (job.IsBegun && job.Parts is not { Count: > 0 })
            {
                continue;
            }

            Assert.False(job.Parts is { Count: > 0 }, $"rows of {entry.Name} could be loaded");
            bool waits = entry.Dependencies.Any(id =>
                database.Scheduled.Any(need => (need.Id == id || need.Rows?.TableEntry == id) && !schedule.Find(need.Id)!.IsEnded));
            bool isKeptAway = running.Any(other =>
                other.Entry.Dependencies.Intersect(entry.Dependencies).Any(id => database.Toc[id].Kind == EntryKind.Table)
                && !(IsPlainIndex(other.Entry) && IsPlainIndex(entry))
                && other.Parts is null);
            Assert.True(
                waits || isKeptAway,
                $"{entry.Kind} {entry.Name} could run beside {string.Join(", ", running.Select(static one => one.Entry.Name))}");
        }
    }

    private static bool IsPlainIndex(TocEntry entry) =>
        entry.Kind == EntryKind.Index && !entry.CreateSql.Contains("ALTER", StringComparison.Ordinal);
}
