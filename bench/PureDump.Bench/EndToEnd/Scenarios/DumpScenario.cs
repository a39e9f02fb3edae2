using PureDump.Bench.EndToEnd.Measure;
using PureDump.Bench.EndToEnd.Peers;

namespace PureDump.Bench.EndToEnd.Scenarios;

/// <summary>A database, or its largest table, into a file or directory.</summary>
internal static class DumpScenario
{
    public const string Whole = "dump";
    public const string Table = "dump-table";

    /// <summary>The whole database, in all codecs.</summary>
    public static Scenario OfWhole(Setting setting) =>
        new(
            Whole,
            $"dump the database with -j {setting.JobsText}",
            [
                .. setting.PureDumps.SelectMany(program =>
                    new[] { Labels.UsualCodec, "lz4", "none" }.Select(codec => PureDump(setting, program, codec, []))),
                .. setting.Peers.SelectMany(programs => Codecs(programs).Select(codec => Directory(setting, programs, codec, []))),
                .. setting.Peers.Select(programs => Custom(setting, programs)),
                new ServerLimit(setting).Contestant(table: null),
            ])
        {
            RowCount = setting.RowCount,
            Base = BaseOf(setting),
        };

    /// <summary>The largest table alone.</summary>
    public static Scenario OfTable(Setting setting)
    {
        string table = $"public.{setting.Dataset.LargestTable}";
        return new(
            Table,
            $"dump the table {setting.Dataset.LargestTable} alone with -j {setting.JobsText}",
            [
                .. setting.PureDumps.Select(program => PureDump(setting, program, Labels.UsualCodec, ["-t", table])),
                .. setting.Peers.Select(programs => Directory(setting, programs, Codecs(programs)[0], ["-t", table])),
                new ServerLimit(setting).Contestant(setting.Dataset.LargestTable),
            ])
        {
            RowCount = setting.LargestRowCount,
            Base = BaseOf(setting),
        };
    }

    /// <summary>The codecs of pg_dump's directories that are measured; zstd, the nearest to PureDump's own, first where there is
    /// one.</summary>
    public static string[] Codecs(PgPrograms programs) => programs.HasLz4AndZstd ? ["zstd:1", "lz4", "gzip"] : ["gzip"];

    /// <summary>A dump by PureDump.</summary>
    public static Stage PureDumpStage(Setting setting, PureDumpProgram program, string codec, string path, IEnumerable<string> choice) =>
        program.Stage([
            "dump",
            "-q",
            "-d",
            setting.Source,
            "-j",
            setting.JobsText,
            .. codec == Labels.UsualCodec ? [] : new[] { "-Z", codec },
            "-f",
            path,
            .. choice,
        ]);

    /// <summary>A dump by pg_dump into a directory.</summary>
    public static Stage DirectoryStage(Setting setting, PgPrograms programs, string codec, string path, IEnumerable<string> choice) =>
        programs.Dump([
            "-d",
            setting.Source,
            "-Fd",
            "-j",
            setting.JobsText,
            .. codec == "gzip" ? [] : new[] { "-Z", codec },
            "-f",
            path,
            .. choice,
        ]);

    private static string? BaseOf(Setting setting) =>
        setting.Peers.Count == 0 ? null : Labels.Directory(setting.Peers[0].Major, Codecs(setting.Peers[0])[0]);

    private static Contestant PureDump(Setting setting, PureDumpProgram program, string codec, string[] choice) =>
        Into(setting, Labels.PureDump(program.Label, codec), path => PureDumpStage(setting, program, codec, path, choice));

    private static Contestant Directory(Setting setting, PgPrograms programs, string codec, string[] choice) =>
        Into(setting, Labels.Directory(programs.Major, codec), path => DirectoryStage(setting, programs, codec, path, choice));

    private static Contestant Custom(Setting setting, PgPrograms programs) =>
        Into(setting, Labels.Custom(programs.Major), path => programs.Dump("-d", setting.Source, "-Fc", "-f", path));

    private static Contestant Into(Setting setting, string label, Func<string, Stage> stage)
    {
        string path = setting.PathOf("dumped");
        return new Contestant(label, () => new Outcome(setting.Run(new Step(stage(path))), OutputPath.Size(path)))
        {
            Prepare = () => OutputPath.Remove(path),
            Finish = () => OutputPath.Remove(path),
        };
    }
}
