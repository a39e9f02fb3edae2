using PureDump.Engine.Jobs;
using PureDump.Engine.Transfer;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;
using PureDump.Postgres.Catalog;

namespace PureDump.Engine.Sources;

/// <summary>A .pdump archive in a file: any worker reads any range of blocks, by the index.</summary>
internal sealed class ArchiveFileSource(ArchiveFile file, int partCountMax) : IPartSource
{
    // A table is loaded by several workers only where each has something to do for a while: then the rows cannot be
    // frozen on the way in, which a single stream can.
    private const long PartBytesMin = 64L << 20;

    /// <inheritdoc/>
    public Toc Toc => file.Toc;

    /// <inheritdoc/>
    public IReadOnlyList<RowPart> PartsOf(TocEntry entry)
    {
        IReadOnlyList<IndexItem> blocks = file.BlocksOf(entry.Id);
        long total = 0;
        foreach (IndexItem item in blocks)
        {
            total += item.RawLength;
        }

        long partCount = Math.Clamp(total / PartBytesMin, 1, partCountMax);
        if (partCount == 1 || entry.Kind != EntryKind.TableData)
        {
            return [new RowPart(entry, 0, 1, 0, blocks.Count, total)];
        }

        var cuts = new List<(int First, long Weight)>();
        long weight = 0;
        int first = 0;
        for (int i = 0; i < blocks.Count; i++)
        {
            // A row that spans several blocks stays in one part.
            if (weight >= total / partCount && !blocks[i].IsContinuation)
            {
                cuts.Add((first, weight));
                first = i;
                weight = 0;
            }

            weight += blocks[i].RawLength;
        }

        cuts.Add((first, weight));
        var parts = new RowPart[cuts.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            long end = i + 1 < parts.Length ? cuts[i + 1].First : blocks.Count;
            parts[i] = new RowPart(entry, i, parts.Length, cuts[i].First, end, cuts[i].Weight);
        }

        return parts;
    }

    /// <inheritdoc/>
    public ISourceWorker OpenWorker() => new Worker(file);

    /// <inheritdoc/>
    public void Complete()
    {
        // Every block was checked as it was read.
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private sealed class Worker(ArchiveFile file) : ISourceWorker
    {
        private readonly BlockDecoder _decoder = new();
        private readonly byte[] _room = GC.AllocateUninitializedArray<byte>(RecordHeader.Size + ArchiveLimits.RecordLengthMax);
        private IReadOnlyList<IndexItem> _blocks = [];
        private int _next;
        private int _end;
        private string _label = "";

        public void Open(RowPart part)
        {
            _blocks = file.BlocksOf(part.Entry.Id);
            _next = (int)part.First;
            _end = (int)Math.Min(part.End, _blocks.Count);
            _label = part.Entry.Label;
        }

        public bool Read(RowBlock block)
        {
            if (_next == _end)
            {
                return false;
            }

            try
            {
                file.Read(_blocks[_next++], block, _decoder, _room);
            }
            catch (PureDumpException e) when (!e.Message.StartsWith(_label, StringComparison.Ordinal))
            {
                throw e.Named(_label);
            }

            return true;
        }

        public void Leave()
        {
        }

        public void Abort()
        {
        }

        public void Dispose() => _decoder.Dispose();
    }
}
