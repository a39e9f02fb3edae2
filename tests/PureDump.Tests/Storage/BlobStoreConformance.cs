using System.IO.Pipelines;
using System.Text;
using PureDump.Formats.Errors;
using PureDump.Storage;

namespace PureDump.Tests.Storage;

/// <summary>What every store does, as <see cref="IBlobStore"/> says. A store's tests derive from it.</summary>
public abstract class BlobStoreConformance : IAsyncDisposable
{
    private const int Large = (5 << 20) + 7;

    private IBlobStore? _store;

    /// <summary>The store; empty at first.</summary>
    private protected IBlobStore Store => _store ??= Open();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Large)]
    public async Task A_blob_comes_back_byte_for_byte(int length)
    {
        byte[] bytes = Bytes(length);

        BlobInfo stored = (await PutAsync("a/b/c", bytes))!;

        Assert.Equal(length, stored.Length);
        Assert.Equal(stored, await Store.StatAsync(BlobName.Of("a/b/c"), Cancellation));
        (byte[] read, BlobInfo? info) = await ReadAsync("a/b/c", 0, null);
        Assert.True(bytes.AsSpan().SequenceEqual(read));
        Assert.Equal(stored, info);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1_000_000, 200_000)]
    [InlineData(Large - 3, 10)]
    [InlineData(Large, 10)]
    [InlineData(Large + 100, null)]
    [InlineData(Large - 70_000, null)]
    [InlineData(5, 0)]
    public async Task A_part_is_as_long_as_there_are_bytes(int offset, int? length)
    {
        byte[] bytes = Bytes(Large);
        await PutAsync("large", bytes);

        (byte[] read, _) = await ReadAsync("large", offset, length);

        int from = Math.Min(offset, Large);
        Assert.True(bytes.AsSpan(from, Math.Min(length ?? Large, Large - from)).SequenceEqual(read));
    }

    [Fact]
    public async Task What_is_not_there_is_null_and_is_removed_without_an_error()
    {
        Assert.Null(await Store.StatAsync(BlobName.Of("no/such"), Cancellation));
        Assert.Null((await ReadAsync("no/such", 0, null)).Info);
        await Store.DeleteAsync(BlobName.Of("no/such"), Cancellation);
        Assert.Empty(await ListAsync(""));
    }

    [Fact]
    public async Task A_put_replaces_and_has_another_tag()
    {
        BlobInfo first = (await PutAsync("name", "one"u8.ToArray()))!;
        BlobInfo second = (await PutAsync("name", "two"u8.ToArray()))!;

        Assert.NotEqual(first.Tag, second.Tag);
        Assert.Equal("two", Encoding.UTF8.GetString((await ReadAsync("name", 0, null)).Bytes));
        Assert.Equal([second], await ListAsync(""));
    }

    [Fact]
    public async Task A_put_for_an_absent_name_never_replaces()
    {
        Assert.NotNull(await PutAsync("name", "one"u8.ToArray(), PutCondition.IfAbsent));
        Assert.Null(await PutAsync("name", "two"u8.ToArray(), PutCondition.IfAbsent));
        Assert.Equal("one", Encoding.UTF8.GetString((await ReadAsync("name", 0, null)).Bytes));

        await Store.DeleteAsync(BlobName.Of("name"), Cancellation);
        Assert.NotNull(await PutAsync("name", "three"u8.ToArray(), PutCondition.IfAbsent));
    }

    [Fact]
    public async Task A_put_for_what_was_seen_counts_as_long_as_it_is_there()
    {
        BlobInfo first = (await PutAsync("name", "one"u8.ToArray()))!;
        BlobInfo second = (await PutAsync("name", "two"u8.ToArray(), PutCondition.IfUnchanged(first)))!;

        Assert.Null(await PutAsync("name", "three"u8.ToArray(), PutCondition.IfUnchanged(first)));
        await Store.DeleteAsync(BlobName.Of("name"), Cancellation);
        Assert.Null(await PutAsync("name", "four"u8.ToArray(), PutCondition.IfUnchanged(second)));
        Assert.Empty(await ListAsync(""));
    }

    [Fact]
    public async Task Of_many_puts_for_an_absent_name_one_counts()
    {
        BlobInfo?[] stored = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(i => Task.Run(() => PutAsync("d/name", [(byte)i], PutCondition.IfAbsent))));

        BlobInfo winner = Assert.Single(stored, static info => info is not null)!;
        Assert.Equal((byte)Array.IndexOf(stored, winner), Assert.Single((await ReadAsync("d/name", 0, null)).Bytes));
    }

    [Fact]
    public async Task Of_many_puts_for_what_was_seen_one_counts()
    {
        BlobInfo seen = (await PutAsync("name", [200]))!;

        BlobInfo?[] stored = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(i => Task.Run(() => PutAsync("name", [(byte)i], PutCondition.IfUnchanged(seen)))));

        BlobInfo winner = Assert.Single(stored, static info => info is not null)!;
        Assert.Equal((byte)Array.IndexOf(stored, winner), Assert.Single((await ReadAsync("name", 0, null)).Bytes));
    }

    [Fact]
    public async Task Nothing_of_a_put_whose_writer_fails_appears()
    {
        var pipe = new Pipe();
        Task<BlobInfo?> put = Store.PutAsync(BlobName.Of("a/half"), pipe.Reader, PutCondition.None, Cancellation);
        await pipe.Writer.WriteAsync(Bytes(60_000), Cancellation);
        await pipe.Writer.CompleteAsync(new InvalidDataException("the source is broken"));

        await Assert.ThrowsAsync<InvalidDataException>(() => put);
        Assert.Empty(await ListAsync(""));
        Assert.Null(await Store.StatAsync(BlobName.Of("a/half"), Cancellation));
    }

    [Fact]
    public async Task Nothing_of_a_put_that_is_cancelled_appears()
    {
        await PutAsync("a/half", "before"u8.ToArray());
        using var stop = new CancellationTokenSource();
        var pipe = new Pipe();
        Task<BlobInfo?> put = Store.PutAsync(BlobName.Of("a/half"), pipe.Reader, PutCondition.None, stop.Token);
        await pipe.Writer.WriteAsync(Bytes(60_000), Cancellation);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => put);
        Assert.Equal("before", Encoding.UTF8.GetString((await ReadAsync("a/half", 0, null)).Bytes));
    }

    [Fact]
    public async Task A_list_is_in_the_order_of_bytes_and_holds_what_begins_with_the_prefix()
    {
        string[] names = ["a-b", "a/b-", "a/b/c", "a/b0", "a/bc", "a0", "b/x", "ä/z", "z", "\U00010000", "\uffee"];
        foreach (string name in names.Reverse())
        {
            await PutAsync(name, []);
        }

        string[] order = [.. names.OrderBy(static name => Convert.ToHexString(Encoding.UTF8.GetBytes(name)), StringComparer.Ordinal)];
        foreach (string prefix in (string[])["", "a", "a/", "a/b", "a/b/", "b/x", "b/xy", "ä", "nothing", "a-"])
        {
            Assert.Equal(
                order.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)),
                (await ListAsync(prefix)).Select(static blob => blob.Name.ToString()));
        }
    }

    [Fact]
    public async Task A_reader_that_stops_does_no_harm()
    {
        await PutAsync("large", Bytes(Large));
        var pipe = new Pipe();
        Task<BlobInfo?> read = Store.ReadAsync(BlobName.Of("large"), 0, null, pipe.Writer, Cancellation);
        await pipe.Reader.ReadAsync(Cancellation);
        await pipe.Reader.CompleteAsync();

        Assert.NotNull(await read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData(".hidden")]
    [InlineData("a/.b")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    public void A_name_that_could_mean_something_to_a_store_is_none(string text) =>
        Assert.Equal(ErrorKind.Usage, Assert.Throws<PureDumpException>(() => BlobName.Of(text)).Kind);

    [Fact]
    public void The_longest_names_are_names()
    {
        string longest = string.Join('/', Enumerable.Repeat(new string('x', 255), 4));
        Assert.True(BlobName.IsValid(longest));
        Assert.False(BlobName.IsValid(longest + "/xx"));
        Assert.False(BlobName.IsValid(new string('x', 256)));
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens an empty store.</summary>
    private protected abstract IBlobStore Open();

    /// <summary>Stores a blob.</summary>
    private protected Task<BlobInfo?> PutAsync(string name, byte[] bytes, PutCondition condition = default) =>
        Store.PutAsync(BlobName.Of(name), PipeReader.Create(new MemoryStream(bytes)), condition, Cancellation);

    /// <summary>Reads a part of one.</summary>
    private protected async Task<(byte[] Bytes, BlobInfo? Info)> ReadAsync(string name, long offset, long? length)
    {
        var pipe = new Pipe();
        using var bytes = new MemoryStream();
        Task copy = pipe.Reader.CopyToAsync(bytes, Cancellation);
        BlobInfo? info = await Store.ReadAsync(BlobName.Of(name), offset, length, pipe.Writer, Cancellation);
        await pipe.Writer.CompleteAsync();
        await copy;
        return (bytes.ToArray(), info);
    }

    /// <summary>Lists them.</summary>
    private protected async Task<List<BlobInfo>> ListAsync(string prefix)
    {
        var found = new List<BlobInfo>();
        await foreach (BlobInfo blob in Store.ListAsync(prefix, Cancellation))
        {
            found.Add(blob);
        }

        return found;
    }

    private static byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
