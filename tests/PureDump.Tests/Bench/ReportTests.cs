using System.Text.Json;
using PureDump.Bench.EndToEnd.Measure;
using PureDump.Bench.EndToEnd.Report;

namespace PureDump.Tests.Bench;

/// <summary>What becomes of figures: made ones here, so that the sums are known.</summary>
public sealed class ReportTests
{
    private const string Peer = "pg_dump 18 -Fd zstd:1";
    private static readonly string[] s_report = MarkdownReport.Of(Made()).Split('\n');

    [Fact]
    public void A_contestant_has_medians_and_ratios_to_the_base()
    {
        Assert.Contains(
            "| puredump zstd:1 | 2.00 (1.00 to 4.00) | 0.500 | 1.50 (1.50 to 1.50) | 0.500 | 50.0 | 100 | 0.400 | 5,000 |",
            s_report);
        Assert.Contains($"| {Peer} | 4.00 (4.00 to 4.00) | 1.00 | 3.00 (3.00 to 3.00) | 1.00 | 10.0 | 250 | 1.00 | 2,500 |", s_report);
        Assert.Contains("| server alone | 1.60 (1.60 to 1.60) | 0.400 |  |  |  |  |  | 6,250 |", s_report);
        Assert.Contains($"Ratios to {Peer}.", s_report);
        Assert.Contains("Left out: a | b: not in PATH.", s_report);
    }

    [Fact]
    public void A_bar_is_met_missed_or_not_measured()
    {
        Assert.Contains($"| dump, wall, beside {Peer} | 2.00 s | 4.00 s | 0.500 | 0.800 | yes |", s_report);
        Assert.Contains("| dump, wall, beside server alone | 2.00 s | 1.60 s | 1.25 | 1.35 | yes |", s_report);
        Assert.Contains($"| dump, size, beside {Peer} | 100 MB | 250 MB | 0.400 | 0.450 | yes |", s_report);
        Assert.Contains("| dump, wall, beside pg_dump 18 -Fc gzip | not measured | | | 0.150 | |", s_report);
        Assert.Contains("| start, --version | 17.0 ms |  | 17.0 | 15.0 | **no** |", s_report);
    }

    [Fact]
    public void The_memory_bar_counts_the_worst_run_of_the_first_build_alone() =>
        Assert.Contains("| peak memory of any run | 50.0 MB |  | 50.0 | 200 | yes |", s_report);

    [Fact]
    public void What_the_bars_need_is_enough_for_all_of_them()
    {
        string[] contestants =
        [
            "puredump",
            "puredump zstd:1",
            "puredump lz4",
            "puredump copy",
            "puredump dump | restore",
            "puredump-old zstd:1",
            Peer,
            "pg_dump 18 -Fd lz4",
            "pg_dump 18 -Fc gzip",
            "pg_dump 15 -Fc gzip",
            "pg_restore 18 -Fd zstd:1",
            "pg_dump 18 -Fd zstd:1, then pg_restore",
            "pgcopydb",
            "server alone",
        ];
        RunRecord[] all =
        [
            .. from dataset in (string[])["tpch", "jsonb", "texty", "large"]
               from scenario in (string[])["start-version", "start-query", "dump", "dump-table", "restore", "restore-table", "copy"]
               from contestant in contestants
               select new RunRecord(dataset, scenario, contestant, 1, new Figures(1, 1, 1, 1), 1, 1),
        ];
        RunRecord[] needed = [.. all.Where(run => Bars.Need(run.Dataset, run.Scenario, run.Contestant, "puredump"))];

        Assert.All(Bars.All, bar => Assert.NotNull(bar.State(Made() with { Runs = [.. needed] })));
        Assert.DoesNotContain(
            needed,
            run => run.Contestant is "puredump lz4" or "puredump dump | restore" or "puredump-old zstd:1" or "pg_dump 15 -Fc gzip");
        Assert.Equal(
            ["dump", "restore"],
            needed
                .Where(run => run.Dataset == "large" && !run.Scenario.StartsWith("start", StringComparison.Ordinal))
                .Select(run => run.Scenario));
        Assert.All(
            all,
            run =>
                Assert.True(
                    !needed.Contains(run) || Bars.Need(run.Dataset, run.Scenario, "puredump"),
                    $"{run} is needed, and its scenario is not"));
        Assert.False(Bars.Need("jsonb", "copy", "puredump"));
    }

    [Fact]
    public void The_json_has_each_run_as_it_was()
    {
        JsonElement runs = JsonDocument.Parse(Made().ToJson()).RootElement.GetProperty("runs");
        Assert.Equal(7, runs.GetArrayLength());
        Assert.Equal(4.0, runs[1].GetProperty("figures").GetProperty("wallS").GetDouble());
        Assert.Equal(100_000_000, runs[1].GetProperty("outBytes").GetInt64());
        Assert.Equal(JsonValueKind.Null, runs[5].GetProperty("outBytes").ValueKind);
    }

    private static Results Made() =>
        new()
        {
            Begin = new DateTimeOffset(2026, 1, 2, 3, 4, 0, TimeSpan.Zero),
            Machine = new Machine("a processor", 2, 8L << 30, "Linux 6", "a distribution", 0.5),
            Server = "15.18",
            ServerSettings = new Dictionary<string, string> { ["fsync"] = "off" },
            Programs = new Dictionary<string, string> { ["puredump"] = "puredump 1" },
            Subject = "puredump",
            Jobs = 2,
            Rounds = new Rounds(3, WithWarmUp: true, IsCold: false),
            Datasets = [new MeasuredDataset("tpch", "some tables", 1, HasUsualScale: true, 1, 10_000, 1_000_000)],
            Scenarios =
            [
                new MeasuredScenario(
                    "tpch",
                    "dump",
                    "dump it",
                    ["puredump zstd:1", "puredump-old zstd:1", Peer, "server alone"],
                    Peer,
                    ["a | b: not in PATH"]),
            ],
            Runs =
            [
                Dumped("puredump zstd:1", 1, wallS: 2, cpuS: 1.5, peakMB: 40, outMB: 100),
                Dumped("puredump zstd:1", 2, wallS: 4, cpuS: 1.5, peakMB: 50, outMB: 100),
                Dumped("puredump zstd:1", 3, wallS: 1, cpuS: 1.5, peakMB: 45, outMB: 100),
                Dumped("puredump-old zstd:1", 1, wallS: 9, cpuS: 9, peakMB: 900, outMB: 900),
                Dumped(Peer, 1, wallS: 4, cpuS: 3, peakMB: 10, outMB: 250),
                new RunRecord("tpch", "dump", "server alone", 1, Figures.None with { WallS = 1.6 }, null, 10_000),
                new RunRecord("tpch", "start-version", "puredump", 1, new Figures(0.017, 0.01, 0.01, 10_000_000), null, null),
            ],
        };

    private static RunRecord Dumped(string contestant, int round, double wallS, double cpuS, long peakMB, long outMB) =>
        new("tpch", "dump", contestant, round, new Figures(wallS, cpuS - 0.5, 0.5, peakMB * 1_000_000), outMB * 1_000_000, 10_000);
}
