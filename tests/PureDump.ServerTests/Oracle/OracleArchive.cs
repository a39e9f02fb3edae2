using System.Text.RegularExpressions;
using PureDump.Engine;
using PureDump.Formats.Codec;
using PureDump.Formats.PgArchive;
using PureDump.Formats.Script;
using PureDump.ServerTests.Transfer;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Oracle;

/// <summary>
/// An archive of pg_dump's formats, made by PureDump or by pg_dump, each time anew under one path. A layout is a format and a
/// compression, <c>custom gzip</c>; a tool the major version of PostgreSQL's programs.
/// </summary>
internal sealed partial class OracleArchive : IDisposable
{
    private const int OldMajor = 15;

    private readonly TemporaryFile _file = new("archive");

    public string Path => _file.Path;

    /// <summary>PostgreSQL's programs of a major version, not newer ones. Skips the test where they are not installed.</summary>
    public static PgDumpOracle Tools(int major)
    {
        PgDumpOracle tools = PgDumpOracle.Find(major);
        Requirement.That(tools.Major == major, $"the programs of PostgreSQL {major} are not installed");
        return tools;
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Has pg_dump make it; a directory by two workers.</summary>
    public void PgDump(OracleSource source, int tool, string layout, params string[] options)
    {
        RemoveArchive();
        string[] words = layout.Split(' ');

        // pg_dump 15 knows levels only.
        string compression = tool == OldMajor ? (words[1] == "none" ? "0" : "6") : words[1];
        string[] jobs = words[0] == "directory" ? ["-j", "2"] : [];
        Tools(tool)
            .Run("pg_dump", source.Server, ["-F", words[0], "-Z", compression, "-f", Path, .. jobs, .. options, source.Database])
            .Succeeded();
    }

    /// <summary>Has PureDump make it; a directory by two workers.</summary>
    public void Dump(
        PostgresServer server,
        string database,
        string layout,
        PgArchiveVersion version,
        RowStatements rows = RowStatements.Copy)
    {
        RemoveArchive();
        string[] words = layout.Split(' ');
        var target = new PgArchiveTarget
        {
            Format = Enum.Parse<PgArchiveFormat>(words[0], ignoreCase: true),
            Path = Path,
            Compression = StreamCompression.Parse(words[1], static _ => { }),
            Version = version,
        };
        var request = new DumpRequest
        {
            Source = Operations.TargetOf(server, database),
            Jobs = 2,
            Script = new ScriptOptions { Rows = rows },
        };
        DumpOperation.ToPgArchive(request, target, new RecordingObserver(), TestContext.Current.CancellationToken);
    }

    /// <summary>Has pg_restore restore it; any exit code.</summary>
    public Command PgRestore(PostgresServer server, int tool, string target, string[] options) =>
        Tools(tool).Run("pg_restore", server, ["-d", target, .. options, Path]);

    /// <summary>Compresses the table of contents of a directory, as people do.</summary>
    public void CompressToc()
    {
        string path = System.IO.Path.Combine(Path, "toc.dat");
        Command.Run("gzip", [path]).Succeeded();
        Assert.False(File.Exists(path));
    }

    private void RemoveArchive()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }

        File.Delete(Path);
    }

    /// <summary>The list of pg_restore. The time in the header is that of the producer's clock, without a zone.</summary>
    public string ListByPgRestore(int tool) =>
        Listed(Tools(tool).Run("pg_restore", ["-l", Path], new Dictionary<string, string?> { ["TZ"] = "UTC" }).Succeeded().Output, tool);

    /// <summary>The list of PureDump, as far as pg_restore of that major has the same.</summary>
    public string ListByPureDump(int tool)
    {
        using PureDumpProcess list = PureDumpProcess.Start(["restore", "-l", Path]);
        string text = new StreamReader(list.Output).ReadToEnd();
        Assert.True(list.WaitForExit() == 0, list.Error);
        return Listed(text, tool);
    }

    // pg_restore 15 shows a level in place of the method.
    private static string Listed(string list, int tool) => tool == OldMajor ? Compression().Replace(list, "") : list;

    [GeneratedRegex("^;     Compression: .*\n", RegexOptions.Multiline)]
    private static partial Regex Compression();
}
