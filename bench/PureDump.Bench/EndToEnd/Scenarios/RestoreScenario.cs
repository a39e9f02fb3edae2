using PureDump.Bench.EndToEnd.Measure;
using PureDump.Bench.EndToEnd.Peers;

namespace PureDump.Bench.EndToEnd.Scenarios;

/// <summary>An archive into an empty database: all of it, or the rows of the largest table without its keys and indexes.</summary>
internal static class RestoreScenario
{
    public const string Whole = "restore";
    public const string Table = "restore-table";

    private static readonly string[] s_rowsOnly = ["--section=pre-data", "--section=data"];

    /// <summary>Everything, with keys and indexes.</summary>
    public static Scenario OfWhole(Setting setting) =>
        Create(
            setting,
            Whole,
            $"restore the database with -j {setting.JobsText} into an empty one, with keys and indexes",
            setting.RowCount,
            [],
            []);

    /// <summary>The largest table, without keys and indexes.</summary>
    public static Scenario OfTable(Setting setting) => Create(
        setting,
        Table,
        $"restore the table {setting.Dataset.LargestTable} alone with -j {setting.JobsText}, without keys and indexes",
        setting.LargestRowCount,
        ["-t", $"public.{setting.Dataset.LargestTable}"],
        s_rowsOnly);

    private static Scenario Create(Setting setting, string name, string description, long rowCount, string[] choice, string[] sections) =>
        new(
            name,
            description,
            [
                .. setting.PureDumps.Select(program => PureDump(setting, program, choice, sections)),
                .. setting.Peers.Select(programs => Directory(setting, programs, choice, sections)),
            ])
        {
            RowCount = rowCount,
            Base = setting.Peers.Count == 0 ? null : Labels.Restore(setting.Peers[0].Major, DumpScenario.Codecs(setting.Peers[0])[0]),
        };

    private static Contestant PureDump(Setting setting, PureDumpProgram program, string[] choice, string[] sections) => From(
        setting,
        Labels.PureDump(program.Label, Labels.UsualCodec),
        sections,
        path => DumpScenario.PureDumpStage(setting, program, Labels.UsualCodec, path, choice),
        (path, database) => program.Stage(["restore", "-q", "-d", database, "-j", setting.JobsText, .. sections, path]));

    private static Contestant Directory(Setting setting, PgPrograms programs, string[] choice, string[] sections)
    {
        string codec = DumpScenario.Codecs(programs)[0];
        return From(
            setting,
            Labels.Restore(programs.Major, codec),
            sections,
            path => DumpScenario.DirectoryStage(setting, programs, codec, path, choice),
            (path, database) => programs.Restore(["-d", database, "-j", setting.JobsText, .. sections, path]));
    }

    private static Contestant From(
        Setting setting,
        string label,
        string[] sections,
        Func<string, Stage> dump,
        Func<string, string, Stage> restore)
    {
        // Made before the first run; each contestant restores its own.
        string path = setting.PathOf($"{label.Replace(' ', '-')}{sections.Length}");
        var target = new RestoredDatabase(setting, setting.Server);
        return new Contestant(label, () => new Outcome(setting.Run(new Step(restore(path, target.Conninfo)))))
        {
            Prepare = () =>
            {
                if (!Path.Exists(path))
                {
                    setting.Run(new Step(dump(path)));
                }

                target.Create();
            },
            Finish = () => target.CheckAndDrop(sections.Length > 0),
        };
    }
}
