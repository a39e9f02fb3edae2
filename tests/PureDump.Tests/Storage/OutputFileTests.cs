using PureDump.Formats.Errors;
using PureDump.Storage.Local;

namespace PureDump.Tests.Storage;

/// <summary>What is written stands whole under its name, and under that of a link where the link points to.</summary>
public sealed class OutputFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("puredump-output-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    // Large enough that it goes to the medium in several parts while it is written.
    [Theory]
    [InlineData(FileSync.File)]
    [InlineData(FileSync.None)]
    public void A_large_file_is_as_it_was_written_and_mended(Enum sync)
    {
        byte[] content = new byte[70_000_001];
        new Random(1).NextBytes(content);
        OutputFile.Write(
            In("large"),
            (FileSync)sync,
            stream =>
            {
                for (int at = 0; at < content.Length; at += 999_999)
                {
                    stream.Write(content.AsSpan(at, Math.Min(999_999, content.Length - at)));
                }

                content[5]++;
                stream.Seek(5, SeekOrigin.Begin);
                stream.WriteByte(content[5]);
                return stream.Seek(0, SeekOrigin.End);
            },
            static _ => { });
        Assert.True(content.AsSpan().SequenceEqual(File.ReadAllBytes(In("large"))));
    }

    [Theory]
    [InlineData("there")]
    [InlineData("not-there")]
    [InlineData("aside/up")]
    public void A_link_stays_one_and_its_target_is_written(string name)
    {
        Directory.CreateDirectory(In("far/deep"));
        Directory.CreateSymbolicLink(In("aside"), "far/deep");
        File.WriteAllText(In("far/there"), "before");
        Link("there", "far/there");
        Link("not-there", "far/not-there");
        Link("far/deep/up", "../up");

        Write(In(name));

        Assert.NotNull(new FileInfo(In(name)).LinkTarget);
        Assert.Equal("written", File.ReadAllText(In($"far/{Path.GetFileName(name)}")));
        Assert.DoesNotContain(
            Directory.GetFiles(_directory, "*", SearchOption.AllDirectories),
            static path => path.EndsWith(".partial", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nowhere/file", "does not exist")]
    [InlineData("link", "more than 40 symbolic links")]
    public void A_link_that_leads_to_no_directory_is_refused_and_stays(string target, string reason)
    {
        Link("link", target);

        Assert.All<Action<string>>([OutputFile.Check, Write], refuse =>
        {
            PureDumpException error = Assert.Throws<PureDumpException>(() => refuse(In("link")));
            Assert.Equal(ErrorKind.File, error.Kind);
            Assert.Contains(In("link"), error.Message, StringComparison.Ordinal);
            Assert.EndsWith(reason, error.Message, StringComparison.Ordinal);
        });
        Assert.Equal([In("link")], Directory.GetFileSystemEntries(_directory));
    }

    private static void Write(string path) =>
        OutputFile.Write(
            path,
            FileSync.None,
            static stream =>
            {
                stream.Write("written"u8);
                return true;
            },
            static _ => { });

    private string In(string name) => Path.Combine(_directory, name);

    private void Link(string name, string target) => File.CreateSymbolicLink(In(name), target);
}
