using PureDump.Engine.Transfer;

namespace PureDump.Tests.Transfer;

/// <summary>How a table is cut.</summary>
public sealed class ChunkTests
{
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(8192, Chunk.BytesMax, 1)]
    [InlineData(8193, Chunk.BytesMax + 8192, 2)]
    [InlineData(32_768, 4 * Chunk.BytesMax, 4)]
    [InlineData(1300, 10L << 30, 160)] // nearly all of it beside the heap
    [InlineData(3, 10L << 30, 3)]
    [InlineData(0, 10L << 30, 1)]
    [InlineData(uint.MaxValue, 1L << 46, 1 << 20)]
    [InlineData(1L << 42, long.MaxValue, 1 << 20)] // no server has such a table
    public void Into_as_few_as_it_takes_and_never_within_a_page(long pages, long bytes, int count)
    {
        IReadOnlyList<Chunk> chunks = Chunk.Cut(pages, bytes);
        Assert.Equal(count, chunks.Count);
        Assert.Equal((0, long.MaxValue), (chunks[0].First, chunks[^1].End));
        Assert.All(chunks.Zip(chunks.Skip(1)), static pair => Assert.Equal(pair.First.End, pair.Second.First));
        Assert.All(chunks, static chunk => Assert.True(chunk.First < chunk.End, $"{chunk} is empty"));
        Assert.All(chunks, chunk => Assert.True(chunk.Bytes <= Chunk.BytesMax || count >= Math.Min(pages, 1 << 20), $"{chunk} is too large"));
    }
}
