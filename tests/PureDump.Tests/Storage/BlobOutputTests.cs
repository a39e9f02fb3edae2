using PureDump.Formats.Archive;
using PureDump.Formats.Errors;
using PureDump.Storage;
using PureDump.Tests.Archive;

namespace PureDump.Tests.Storage;

/// <summary>Archives that are written to and read from a store.</summary>
public sealed class BlobOutputTests
{
    private static readonly BlobName Name = BlobName.Of("dumps/shop.pdump");

    [Fact]
    public void An_archive_goes_into_a_store_and_is_read_out_of_it_by_range()
    {
        byte[] archive = SampleArchive.Write(SampleArchive.NoCodec, [SampleArchive.Row([1, 2]), SampleArchive.Row([3])]);
        var calls = new List<string>();
        var store = new MemoryStore { OnCall = calls.Add };

        using (BlobOutput output = BlobOutput.Open(store, Name, PutCondition.IfAbsent, TestContext.Current.CancellationToken))
        {
            output.Stream.Write(archive);
            output.Commit(ArchiveFile.Check);
        }

        string due = SampleArchive.Read(new ArchiveFile(new BytesRange(archive)));
        calls.Clear();
        using var read = new ArchiveFile(BlobRange.Open(store, Name, TestContext.Current.CancellationToken));
        Assert.Equal(due, SampleArchive.Read(read));
        Assert.All(calls, static call => Assert.True(call is "stat dumps/shop.pdump" or "read dumps/shop.pdump", call));
    }

    [Fact]
    public void What_is_not_committed_never_appears()
    {
        var store = new MemoryStore();
        using (BlobOutput output = BlobOutput.Open(store, Name, PutCondition.None, TestContext.Current.CancellationToken))
        {
            output.Stream.Write(new byte[100_000]);
        }

        Assert.Null(Stat(store));
    }

    [Fact]
    public void What_is_not_whole_is_removed_again()
    {
        var store = new MemoryStore();
        using BlobOutput output = BlobOutput.Open(store, Name, PutCondition.None, TestContext.Current.CancellationToken);
        output.Stream.Write("no archive"u8);

        Assert.Throws<PureDumpException>(() => output.Commit(ArchiveFile.Check));
        Assert.Null(Stat(store));
    }

    [Fact]
    public void A_store_that_fails_ends_the_writer_with_what_it_said()
    {
        var store = new MemoryStore { OnCall = static call => throw new PureDumpException(ErrorKind.File, $"no {call}") };
        using BlobOutput output = BlobOutput.Open(store, Name, PutCondition.None, TestContext.Current.CancellationToken);
        output.Stream.Write("bytes"u8);

        Assert.Equal(
            "no put dumps/shop.pdump",
            Assert.Throws<PureDumpException>(() => output.Commit(StagedOutput.Unchecked)).Message);
    }

    [Fact]
    public void A_name_that_is_taken_is_an_error()
    {
        var store = new MemoryStore();
        for (int i = 0; i < 2; i++)
        {
            using BlobOutput output = BlobOutput.Open(store, Name, PutCondition.IfAbsent, TestContext.Current.CancellationToken);
            output.Stream.Write([(byte)i]);
            if (i == 0)
            {
                output.Commit(StagedOutput.Unchecked);
            }
            else
            {
                Assert.Contains("there already", Assert.Throws<PureDumpException>(() => output.Commit(StagedOutput.Unchecked)).Message);
            }
        }
    }

    [Fact]
    public void A_blob_that_changes_while_it_is_read_is_an_error()
    {
        var store = new MemoryStore();
        Put(store, new byte[1000]);
        using BlobRange range = BlobRange.Open(store, Name, TestContext.Current.CancellationToken);
        Put(store, new byte[1000]);

        Assert.Throws<PureDumpException>(() => range.Read(new byte[10], 5));
    }

    private static void Put(MemoryStore store, byte[] bytes)
    {
        using BlobOutput output = BlobOutput.Open(store, Name, PutCondition.None, TestContext.Current.CancellationToken);
        output.Stream.Write(bytes);
        output.Commit(StagedOutput.Unchecked);
    }

    private static BlobInfo? Stat(MemoryStore store) =>
        store.StatAsync(Name, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
}
