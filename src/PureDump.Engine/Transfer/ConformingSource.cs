using PureDump.Formats;
using PureDump.Formats.Rows;
using PureDump.Formats.Script;

namespace PureDump.Engine.Transfer;

/// <summary>A source whose statements are as where <c>standard_conforming_strings</c> is on, whatever its archive has.</summary>
internal sealed class ConformingSource : IDumpSource
{
    private readonly IDumpSource _source;

    private ConformingSource(IDumpSource source)
    {
        _source = source;
        Toc = ConformingText.Of(source.Toc);
    }

    /// <inheritdoc/>
    public Toc Toc { get; }

    /// <inheritdoc/>
    public bool IsStream => _source.IsStream;

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
            return new ConformingSource(source);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<RowPart> PartsOf(TocEntry entry) => _source.PartsOf(entry);

    /// <inheritdoc/>
    public ISourceWorker OpenWorker() => _source.OpenWorker();

    /// <inheritdoc/>
    public StreamEvent ReadStream(RowBlock block, out TocEntry? entry)
    {
        StreamEvent next = _source.ReadStream(block, out entry);
        entry = entry is null ? null : Toc[entry.Id];
        return next;
    }

    /// <inheritdoc/>
    public void Complete() => _source.Complete();

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
