using PureDump.Engine.Jobs;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.Rows;
using PureDump.Formats.Script;

namespace PureDump.Engine.Sources;

/// <summary>A source whose statements are as where <c>standard_conforming_strings</c> is on, whatever its archive has.</summary>
internal abstract class ConformingSource : IDumpSource
{
    private readonly IDumpSource _source;

    private ConformingSource(IDumpSource source)
    {
        _source = source;
        Toc = ConformingText.Of(source.Toc);
    }

    /// <inheritdoc/>
    public Toc Toc { get; }

    /// <summary>Makes one, where the statements of the archive are not so; else gives the source itself.</summary>
    /// <param name="source">Gives rows that are statements as they are to be already. Belongs to what is made.</param>
    public static IDumpSource Of(IDumpSource source)
    {
        if (source.Toc.Origin.StandardConformingStrings)
        {
            return source;
        }

        try
        {
            return source is IPartSource parts ? new InParts(parts) : new AsStream((IStreamSource)source);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Complete() => _source.Complete();

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private sealed class InParts(IPartSource source) : ConformingSource(source), IPartSource
    {
        public IReadOnlyList<RowPart> PartsOf(TocEntry entry) => source.PartsOf(entry);

        public ISourceWorker OpenWorker() => source.OpenWorker();
    }

    private sealed class AsStream(IStreamSource source) : ConformingSource(source), IStreamSource
    {
        public StreamEvent ReadStream(RowBlock block, out TocEntry? entry)
        {
            StreamEvent next = source.ReadStream(block, out entry);
            entry = entry is null ? null : Toc[entry.Id];
            return next;
        }
    }
}
