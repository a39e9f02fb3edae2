using PureDump.Bench.EndToEnd.Measure;
using PureDump.Bench.EndToEnd.Peers;
using PureDump.TestSupport;

namespace PureDump.Bench.EndToEnd.Scenarios;

/// <summary>A database of one server into an empty one of another.</summary>
internal static class CopyScenario
{
    public const string Name = "copy";
    private const string Verb = "copy";

    /// <summary>With whoever is there; says who is not.</summary>
    /// <param name="setting">Has the source.</param>
    /// <param name="target">The other server.</param>
    public static Scenario Create(Setting setting, BenchServer target)
    {
        var database = new RestoredDatabase(setting, target);
        var contestants = new List<Contestant>();
        var leftOut = new List<string>();
        foreach (PureDumpProgram program in setting.PureDumps)
        {
            if (program.Knows(Verb))
            {
                contestants.Add(
                    Into(database, Labels.Copy(program.Label), () => setting.Run(new Step(CopyStage(setting, program, database)))));
            }
            else
            {
                leftOut.Add($"{Labels.Copy(program.Label)}: the executable has no such verb");
            }

            contestants.Add(Into(database, Labels.Pipe(program.Label), () => setting.Run(PureDumpPipe(setting, program, database))));
        }

        foreach (PgPrograms programs in setting.Peers.Take(1))
        {
            contestants.Add(
                Into(
                    database,
                    Labels.DumpThenRestore(programs.Major, DumpScenario.Codecs(programs)[0]),
                    () => DumpThenRestore(setting, programs, database)));
            contestants.Add(Into(database, Labels.PgPipe(programs.Major), () => setting.Run(PgPipe(setting, programs, database))));
        }

        AddPgCopyDb(setting, database, contestants, leftOut);
        return new Scenario(Name, $"copy the database to another server with -j {setting.JobsText}", contestants)
        {
            RowCount = setting.RowCount,
            Base =
                setting.Peers.Count == 0 ? null : Labels.DumpThenRestore(setting.Peers[0].Major, DumpScenario.Codecs(setting.Peers[0])[0]),
            LeftOut = leftOut,
        };
    }

    private static Stage CopyStage(Setting setting, PureDumpProgram program, RestoredDatabase database) =>
        program.Stage(Verb, "-q", "--source", setting.Source, "--target", database.Conninfo, "-j", setting.JobsText);

    private static Step PureDumpPipe(Setting setting, PureDumpProgram program, RestoredDatabase database) => new(
        program.Stage("dump", "-q", "-d", setting.Source, "-j", setting.JobsText, "-Z", "none"),
        program.Stage("restore", "-q", "-d", database.Conninfo, "-j", setting.JobsText));

    private static Step PgPipe(Setting setting, PgPrograms programs, RestoredDatabase database) =>
        new(programs.Dump("-d", setting.Source), programs.Psql("-q", "-o", "/dev/null", "-d", database.Conninfo));

    private static Figures DumpThenRestore(Setting setting, PgPrograms programs, RestoredDatabase database)
    {
        string path = setting.PathOf("between");
        string codec = DumpScenario.Codecs(programs)[0];
        try
        {
            return setting.Run(
                new Step(DumpScenario.DirectoryStage(setting, programs, codec, path, [])),
                new Step(programs.Restore("-d", database.Conninfo, "-j", setting.JobsText, path)));
        }
        finally
        {
            OutputPath.Remove(path);
        }
    }

    private static void AddPgCopyDb(Setting setting, RestoredDatabase database, List<Contestant> contestants, List<string> leftOut)
    {
        if (Command.Find(Labels.PgCopyDb) is not { } program)
        {
            leftOut.Add($"{Labels.PgCopyDb}: not in PATH");
            return;
        }

        string place = setting.PathOf("pgcopydb");
        var stage = new Stage(
        [
            program, "clone", "--source", setting.Source, "--target", database.Conninfo, "--dir", place,
            "--table-jobs", setting.JobsText, "--index-jobs", setting.JobsText,
        ]);
        Contestant contestant = Into(database, Labels.PgCopyDb, () => setting.Run(new Step(stage)));
        contestants.Add(contestant with
        {
            Prepare = () =>
            {
                OutputPath.Remove(place);
                contestant.Prepare();
            },
        });
    }

    private static Contestant Into(RestoredDatabase database, string label, Func<Figures> run) => new(label, () => new Outcome(run()))
    {
        Prepare = database.Create,
        Finish = () => database.CheckAndDrop(isTableOnly: false),
    };
}
