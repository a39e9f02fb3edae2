namespace PureDump.Engine.Transfer;

/// <summary>A range of pages of a table, read by one statement.</summary>
/// <param name="First">Its first page.</param>
/// <param name="End">The page behind its last; <see cref="long.MaxValue"/> of the last chunk.</param>
/// <param name="Bytes">What it stands for, with its share of what the table keeps beside (TOAST).</param>
internal readonly record struct Chunk(long First, long End, long Bytes)
{
    /// <summary>The most that a chunk stands for, where it has more than one page; fixed, so that the chunks do not depend on the number of workers.</summary>
    public const long BytesMax = 64L << 20;

    // Of the largest table there can be: 32 TB, and as much beside.
    private const long CountMax = 1L << 20;

    /// <summary>Cuts a table into as few chunks of the same size as that takes; a page is never cut.</summary>
    /// <param name="pages">Of its heap; 0 where it cannot be cut.</param>
    /// <param name="bytes">Of its heap and of what it keeps beside.</param>
    public static IReadOnlyList<Chunk> Cut(long pages, long bytes)
    {
        long count = Math.Clamp((bytes / BytesMax) + (bytes % BytesMax > 0 ? 1 : 0), 1, Math.Clamp(pages, 1, CountMax));
        var chunks = new Chunk[count];
        for (long i = 0; i < count; i++)
        {
            // The last one is open: pages the table has grown by since do not matter to the snapshot, but cost nothing.
            chunks[i] = new Chunk(pages * i / count, i == count - 1 ? long.MaxValue : pages * (i + 1) / count, bytes / count);
        }

        return chunks;
    }
}
