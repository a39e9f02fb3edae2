using System.Globalization;
using System.Text.Json;
using PureDump.ServerTests.Transfer;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Bench;

/// <summary>The end-to-end bench in its smallest form. A process of its own: it starts servers, and becomes the parent of
/// processes.</summary>
public sealed class EndToEndTests
{
    private static readonly string[] s_scenarios =
    [
        "start-version",
        "start-query",
        "dump",
        "dump-table",
        "restore",
        "restore-table",
        "copy",
    ];

    [Fact]
    public void The_smoke_run_measures_every_scenario_and_writes_its_results()
    {
        ServerPool.Get(TestMajors.Newest);
        string directory = Directory.CreateTempSubdirectory("bench").FullName;
        try
        {
            string[] program = BuiltProgram.Words;
            string bench = program[1].Replace("/src/PureDump.Cli/", "/bench/PureDump.Bench/", StringComparison.Ordinal)
                .Replace("puredump.dll", "PureDump.Bench.dll", StringComparison.Ordinal);
            Command.Run(
                program[0],
                [
                    bench, "endtoend", "--smoke", "--dataset", "tpch", "--puredump", program[1],
                    "--server", TestMajors.Newest.ToString(CultureInfo.InvariantCulture), "-o", directory, "--work", directory,
                ]).Succeeded();
            using JsonDocument results = JsonDocument.Parse(File.ReadAllText(Path.Combine(directory, "results.json")));
            JsonElement[] runs = [.. results.RootElement.GetProperty("runs").EnumerateArray()];
            Assert.Equal(s_scenarios, runs.Select(run => run.GetProperty("scenario").GetString()).Distinct());
            Assert.All(runs.Where(run => run.GetProperty("contestant").GetString() != "server alone"), AssertMeasured);
            Assert.Contains("| puredump zstd:1 |", File.ReadAllText(Path.Combine(directory, "results.md")), StringComparison.Ordinal);
            Assert.Equal(["results.json", "results.md"], Directory.EnumerateFileSystemEntries(directory).Select(Path.GetFileName).Order());
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void AssertMeasured(JsonElement run)
    {
        JsonElement figures = run.GetProperty("figures");
        Assert.InRange(figures.GetProperty("wallS").GetDouble(), 0.0001, 600);
        Assert.InRange(figures.GetProperty("userS").GetDouble() + figures.GetProperty("systemS").GetDouble(), 0.0001, 600);
        Assert.InRange(figures.GetProperty("peakBytes").GetInt64(), 1 << 18, 1L << 30);
        if (run.GetProperty("scenario").GetString()!.StartsWith("dump", StringComparison.Ordinal))
        {
            Assert.InRange(run.GetProperty("outBytes").GetInt64(), 100_000, 10_000_000);
        }
    }
}
