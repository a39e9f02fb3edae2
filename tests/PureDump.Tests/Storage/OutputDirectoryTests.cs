using PureDump.Formats.Errors;
using PureDump.Storage.Local;
using PureDump.TestSupport;

namespace PureDump.Tests.Storage;

/// <summary>A directory stands whole under its name or not at all, whoever else writes one of that name.</summary>
public sealed class OutputDirectoryTests : IDisposable
{
    private const string Last = "toc.dat";

    private readonly string _directory = Directory.CreateTempSubdirectory("puredump-directory-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string Out => In("out");

    [Theory]
    [InlineData(OutputAccess.Private, false)]
    [InlineData(OutputAccess.Private, true)]
    [InlineData(OutputAccess.Umask, false)]
    [InlineData(OutputAccess.Umask, true)]
    public void It_appears_whole(Enum access, bool isThere)
    {
        File.WriteAllText(In("any"), "");
        if (isThere)
        {
            Directory.CreateDirectory(Out);
        }

        string before = Stat(Out, "%i %a");
        using (OutputDirectory directory = Write((OutputAccess)access))
        {
            string staged = Assert.Single(Directory.GetDirectories(isThere ? Out : _directory));
            Assert.True(StagedName.IsOf("out", Path.GetFileName(staged)));
            Assert.Equal("700", Stat(staged, "%a"));
            directory.Commit(Last);
        }

        Assert.Equal([In("out/1.dat"), In("out/toc.dat")], Directory.GetFileSystemEntries(Out).Order());
        Assert.Equal([In("any"), Out], Directory.GetFileSystemEntries(_directory).Order());
        Assert.Equal((OutputAccess)access == OutputAccess.Private ? "600" : Stat(In("any"), "%a"), Stat(In("out/1.dat"), "%a"));
        if (isThere)
        {
            Assert.Equal(before.Split(' ')[0], Stat(Out, "%i"));
        }

        Assert.Equal("700", Stat(Out, "%a"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_two_runs_at_once_the_first_that_ends_has_the_name_and_the_other_leaves_nothing(bool isThere)
    {
        if (isThere)
        {
            Directory.CreateDirectory(Out);
        }

        using (OutputDirectory slow = Write(OutputAccess.Private))
        {
            using (OutputDirectory quick = Write(OutputAccess.Private))
            {
                quick.Commit(Last);
            }

            PureDumpException error = Assert.Throws<PureDumpException>(() => slow.Commit(Last));
            Assert.Equal(ErrorKind.File, error.Kind);
        }

        Assert.Equal([In("out/1.dat"), In("out/toc.dat")], Directory.GetFileSystemEntries(Out).Order());
        Assert.Equal([Out], Directory.GetFileSystemEntries(_directory));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_that_is_given_up_leaves_nothing(bool isThere)
    {
        if (isThere)
        {
            Directory.CreateDirectory(Out);
        }

        Write(OutputAccess.Umask).Dispose();

        Assert.Equal(isThere ? [Out] : [], Directory.GetFileSystemEntries(_directory, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("file", "it is no directory")]
    [InlineData("link", "it is no directory")]
    [InlineData("full", "the directory is not empty")]
    [InlineData("nowhere/out", "does not exist")]
    public void A_name_that_cannot_be_had_is_refused(string name, string reason)
    {
        File.WriteAllText(In("file"), "");
        File.CreateSymbolicLink(In("link"), "nowhere");
        Directory.CreateDirectory(In("full/inner"));

        PureDumpException error = Assert.Throws<PureDumpException>(() =>
            new OutputDirectory(In(name), FileSync.None, OutputAccess.Private));

        Assert.Equal(ErrorKind.File, error.Kind);
        Assert.StartsWith($"could not write \"{In(name)}\": ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(reason, error.Message, StringComparison.Ordinal);
    }

    private OutputDirectory Write(OutputAccess access)
    {
        var directory = new OutputDirectory(Out, FileSync.File, access);
        Directory.CreateDirectory(directory.Content);
        string[] files = [.. ((string[])["1.dat", Last]).Select(name => Path.Combine(directory.Content, name))];
        Array.ForEach(files, static file => File.WriteAllText(file, "written"));
        Command.Run("chmod", ["700", directory.Content]).Succeeded();
        Command.Run("chmod", ["600", .. files]).Succeeded();
        return directory;
    }

    private static string Stat(string path, string format) =>
        Path.Exists(path) ? Command.Run("stat", ["-c", format, path]).Succeeded().Output.Trim() : "";

    private string In(string name) => Path.Combine(_directory, name);
}
