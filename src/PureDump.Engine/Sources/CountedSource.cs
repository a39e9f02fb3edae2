using PureDump.Engine.Jobs;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Sources;

/// <summary>A source that notes what it has given: the rows of each entry, and where asked for their digest.</summary>
/// <param name="source">Where from; stays open.</param>
/// <param name="toc">What is taken of it.</param>
/// <param name="withContents">Digests too, for a few percent of the time.</param>
internal sealed class CountedSource(IPartSource source, Toc toc, bool withContents) : IPartSource
{
    private readonly Lock _lock = new();
    private readonly Dictionary<DumpId, RowDigest> _given = [];

    /// <inheritdoc/>
    public Toc Toc => toc;

    /// <summary>What was given of an entry so far.</summary>
    public RowDigest Given(DumpId entry)
    {
        lock (_lock)
        {
            return _given.GetValueOrDefault(entry);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<RowPart> PartsOf(TocEntry entry) => source.PartsOf(entry);

    /// <inheritdoc/>
    public ISourceWorker OpenWorker() => new Worker(this, source.OpenWorker());

    /// <inheritdoc/>
    public void Complete() => source.Complete();

    /// <inheritdoc/>
    public void Dispose()
    {
        // The source is somebody else's.
    }

    private void Add(DumpId entry, RowDigest digest)
    {
        lock (_lock)
        {
            _given[entry] = _given.GetValueOrDefault(entry) + digest;
        }
    }

    private sealed class Worker(CountedSource owner, ISourceWorker inner) : ISourceWorker
    {
        private readonly RowHasher? _hasher = owner.HasherOrNull();

        public void Open(RowPart part) => inner.Open(part);

        public bool Read(RowBlock block)
        {
            if (!inner.Read(block))
            {
                return false;
            }

            owner.Add(block.Entry, _hasher?.Add(block) ?? new RowDigest(block.RowCount, 0));
            return true;
        }

        public void Leave() => inner.Leave();

        public void Abort() => inner.Abort();

        public void Dispose() => inner.Dispose();
    }

    private RowHasher? HasherOrNull() => withContents ? new RowHasher() : null;
}
