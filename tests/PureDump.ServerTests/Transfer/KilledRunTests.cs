using System.Text;
using System.Text.RegularExpressions;
using PureDump.Engine;
using PureDump.Engine.Transfer;
using PureDump.Formats.Script;
using PureDump.Storage.Local;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>
/// What a process that was killed left of its output goes with the next run of the same target, and what another one writes stays.
/// </summary>
public sealed partial class KilledRunTests : IDisposable
{
    private readonly TemporaryFile _out = new("out");
    private readonly byte[] _archive = File.ReadAllBytes(Source);

    private static string Source => Repository.PathOf("formats", "golden", "pg", "custom-18-none.dump");

    public void Dispose() => _out.Dispose();

    [Theory]
    [InlineData("plain", false)]
    [InlineData("custom", false)]
    [InlineData("tar", true)]
    [InlineData("pdump", true)]
    [InlineData("directory", false)]
    [InlineData("directory", true)]
    public void What_a_killed_run_left_goes_with_the_next(string format, bool isThere)
    {
        if (isThere && format == "directory")
        {
            Directory.CreateDirectory(_out.Path);
        }
        else if (isThere)
        {
            File.WriteAllText(_out.Path, "before");
        }

        string[] empty = Entries();
        using (PureDumpProcess killed = Begin(format))
        {
            Bounded.WaitFor("the first run writes", () => killed.HasExited || Staged().Length == 1);
            killed.Signal("KILL");
            killed.WaitForExit();
        }

        string left = Assert.Single(Staged());
        Assert.Equal(empty, Entries().Where(path => !path.StartsWith(left, StringComparison.Ordinal)));
        if (isThere && format != "directory")
        {
            Assert.Equal("before", File.ReadAllText(_out.Path));
        }

        using PureDumpProcess beside = Begin(format);
        Bounded.WaitFor("the second run writes", () => beside.HasExited || (Staged() is [var one] && one != left));
        string written = Assert.Single(Staged());

        // The third one ends first.
        using (PureDumpProcess next = PureDumpProcess.Start(["convert", "-F", format, .. ForServer(format), "-f", _out.Path, Source]))
        {
            Assert.True(next.WaitForExit() == 0, next.Error);
        }

        AssertWhole(format);
        Assert.Equal([written], Staged());

        beside.Input.Write(_archive.AsSpan()[^10..]);
        beside.Input.Close();
        bool isDirectory = format == "directory";
        Assert.Equal(isDirectory ? 16 : 0, beside.WaitForExit());
        Assert.Contains(isDirectory ? "could not write" : "converted", beside.Error, StringComparison.Ordinal);
        AssertWhole(format);
        Assert.Empty(Staged());
    }

    // As the script is made that it is compared with.
    private static string[] ForServer(string format) => format == "pdump" ? [] : ["--for-server", "18"];

    // Reads an archive whose end does not come.
    private PureDumpProcess Begin(string format)
    {
        PureDumpProcess process = PureDumpProcess.Start(["convert", "-F", format, .. ForServer(format), "-f", _out.Path]);
        process.Input.Write(_archive.AsSpan()[..^10]);
        process.Input.Flush();
        return process;
    }

    private void AssertWhole(string format)
    {
        string script = format == "plain" ? Comparable(File.ReadAllText(_out.Path)) : Script(_out.Path);
        Assert.Equal(Script(Source), script);
    }

    private static string Script(string archive)
    {
        using var script = new MemoryStream();
        ConvertOperation.ToScript(
            archive, null, script, new ScriptOptions(), default, SilentObserver.Instance, TestContext.Current.CancellationToken);
        return Comparable(Encoding.UTF8.GetString(script.ToArray()));
    }

    // The key is another one each time.
    private static string Comparable(string script) => RestrictKey().Replace(script, "$1 KEY");

    [GeneratedRegex(@"^(\\(?:un)?restrict) \S+", RegexOptions.Multiline)]
    private static partial Regex RestrictKey();

    // Without the marks in directories, which have their names.
    private string[] Staged() => [.. Entries().Where(static path =>
        StagedName.IsOf("out", Path.GetFileName(path)) && Path.GetFileName(Path.GetDirectoryName(path)) != Path.GetFileName(path))];

    private string[] Entries() => [.. Directory.EnumerateFileSystemEntries(_out.Directory, "*", SearchOption.AllDirectories).Order()];
}
