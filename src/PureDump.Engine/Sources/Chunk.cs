namespace PureDump.Engine.Sources;

/// <summary>A range of pages of a table, read by one statement.</summary>
/// <param name="First">Its first page.</param>
/// <param name="End">The page behind its last; <see cref="long.MaxValue"/> of the last chunk.</param>
/// <param name="Bytes">What it stands for, with its share of what the table keeps beside (TOAST).</param>
internal readonly record struct Chunk(long First, long End, long Bytes)
{
    /// <summary>The most that a chunk stands for, where it has more than one page; fixed, so that the chunks do not depend on the number of
    /// workers.</summary>
    public const long BytesMax = 64L << 20;

    // The last chunks are smaller, each an eighth of what is left, so that no worker reads long after the others have ended; down to where
    // what a statement costs beside its rows begins to count.
    private const long BytesMin = 8L << 20;
    private const long ShareOfRest = 8;

    // Of the largest table there can be: 32 TB, and as much beside.
    private const long CountMax = 1L << 20;

    /// <summary>Cuts a table into chunks; a page is never cut.</summary>
    /// <param name="pages">Of its heap; 0 where it cannot be cut.</param>
    /// <param name="bytes">Of its heap and of what it keeps beside.</param>
    public static IReadOnlyList<Chunk> Cut(long pages, long bytes)
    {
        if (bytes <= BytesMax || pages <= 1)
        {
            return [new Chunk(0, long.MaxValue, bytes)];
        }

        double bytesOfPage = (double)bytes / pages;
        long most = Math.Max(1, (long)(Math.Max(BytesMax, bytes / CountMax) / bytesOfPage));
        long least = Math.Max(1, (long)(BytesMin / bytesOfPage));
        List<Chunk> chunks = [];
        for (long first = 0, size; first < pages; first += size)
        {
            long rest = pages - first;
            size = Math.Clamp(rest / ShareOfRest, least, most);
            if (rest - size < least)
            {
                size = rest;
            }

            // The last one is open: pages the table has grown by since do not matter to the snapshot, but cost nothing.
            chunks.Add(new Chunk(first, size == rest ? long.MaxValue : first + size, (long)(size * bytesOfPage)));
        }

        return chunks;
    }
}
