namespace PureDump.ServerTests.Transfer;

/// <summary>A path in a directory of its own, which goes with it.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(string name = "test.pdump")
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("puredump-test-").FullName;
        Path = System.IO.Path.Combine(Directory, name);
    }

    public string Directory { get; }

    public string Path { get; }

    /// <summary>Asserts that a failed run left nothing behind, finished-looking or not.</summary>
    public void AssertNothingLeft() => Assert.Empty(System.IO.Directory.GetFileSystemEntries(Directory));

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
