using System.Globalization;
using System.Text;
using PureDump.Cli;
using PureDump.Cli.Terminals;
using PureDump.Formats.Errors;
using PureDump.TestSupport;

namespace PureDump.Tests.Archive;

/// <summary>
/// Each rule of formats/pdump.md, section 11, has archives in formats/golden/rejected that break it and nothing else. Every command that
/// reads archives refuses them, out of a file and out of a pipe; one that reads less of an archive refuses just what section 11 says.
/// </summary>
public sealed class RejectedArchiveTests : IDisposable
{
    private const string Specification = "pdump.md";
    private const string TocPlace = "toc";
    private const string OrderPlace = "order";
    private const string RowsPlace = "rows";
    private const string PayloadPlace = "payload";
    private const string ClusterPlace = "cluster";

    private static readonly string[] s_everything = [TocPlace, OrderPlace, RowsPlace, PayloadPlace, ClusterPlace];

    private readonly string _folder = Directory.CreateTempSubdirectory("puredump-").FullName;

    public static TheoryData<string> Names => [.. RejectedArchives.All.Select(static archive => archive.Name)];

    private static string Folder => Repository.PathOf("formats", "golden", "rejected");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_rule_of_the_specification_has_archives_that_break_it_and_every_archive_a_rule()
    {
        string[] rules = [.. SpecificationTable.Rows(Specification, "## 11.").Select(static row => row[0])];

        Assert.Equal(rules.Distinct(), rules);
        Assert.Equal(
            rules.Order(StringComparer.Ordinal),
            RejectedArchives.All.Select(static archive => archive.Rule).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            RejectedArchives.All.Select(static archive => archive.Name).Order(StringComparer.Ordinal),
            Directory
                .GetFiles(Folder, "*.pdump")
                .Select(static path => Path.GetFileNameWithoutExtension(path))
                .Order(StringComparer.Ordinal));
    }

    /// <summary>What is rejected is what is wrong with it, for without that it is read.</summary>
    [Fact]
    public void The_archive_they_are_made_of_is_read_by_all()
    {
        string path = Path.Combine(_folder, "whole.pdump");
        File.WriteAllBytes(path, new RecordArchive().Build());

        Assert.All(Ways(path), way => Assert.Equal((0, ""), (way.Run.ExitCode, way.Run.ExitCode == 0 ? "" : way.Run.Error)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_golden_archive_is_refused_by_all_who_read_what_is_wrong_in_it(string name)
    {
        RejectedArchive archive = RejectedArchives.All.Single(one => one.Name == name);
        int due = ErrorTable.ExitCode(ErrorOf(archive.Rule));
        string path = Path.Combine(Folder, name + ".pdump");

        Assert.All(
            Ways(path),
            way =>
            {
                bool isRefused = way.Places.Contains(archive.Place);
                Assert.True(
                    way.Run.ExitCode == (isRefused ? due : 0),
                    $"{way.Words}, {archive.Place}: exit code {way.Run.ExitCode}, due is "
                        + $"{(isRefused ? due : 0)}\n{way.Run.Error}{way.Run.Output[..Math.Min(way.Run.Output.Length, 2000)]}");
            }
        );
    }

    [Fact]
    public void What_the_golden_archives_hold_is_what_their_maker_makes() =>
        Assert.All(
            RejectedArchives.All,
            static archive => Assert.Equal(File.ReadAllBytes(Path.Combine(Folder, archive.Name + ".pdump")), archive.Make()));

    /// <summary>A few bytes that ask for much, in a process whose heap would not hold it.</summary>
    [Theory]
    [InlineData("L4-toc")]
    [InlineData("L4-toc-2")]
    public void What_a_table_of_contents_asks_for_is_bounded_by_what_was_sent(string name)
    {
        var limited = new Dictionary<string, string?> { ["DOTNET_GCHeapHardLimit"] = "18000000" };
        Command run = Command.Run(
            BuiltProgram.Words[0],
            [.. BuiltProgram.Words[1..], "list", Path.Combine(Folder, name + ".pdump")],
            environment: limited);

        Assert.Equal(ErrorTable.ExitCode(ErrorKind.ArchiveDamaged), run.ExitCode);
        Assert.Contains(
            name == "L4-toc" ? "which is too long" : "it asks for more than 134217728 bytes of memory",
            run.Error,
            StringComparison.Ordinal);
    }

    /// <summary>No test but the maker of the files: run with <c>-explicit only</c>, it makes those that are not there yet.</summary>
    [Fact(Explicit = true)]
    public void Make_missing_rejected_archives()
    {
        Directory.CreateDirectory(Folder);
        foreach (RejectedArchive archive in RejectedArchives.All)
        {
            string path = Path.Combine(Folder, archive.Name + ".pdump");
            if (!File.Exists(path))
            {
                File.WriteAllBytes(path, archive.Make());
            }
        }
    }

    private static ErrorKind ErrorOf(string rule) =>
        SpecificationTable.Rows(Specification, "## 11.").Single(row => row[0] == rule)[2] == "version"
            ? ErrorKind.ArchiveVersion
            : ErrorKind.ArchiveDamaged;

    // What each command reads of an archive.
    private IEnumerable<(string Words, string[] Places, Outcome Run)> Ways(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bool isCluster = Formats.Archive.ArchiveHeader.IsOfCluster(bytes) && !Path.GetFileName(path).StartsWith('H');
        (string[] Words, string[] Places)[] ways = isCluster
            ?
            [
                (["verify", path], s_everything),
                (["verify", "-"], s_everything),
                (["restore", "-f", "-", path], [ClusterPlace]),
                (["list", path], [ClusterPlace]),
                (["list", "-"], s_everything),
            ]
            :
            [
                (["verify", path], s_everything),
                (["restore", "-f", "-", path], s_everything),
                (["convert", "-F", "pdump", "-f", Out("x.pdump"), path], s_everything),
                (["convert", "-F", "custom", "-f", Out("x.dump"), path], s_everything),
                (["restore", "-l", path], [TocPlace, OrderPlace]),
                (["list", path], [TocPlace, OrderPlace]),
                (["show", path, "1"], [TocPlace]),
                (["verify", "-"], s_everything),
                (["convert", "-F", "pdump", "-f", Out("x.pdump"), "-"], s_everything),
                (["list", "-"], [TocPlace, OrderPlace, RowsPlace]),
                (["show", "-", "1"], [TocPlace]),
            ];
        return ways.Select(way => (string.Join(' ', way.Words), way.Places, Run(way.Words, bytes)));
    }

    private string Out(string name) => Path.Combine(_folder, name);

    private static Outcome Run(string[] words, byte[] input)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using Stream stream = new MemoryStream(input);
        int exitCode = CommandLine.Run(
            words,
            new Surroundings
            {
                Input = stream,
                Output = output,
                Error = error,
                Environment = static _ => null,
            }
        );
        return new Outcome(exitCode, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    private sealed record Outcome(int ExitCode, string Output, string Error);
}
