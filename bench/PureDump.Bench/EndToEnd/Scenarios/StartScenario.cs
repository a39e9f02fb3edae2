using PureDump.Bench.EndToEnd.Measure;
using PureDump.Bench.EndToEnd.Peers;

namespace PureDump.Bench.EndToEnd.Scenarios;

/// <summary>What it takes to do next to nothing.</summary>
internal static class StartScenario
{
    public const string Version = "start-version";
    public const string Query = "start-query";

    /// <summary>The version, without a server.</summary>
    public static Scenario OfVersion(Setting setting, int runsPerRound) => new(
        Version,
        "say the version",
        [
            .. setting.PureDumps.Select(program => Doing(setting, program.Label, program.Stage("--version"))),
            .. setting.Peers.Select(programs => Doing(setting, PgLabel("pg_dump", programs), programs.Dump("--version"))),
        ])
    {
        RunsPerRound = runsPerRound,
        Base = BaseOf("pg_dump", setting),
    };

    /// <summary>One row of one value from a server.</summary>
    public static Scenario OfQuery(Setting setting, int runsPerRound) =>
        new(
            Query,
            "psql -c 'SELECT 1'",
            [
                .. setting.PureDumps.Select(program =>
                    Doing(setting, program.Label, program.Stage("psql", "-X", "-d", setting.Source, "-c", "SELECT 1"))),
                .. setting.Peers.Select(programs =>
                    Doing(setting, PgLabel("psql", programs), programs.Psql("-d", setting.Source, "-c", "SELECT 1"))),
            ])
        {
            RunsPerRound = runsPerRound,
            Base = BaseOf("psql", setting),
        };

    private static string PgLabel(string program, PgPrograms programs) => $"{program} {programs.Major}";

    private static string? BaseOf(string program, Setting setting) => setting.Peers.Count == 0 ? null : PgLabel(program, setting.Peers[0]);

    private static Contestant Doing(Setting setting, string label, Stage stage) =>
        new(label, () => new Outcome(setting.Run(new Step(stage))));
}
