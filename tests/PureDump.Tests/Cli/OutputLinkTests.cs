using PureDump.TestSupport;

namespace PureDump.Tests.Cli;

/// <summary>Files named as seen from the working directory of a process of its own, and by what the shell makes of its
/// descriptors.</summary>
public sealed class OutputLinkTests : IDisposable
{
    private readonly CommandFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_link_given_by_its_bare_name_is_followed_from_the_working_directory()
    {
        Run("convert", "-F", "plain", "-f", "new.link", "shop.pdump");

        Assert.Equal("new.pdump", new FileInfo(_files.In("new.link")).LinkTarget);
        Assert.Contains("CREATE TABLE", File.ReadAllText(_files.In("new.pdump")), StringComparison.Ordinal);

        // And where there is something already.
        Run("convert", "-F", "tar", "-f", "new.link", "shop.pdump");

        Assert.Equal("new.pdump", new FileInfo(_files.In("new.link")).LinkTarget);
        Assert.StartsWith("toc.dat\0", File.ReadAllText(_files.In("new.pdump")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_a_pipe_is_written_into()
    {
        Command run = Run("convert", "-F", "plain", "-f", "/dev/stdout", "shop.pdump");

        Assert.Contains("CREATE TABLE", run.Output, StringComparison.Ordinal);
    }

    private Command Run(params string[] words) =>
        Command.Run(BuiltProgram.Words[0], [.. BuiltProgram.Words[1..], .. words], directory: _files.Path).Succeeded();
}
