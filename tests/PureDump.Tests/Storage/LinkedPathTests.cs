using PureDump.Formats.Errors;
using PureDump.Storage.Local;

namespace PureDump.Tests.Storage;

/// <summary>A path is followed to where the kernel would open or make the file.</summary>
public sealed class LinkedPathTests : IDisposable
{
    // Its own path may have links on it.
    private readonly string _directory = LinkedPath.Follow(Directory.CreateTempSubdirectory("puredump-links-").FullName);

    public LinkedPathTests()
    {
        Directory.CreateDirectory(In("far/deep"));
        File.WriteAllText(In("far/file"), "");
        Link("to-file", "far/file");
        Link("absolute", In("to-file"));
        Link("deep", "far/deep");
        Link("far/deep/up", "../file");
        Link("new", "far/not-there");
        Link("twice-new", "new");
        Link("circle", "other-circle");
        Link("other-circle", "circle");
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("far/file", "far/file")]
    [InlineData("to-file", "far/file")]
    [InlineData("absolute", "far/file")]
    [InlineData("deep/../file", "far/file")]
    [InlineData("deep/up", "far/file")]
    [InlineData("./far//deep/./up", "far/file")]
    [InlineData("new", "far/not-there")]
    [InlineData("twice-new", "far/not-there")]
    [InlineData("deep/nothing/here", "far/deep/nothing/here")]
    public void Links_are_followed_wherever_they_stand(string path, string expected) =>
        Assert.Equal(In(expected), LinkedPath.Follow(In(path)));

    [Fact]
    public void Links_in_a_circle_are_an_error_that_names_the_path()
    {
        PureDumpException error = Assert.Throws<PureDumpException>(() => LinkedPath.Follow(In("circle")));

        Assert.Equal((ErrorKind.File, $"could not follow \"{In("circle")}\": more than 40 symbolic links"), (error.Kind, error.Message));
    }

    [Theory]
    [InlineData("to-file", "far/file", true)]
    [InlineData("far/file", "to-file", true)]
    [InlineData("new", "far/not-there", true)]
    [InlineData("far/not-there", "twice-new", true)]
    [InlineData("deep/up", "to-file", true)]
    [InlineData("deep/stats", "far", true)]
    [InlineData("far/file2", "far/file", false)]
    [InlineData("new", "to-file", false)]
    [InlineData("far", "far/file", false)]
    public void A_file_is_replaced_under_any_name_it_has(string written, string kept, bool expected) =>
        Assert.Equal(expected, OutputFile.Replaces(In(written), In(kept)));

    private string In(string name) => Path.Combine(_directory, name);

    private void Link(string name, string target) => File.CreateSymbolicLink(In(name), target);
}
