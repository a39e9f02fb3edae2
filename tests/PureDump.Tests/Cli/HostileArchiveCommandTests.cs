using System.Globalization;
using System.Text;
using PureDump.Cli;
using PureDump.Cli.Terminals;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.TestSupport;

namespace PureDump.Tests.Cli;

/// <summary>
/// The commands that read archives, given archives that somebody made to do harm: a named error with its exit code, nothing
/// written but what was asked for, nothing read from outside the archive.
/// </summary>
public sealed class HostileArchiveCommandTests : IDisposable
{
    private const string Secret = "the secret beside the archive\n\\.\n\n\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("puredump-").FullName;

    public HostileArchiveCommandTests()
    {
        File.WriteAllText(Path.Combine(_folder, "secret"), Secret);
        Directory.CreateDirectory(Path.Combine(_folder, "out"));
    }

    public static TheoryData<string> Names => [.. HostileArchive.All.Select(static archive => archive.Name)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void Reading_the_table_of_contents_is_refused_or_tells_what_is_in_it(string name)
    {
        (HostileArchive archive, string path) = Make(name);
        foreach (
            string[] words in (string[][])
                [
                    ["list", path],
                    ["restore", "-l", path],
                    ["pg_restore", "-l", path],
                    ["list", "--json", path],
                ])
        {
            Outcome run = Run(words);
            if (archive.TocError is { } error)
            {
                AssertRefused(run, error, path, isClient: words[0] == "pg_restore");
            }
            else
            {
                Assert.Equal((0, ""), (run.ExitCode, run.Error));
                Assert.Contains("TABLE DATA", run.Output, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Reading_data_is_refused_and_leaves_nothing(string name)
    {
        (HostileArchive archive, string path) = Make(name);
        string before = Listing();
        foreach (string[] words in (string[][])
            [
                ["restore", "-f", "-", path], ["restore", "-f", Out("x.sql"), path], ["pg_restore", "-f", Out("x.sql"), path],
                ["convert", "-F", "plain", path, "-f", Out("x.sql")], ["convert", "-F", "pdump", path, "-f", Out("x.pdump")],
                ["convert", "-F", "custom", path, "-f", Out("x.dump")], ["convert", "-F", "tar", path, "-f", Out("x.tar")],
                ["convert", "-F", "directory", path, "-f", Out("x")],
            ])
        {
            Outcome run = Run(words);

            AssertRefused(run, archive.DataError, path, isClient: words[0] == "pg_restore");
            Assert.Equal(before, Listing());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Out_of_a_pipe_it_is_refused_too(string name)
    {
        (_, string path) = Make(name);
        if (Directory.Exists(path))
        {
            // A directory does not fit a pipe.
            return;
        }

        string before = Listing();
        Outcome script = Run(["restore", "-f", "-"], File.ReadAllBytes(path));
        Outcome archive = Run(["convert", "-F", "pdump", "-f", Out("x.pdump")], File.ReadAllBytes(path));

        Assert.All([script, archive], static run => Assert.Equal(ErrorTable.ExitCode(ErrorKind.ArchiveDamaged), run.ExitCode));
        Assert.Equal(before, Listing());
    }

    /// <summary>An archive of pg_dump has no checksums; what reads its data finds, verify finds by reading them.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Verify_and_show_end_with_a_code_of_the_table(string name)
    {
        (HostileArchive archive, string path) = Make(name);
        string before = Listing();

        Assert.Equal(ErrorTable.ExitCode(ErrorKind.ArchiveDamaged), Run(["verify", path]).ExitCode);
        Outcome shown = Run(["show", path, "t"]);
        if (archive.TocError is { } error)
        {
            AssertRefused(shown, error, path, isClient: false);
        }
        else
        {
            Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        }

        Assert.Equal(before, Listing());
    }

    /// <summary>Each line of a list is an entry's, and nothing in a script is a command that a name wants to be one.</summary>
    [Fact]
    public void Names_do_not_leave_the_line_they_stand_in()
    {
        string path = Path.Combine(_folder, "names");
        HostileArchive.MakeNames(path, Out("made"));

        Outcome list = Run(["list", path]);
        Outcome script = Run(["restore", "-c", "-f", "-", path]);

        Assert.Equal((0, 0), (list.ExitCode, script.ExitCode));
        Assert.Equal(5, list.Output.Split('\n').Count(static line => line.Length > 0 && line[0] is not ';'));
        // The two are statements of the archive itself; a psql refuses them behind \restrict.
        Assert.Equal(["restrict", "!", "!", "unrestrict"], CommandsOf(script.Output));
    }

    /// <summary>In the memory of a small heap, whatever the archive grows to: as a process of its own, which the limit would end.</summary>
    [Theory]
    [InlineData("restore -f /dev/null", 0, "1 row, 1.1 GB")]
    [InlineData("convert -F pdump -f /dev/null", 0, "1 row, 1.1 GB")]
    [InlineData("convert -F custom -f /dev/null", 0, "1 row, 1.1 GB")]
    [InlineData("list", 13, "the definition of an entry at byte 273 has 1073741824 bytes, allowed are 268435456")]
    [InlineData("restore -l", 13, "the definition of an entry at byte 273 has 1073741824 bytes, allowed are 268435456")]
    public void What_grows_out_of_a_few_bytes_takes_little_memory(string words, int exitCode, string said)
    {
        string path = Path.Combine(_folder, "bomb");
        if (exitCode == 0)
        {
            HostileArchive.MakeLongRow(path);
        }
        else
        {
            HostileArchive.MakeLongText(path);
        }

        var limited = new Dictionary<string, string?> { ["DOTNET_GCHeapHardLimit"] = "4000000" };
        Command run = Command.Run(BuiltProgram.Words[0], [.. BuiltProgram.Words[1..], .. words.Split(' '), path], environment: limited);

        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, run.ExitCode);
    }

    private static List<string> CommandsOf(string script)
    {
        var reader = new ScriptReader(new MemoryStream(Encoding.UTF8.GetBytes(script)));
        var commands = new List<string>();
        for (ScriptPart part = reader.Read(); part != ScriptPart.End; part = reader.Read())
        {
            if (part == ScriptPart.Command)
            {
                commands.Add(reader.Command!.Name);
            }
        }

        return commands;
    }

    private (HostileArchive Archive, string Path) Make(string name)
    {
        HostileArchive archive = HostileArchive.All.Single(one => one.Name == name);
        string path = Path.Combine(_folder, name);
        archive.Make(path);
        return (archive, path);
    }

    private string Out(string name) => Path.Combine(_folder, "out", name);

    // Everything in the sandbox: what a command may have made, and whether it touched a file.
    private string Listing() =>
        string.Join(
            '\n',
            new DirectoryInfo(_folder)
                .EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
                .Select(static one => $"{one.FullName} {one.LinkTarget} {(one is FileInfo ? one.LastWriteTimeUtc.Ticks : 0)}")
                .Order(StringComparer.Ordinal));

    private static void AssertRefused(Outcome run, string error, string path, bool isClient)
    {
        Assert.Contains(
            error.Replace("{path}", path, StringComparison.Ordinal),
            run.Error.Replace("\\\"", "\"", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(path), run.Error, StringComparison.Ordinal);
        Assert.Equal(isClient ? 1 : ErrorTable.ExitCode(ErrorKind.ArchiveDamaged), run.ExitCode);
        Assert.DoesNotContain("secret beside", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", run.Output, StringComparison.Ordinal);
    }

    private static Outcome Run(string[] words, byte[]? input = null)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using Stream stream = new MemoryStream(input ?? []);
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
