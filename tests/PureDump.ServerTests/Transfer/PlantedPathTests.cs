using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>What another user has put where a directory archive or a psql's output is to go, in a directory that everybody may write
/// to.</summary>
public sealed class PlantedPathTests : IDisposable
{
    private readonly TemporaryFile _files = new();
    private readonly PostgresServer _server = ServerPool.Get(TestMajors.Newest);

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("dump -Fd -d postgres -f DIR/open/theirs", "another user's")]
    [InlineData("dump -Fd -d postgres -f DIR/open/link", "link of another user")]
    [InlineData("psql -X -L DIR/open/log -c SELECT postgres", "link of another user")]
    [InlineData("psql -X -o DIR/open/log -c SELECT postgres", "link of another user")]
    public void Nothing_goes_where_another_user_leads(string words, string reason)
    {
        Requirement.That(Environment.IsPrivilegedProcess, "only root can act as another user");
        string open = Path.Combine(_files.Directory, "open");
        string victim = Path.Combine(_files.Directory, "victim");
        File.WriteAllText(victim, "before");
        Directory.CreateDirectory(Path.Combine(_files.Directory, "elsewhere"));
        Directory.CreateDirectory(open);
        Command.Run("chmod", ["755", _files.Directory]).Succeeded();
        Command.Run("chmod", ["1777", open]).Succeeded();
        string user = UnprivilegedUser.Name!;
        Command.Run("mkdir", [$"{open}/theirs"], directory: "/", user: user).Succeeded();
        Command.Run("ln", ["-s", $"{_files.Directory}/elsewhere", $"{open}/link"], directory: "/", user: user).Succeeded();
        Command.Run("ln", ["-s", victim, $"{open}/log"], directory: "/", user: user).Succeeded();

        string[] all = words.Replace("DIR", _files.Directory, StringComparison.Ordinal).Split(' ');
        using PureDumpProcess run = PureDumpProcess.Start(_server, all[0], all[1..]);
        int exitCode = run.WaitForExit();

        Assert.NotEqual(0, exitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.Equal("before", File.ReadAllText(victim));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_files.Directory, "elsewhere")));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(open, "theirs")));
    }
}
