using System.CommandLine;
using System.Runtime.InteropServices;
using PureDump.Bench.EndToEnd.Data;
using PureDump.Bench.EndToEnd.Measure;
using PureDump.Bench.EndToEnd.Peers;
using PureDump.Bench.EndToEnd.Report;
using PureDump.TestSupport;
using Command = System.CommandLine.Command;

namespace PureDump.Bench.EndToEnd;

/// <summary><c>endtoend</c>: measures PureDump beside its peers, and writes results.json and results.md.</summary>
internal static class EndToEndCommand
{
    private const double SmokeScale = 0.001;
    private static readonly string[] s_usualDatasets = ["tpch", "jsonb", "texty", "large"];

    private static readonly Option<string[]> s_datasets = Several("--dataset", "a data set, or all; may be repeated", s_usualDatasets);
    private static readonly Option<double?> s_scale = new("--scale") { Description = "of every data set, in place of its usual one" };
    private static readonly Option<ulong> s_seed = new("--seed")
    {
        Description = "of the data",
        DefaultValueFactory = _ => Dataset.UsualSeed,
    };
    private static readonly Option<string[]> s_scenarios = Several("--scenario", "only this scenario; may be repeated", []);
    private static readonly Option<string[]> s_contestants = Several("--only", "only those with this in their label; may be repeated", []);
    private static readonly Option<bool> s_bars = new("--bars") { Description = "only what the bars are held against" };
    private static readonly Option<string?> s_base = new("--base") { Description = "ratios to the one with this in its label" };

    private static readonly Option<string[]> s_pureDumps =
        Several("--puredump", "[LABEL=]EXECUTABLE; may be repeated, the first one is held against the bars", [PublishedExecutable.Path]);

    private static readonly Option<string[]> s_pgDirectories = Several(
        "--pg-bin",
        "a directory of pg_dump, pg_restore and psql; may be repeated",
        []);
    private static readonly Option<int> s_major = new("--server")
    {
        Description = "the server's major version",
        DefaultValueFactory = _ => 15,
    };

    private static readonly Option<string> s_walLevel = new("--wal-level")
    {
        Description = "the server's wal_level",
        DefaultValueFactory = _ => "replica",
    };
    private static readonly Option<int> s_jobs = new("--jobs", "-j")
    {
        Description = "connections of a dump or restore",
        DefaultValueFactory = _ => 2,
    };
    private static readonly Option<int> s_rounds = new("--rounds") { Description = "measured runs of each", DefaultValueFactory = _ => 5 };
    private static readonly Option<bool> s_noWarmUp = new("--no-warm-up") { Description = "measure the first run too" };
    private static readonly Option<bool> s_cold = new("--cold")
    {
        Description = "restart the server and drop the system's cache before each run",
    };
    private static readonly Option<bool> s_smoke = new("--smoke") { Description = "a thousandth of the data, one round: does it work?" };

    private static readonly Option<string> s_output = new("--output", "-o")
    {
        Description = "the directory of the results",
        DefaultValueFactory = _ => Repository.PathOf("artifacts", "bench"),
    };

    private static readonly Option<string> s_work = new("--work")
    {
        Description = "where archives are written",
        DefaultValueFactory = _ => Path.GetTempPath(),
    };

    public static Command Create()
    {
        var command = new Command("endtoend", "measure PureDump beside its peers, in turns")
        {
            s_datasets,
            s_scale,
            s_seed,
            s_scenarios,
            s_contestants,
            s_bars,
            s_base,
            s_pureDumps,
            s_pgDirectories,
            s_major,
            s_walLevel,
            s_jobs,
            s_rounds,
            s_noWarmUp,
            s_cold,
            s_smoke,
            s_output,
            s_work,
        };
        command.SetAction(options => Run(OptionsOf(options), options.GetValue(s_output)!));
        return command;
    }

    private static Option<string[]> Several(string name, string description, string[] usual) =>
        new(name) { Description = description, DefaultValueFactory = _ => usual };

    private static EndToEndOptions OptionsOf(ParseResult options)
    {
        string[] datasets = options.GetValue(s_datasets)!;
        bool isSmoke = options.GetValue(s_smoke);
        return new EndToEndOptions
        {
            Datasets = datasets is ["all"] ? Datasets.All : [.. datasets.Select(Datasets.Find)],
            Scale = options.GetValue(s_scale) ?? (isSmoke ? SmokeScale : null),
            Seed = options.GetValue(s_seed),
            Scenarios = options.GetValue(s_scenarios)!,
            Contestants = options.GetValue(s_contestants)!,
            IsForBars = options.GetValue(s_bars),
            Base = options.GetValue(s_base),
            PureDumps = [.. options.GetValue(s_pureDumps)!.Select(PureDumpProgram.Parse)],
            PgDirectories = options.GetValue(s_pgDirectories)!,
            ServerMajor = options.GetValue(s_major),
            WalLevel = options.GetValue(s_walLevel)!,
            Jobs = options.GetValue(s_jobs),
            Rounds = isSmoke
                ? new Rounds(1, WithWarmUp: false, IsCold: false)
                : new Rounds(options.GetValue(s_rounds), !options.GetValue(s_noWarmUp), options.GetValue(s_cold)),
            StartsPerRound = isSmoke ? 1 : 20,
            WorkDirectory = options.GetValue(s_work)!,
        };
    }

    private static int Run(EndToEndOptions options, string output)
    {
        using var interruption = new CancellationTokenSource();
        using PosixSignalRegistration interrupt = StopAt(PosixSignal.SIGINT, interruption);
        using PosixSignalRegistration terminate = StopAt(PosixSignal.SIGTERM, interruption);
        Directory.CreateDirectory(output);
        using var run = new EndToEndRun(options, Console.Error.WriteLine, interruption.Token);
        Results results = Finished(run, interruption.Token);
        string report = MarkdownReport.Of(results);
        File.WriteAllText(Path.Combine(output, "results.json"), results.ToJson());
        File.WriteAllText(Path.Combine(output, "results.md"), report);
        Console.WriteLine(report);
        return 0;
    }

    // The first signal ends the run in order, a second one at once.
    private static PosixSignalRegistration StopAt(PosixSignal signal, CancellationTokenSource interruption) =>
        PosixSignalRegistration.Create(
            signal,
            context =>
            {
                context.Cancel = !interruption.IsCancellationRequested;
                interruption.Cancel();
                StepRun.StopAll();
            }
        );

    private static Results Finished(EndToEndRun run, CancellationToken cancellation)
    {
        try
        {
            return run.Run();
        }
        catch (BenchException) when (cancellation.IsCancellationRequested)
        {
            // What failed was a program that was told to end.
            throw new OperationCanceledException("interrupted", cancellation);
        }
    }
}
