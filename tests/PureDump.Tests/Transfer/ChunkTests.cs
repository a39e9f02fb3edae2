using PureDump.Engine.Sources;
using PureDump.Engine.Transfer;

namespace PureDump.Tests.Transfer;

/// <summary>How a table is cut.</summary>
public sealed class ChunkTests
{
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(8192, Chunk.BytesMax, 1)]
    [InlineData(8193, Chunk.BytesMax + 8192, 8)]
    [InlineData(32_768, 4 * Chunk.BytesMax, 18)]
    [InlineData(115_476, 945_979_392, 29)]
    [InlineData(1300, 10L << 30, 182)] // nearly all of it beside the heap
    [InlineData(3, 10L << 30, 3)]
    [InlineData(0, 10L << 30, 1)]
    [InlineData(uint.MaxValue, 1L << 46, 1_049_000)]
    [InlineData(1L << 42, long.MaxValue, 1_049_000)] // no server has such a table
    public void Never_within_a_page_and_smaller_ones_at_the_end(long pages, long bytes, int countMax)
    {
        IReadOnlyList<Chunk> chunks = Chunk.Cut(pages, bytes);
        Assert.InRange(chunks.Count, countMax < 1000 ? countMax : 1 << 20, countMax);
        Assert.Equal((0, long.MaxValue), (chunks[0].First, chunks[^1].End));
        Assert.All(chunks.Zip(chunks.Skip(1)), static pair => Assert.Equal(pair.First.End, pair.Second.First));
        Assert.All(chunks, static chunk => Assert.True(chunk.First < chunk.End, $"{chunk} is empty"));
        Assert.All(
            chunks,
            chunk => Assert.True(chunk.Bytes <= Chunk.BytesMax || pages < 4 || chunks.Count >= 1 << 20, $"{chunk} is too large"));
        Assert.All(
            chunks.Zip(chunks.Skip(1)).SkipLast(1),
            static pair => Assert.True(pair.First.Bytes >= pair.Second.Bytes, $"{pair} grows"));
    }

    [Fact]
    public void Nobody_reads_long_after_the_others_have_ended()
    {
        // Of a table of 1 GB the last chunks, which workers read while others have none left, are a 64th of it at most.
        Assert.All(Chunk.Cut(1 << 17, 1L << 30).TakeLast(6), static chunk => Assert.InRange(chunk.Bytes, 1, (1L << 30) / 64));
    }
}
