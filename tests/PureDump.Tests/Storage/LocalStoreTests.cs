using PureDump.Formats.Errors;
using PureDump.Storage;
using PureDump.Storage.Local;

namespace PureDump.Tests.Storage;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class LocalStoreTests : BlobStoreConformance
{
    private readonly string _directory = Directory.CreateTempSubdirectory("puredump-store-").FullName;

    private string Root => Path.Combine(_directory, "store");

    [Fact]
    public async Task Nothing_that_was_planted_is_followed()
    {
        string outside = Path.Combine(_directory, "outside");
        Directory.CreateDirectory(outside);
        File.WriteAllText(Path.Combine(outside, "secret"), "secret");
        await PutAsync("a/b", [1]);
        Directory.CreateSymbolicLink(Path.Combine(Root, "linked"), outside);
        File.CreateSymbolicLink(Path.Combine(Root, "file"), Path.Combine(outside, "secret"));
        File.CreateSymbolicLink(Path.Combine(Root, "new"), Path.Combine(outside, "made"));

        Assert.Equal(["a/b"], (await ListAsync("")).Select(static blob => blob.Name.ToString()));
        Assert.Null((await ReadAsync("file", 0, null)).Info);
        await Assert.ThrowsAsync<PureDumpException>(() => PutAsync("linked/x", [2]));
        await Assert.ThrowsAsync<PureDumpException>(
            () => Store.StatAsync(BlobName.Of("linked/secret"), TestContext.Current.CancellationToken));
        await PutAsync("file", [3]);
        await PutAsync("new", [4]);

        Assert.Equal("secret", File.ReadAllText(Path.Combine(outside, "secret")));
        Assert.Equal(["secret"], Directory.GetFileSystemEntries(outside).Select(Path.GetFileName));
        Assert.Equal([3], (await ReadAsync("file", 0, null)).Bytes);
    }

    [Fact]
    public async Task What_a_killed_writer_left_is_no_blob_and_goes_with_the_next_put()
    {
        await PutAsync("a/b", [1]);
        string left = Path.Combine(Root, "a", ".b.0123456789abcdef.partial");
        using (FileStream file = File.Create(left))
        {
            File.SetUnixFileMode(file.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Assert.Single(await ListAsync(""));
        await PutAsync("a/b", [2]);
        Assert.False(File.Exists(left));
    }

    [Fact]
    public async Task Files_and_directories_are_their_owners_alone()
    {
        await PutAsync("a/b", [1]);

        const UnixFileMode file = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(file | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(Root, "a")));
        Assert.Equal(file, File.GetUnixFileMode(Path.Combine(Root, "a", "b")));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private protected override IBlobStore Open() => LocalStore.Open(Root);
}
