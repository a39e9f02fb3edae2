using PureDump.Storage.Local;
using PureDump.TestSupport;

namespace PureDump.Tests.Storage;

/// <summary>What a killed run left of a target goes with the next one, and nothing else that has such a name.</summary>
public sealed class LeftOutputsTests : IDisposable
{
    private const string Target = "out";

    private readonly string _directory = Directory.CreateTempSubdirectory("puredump-left-").FullName;
    private readonly string _name = StagedName.Of(Target);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string Left => Path.Combine(_directory, _name);

    private string Precious => Path.Combine(_directory, "precious");

    [Fact]
    public void A_file_that_a_killed_run_left_goes()
    {
        Make(Left);

        LeftOutputs.Remove(_directory, Target);

        Assert.Empty(Directory.GetFileSystemEntries(_directory));
    }

    [Fact]
    public void A_directory_that_a_killed_run_left_goes_with_what_is_in_it()
    {
        MakeDirectory(Left);
        MakeDirectory(Path.Combine(Left, "content"));
        Make(Path.Combine(Left, "content", "toc.dat"));
        Make(StagedDirectory.MarkOf(Left));

        LeftOutputs.Remove(_directory, Target);

        Assert.Empty(Directory.GetFileSystemEntries(_directory));
    }

    [Fact]
    public void A_directory_that_was_left_before_anything_was_in_it_goes()
    {
        MakeDirectory(Left);

        LeftOutputs.Remove(_directory, Target);

        Assert.Empty(Directory.GetFileSystemEntries(_directory));
    }

    /// <summary>What somebody may have put there to have it opened, overwritten or removed.</summary>
    [Theory]
    [InlineData("link")]
    [InlineData("dangling link")]
    [InlineData("link to a directory")]
    [InlineData("second name of a file")]
    [InlineData("file others may read")]
    [InlineData("file that is written")]
    [InlineData("directory somebody moved there")]
    [InlineData("directory with a mark of another name")]
    [InlineData("directory with a link for a mark")]
    [InlineData("directory that is written")]
    [InlineData("pipe")]
    [InlineData("file of another user")]
    public void Anything_else_of_such_a_name_stays_as_it_is(string kind)
    {
        Make(Precious);
        using IDisposable? held = Plant(kind);
        string before = Listing();

        LeftOutputs.Remove(_directory, Target);

        Assert.Equal(before, Listing());
        Assert.Equal("precious", File.ReadAllText(Precious));
    }

    [Theory]
    [InlineData("other", ".other.0123456789abcdef.partial")]
    [InlineData("shorter", ".out.0123456789abcde.partial")]
    [InlineData("longer", ".out.0123456789abcdefg.partial")]
    [InlineData("no random part", ".out.0123456789ABCDEF.partial")]
    [InlineData("a target that begins so", ".out.x.0123456789abcdef.partial")]
    [InlineData("no ending", ".out.0123456789abcdef.part")]
    public void A_file_of_another_name_stays(string kind, string name)
    {
        Make(Path.Combine(_directory, name));

        LeftOutputs.Remove(_directory, Target);

        Assert.True(File.Exists(Path.Combine(_directory, name)), kind);
    }

    [Theory]
    [InlineData("out")]
    [InlineData("a*b?[c]")]
    [InlineData("-")]
    [InlineData("große Datei\n")]
    public void A_name_is_found_by_its_target_and_is_another_each_time(string target)
    {
        string[] names = [.. Enumerable.Range(0, 100).Select(_ => StagedName.Of(target))];

        Assert.Equal(100, names.Distinct().Count());
        Assert.All(names, name => Assert.True(StagedName.IsOf(target, name)));
    }

    [Theory]
    [InlineData('x', 255)]
    [InlineData('ß', 127)]
    public void A_target_of_the_longest_name_has_one_that_the_system_takes(char letter, int count)
    {
        string path = Path.Combine(_directory, new string(letter, count));

        using (var file = new OutputFile(path))
        {
            file.Stream.Write("x"u8);
            file.Commit(static _ => { });
        }

        Assert.Equal([path], Directory.GetFileSystemEntries(_directory));
    }

    private static void Make(string path)
    {
        File.WriteAllText(path, "precious");
        Command.Run("chmod", ["600", path]).Succeeded();
    }

    private static void MakeDirectory(string path)
    {
        Directory.CreateDirectory(path);
        Command.Run("chmod", ["700", path]).Succeeded();
    }

    private IDisposable? Plant(string kind)
    {
        switch (kind)
        {
            case "link":
                File.CreateSymbolicLink(Left, Precious);
                return null;
            case "dangling link":
                File.CreateSymbolicLink(Left, "nowhere");
                return null;
            case "link to a directory":
                Directory.CreateDirectory(Path.Combine(_directory, "aside"));
                Make(Path.Combine(_directory, "aside", _name));
                Directory.CreateSymbolicLink(Left, "aside");
                return null;
            case "second name of a file":
                Command.Run("ln", [Precious, Left]).Succeeded();
                return null;
            case "file others may read":
                Make(Left);
                Command.Run("chmod", ["640", Left]).Succeeded();
                return null;
            case "file that is written":
                return FileLock.Make(Left);
            case "directory somebody moved there":
                MakeDirectory(Left);
                Make(Path.Combine(Left, "toc.dat"));
                return null;
            case "directory with a mark of another name":
                MakeDirectory(Left);
                Make(Path.Combine(Left, StagedName.Of(Target)));
                return null;
            case "directory with a link for a mark":
                MakeDirectory(Left);
                File.CreateSymbolicLink(StagedDirectory.MarkOf(Left), Precious);
                return null;
            case "directory that is written":
                MakeDirectory(Left);
                return FileLock.Make(StagedDirectory.MarkOf(Left));
            case "pipe":
                Command.Run("mkfifo", ["-m", "600", Left]).Succeeded();
                return null;
            default:
                Requirement.That(FileStatus.User == 0, "only root can give a file away");
                Make(Left);
                Command.Run("chown", ["65534", Left]).Succeeded();
                return null;
        }
    }

    private string Listing() => Command.Run("find", [_directory, "-printf", "%p %y %m %U %l %i %s\n"]).Succeeded().Output;
}
