using PureDump.Bench.EndToEnd.Measure;
using PureDump.Bench.EndToEnd.Scenarios;

namespace PureDump.Bench.EndToEnd.Report;

/// <summary>What PureDump is to reach, beside the newest client programs of PostgreSQL.</summary>
internal static class Bars
{
    private const int PeerMajor = 18;
    private const string Main = "tpch";
    private static readonly string s_directory = Labels.Directory(PeerMajor, Labels.UsualCodec);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Bar> All { get; } =
    [
        AgainstDump("dump, wall", Figure.Wall, 0.80, Main, DumpScenario.Whole),
        Against("dump, wall", Figure.Wall, 1.35, Main, DumpScenario.Whole, Usual, Labels.ServerAlone),
        AgainstDump("dump, size", Figure.Size, 0.45, Main, DumpScenario.Whole),
        AgainstDump("dump, client CPU", Figure.Cpu, 0.60, Main, DumpScenario.Whole),
        Against("dump, wall", Figure.Wall, 0.15, Main, DumpScenario.Whole, Usual, Labels.Custom(PeerMajor)),
        AgainstDump("dump of the largest table, wall", Figure.Wall, 0.70, Main, DumpScenario.Table),
        Against("restore, wall", Figure.Wall, 0.60, Main, RestoreScenario.Whole, Usual, Labels.Restore(PeerMajor, Labels.UsualCodec)),
        Against(
            "restore of the largest table without indexes, wall",
            Figure.Wall,
            0.50,
            Main,
            RestoreScenario.Table,
            Usual,
            Labels.Restore(PeerMajor, Labels.UsualCodec)),
        Against(
            "copy, wall",
            Figure.Wall,
            0.50,
            Main,
            CopyScenario.Name,
            Labels.Copy,
            Labels.DumpThenRestore(PeerMajor, Labels.UsualCodec)),
        Against("copy, wall", Figure.Wall, 0.75, Main, CopyScenario.Name, Labels.Copy, Labels.PgCopyDb),
        AgainstDump("dump of JSONB, wall", Figure.Wall, 1.0, "jsonb", DumpScenario.Whole),
        AgainstDump("dump of JSONB, size", Figure.Size, 1.0, "jsonb", DumpScenario.Whole),
        AgainstDump("dump of long texts, wall", Figure.Wall, 1.0, "texty", DumpScenario.Whole),
        AgainstDump("dump of long texts, size", Figure.Size, 1.0, "texty", DumpScenario.Whole),
        new(
            "peak memory of any run",
            Figure.Peak,
            200,
            results => [.. results.Runs.Where(run => IsSubject(results, run))],
            null,
            TakesMemory),
        Start("start, --version", 15, StartScenario.Version),
        Start("start, one small query", 60, StartScenario.Query),
    ];

    /// <summary>Whether any bar takes a run of a contestant.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="scenario">What is done.</param>
    /// <param name="contestant">By whom.</param>
    /// <param name="subject">The build that the bars are about.</param>
    public static bool Need(string dataset, string scenario, string contestant, string subject) =>
        All.Any(bar => bar.Needs(dataset, scenario, contestant, subject));

    /// <summary>Whether any bar takes a run of that build.</summary>
    public static bool Need(string dataset, string scenario, string subject) =>
        ((string[])[subject, Usual(subject), Labels.Copy(subject)]).Any(own => Need(dataset, scenario, own, subject));

    private static Bar AgainstDump(string name, Figure figure, double limit, string dataset, string scenario) =>
        Against(name, figure, limit, dataset, scenario, Usual, s_directory);

    private static Bar Against(
        string name,
        Figure figure,
        double limit,
        string dataset,
        string scenario,
        Func<string, string> own,
        string peer) =>
        new(
            $"{name}, beside {peer}",
            figure,
            limit,
            results => results.RunsOf(dataset, scenario, own(results.Subject)),
            results => results.RunsOf(dataset, scenario, peer),
            (set, done, contestant, subject) => set == dataset && done == scenario && (contestant == own(subject) || contestant == peer));

    private static Bar Start(string name, double limit, string scenario) => new(
        name,
        Figure.WallMs,
        limit,
        results => Anywhere(results, scenario),
        null,
        (_, done, contestant, subject) => done == scenario && contestant == subject);

    // A dump and a restore of each kind of data.
    private static bool TakesMemory(string dataset, string scenario, string contestant, string subject) =>
        scenario is DumpScenario.Whole or RestoreScenario.Whole && contestant == Usual(subject);

    private static string Usual(string program) => Labels.PureDump(program, Labels.UsualCodec);

    private static bool IsSubject(Results results, RunRecord run) =>
        run.Contestant == results.Subject || run.Contestant.StartsWith($"{results.Subject} ", StringComparison.Ordinal);

    private static IReadOnlyList<RunRecord> Anywhere(Results results, string scenario) =>
        [.. results.Runs.Where(run => run.Scenario == scenario && run.Contestant == results.Subject)];
}
