using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Engine.Transfer;

/// <summary>For callers who only want the result: what a transfer has to tell on its way is dropped, warnings too.</summary>
internal sealed class SilentObserver : ITransferObserver
{
    private SilentObserver()
    {
    }

    /// <summary>The one there is.</summary>
    public static SilentObserver Instance { get; } = new();

    /// <inheritdoc/>
    public void Begin(Toc toc, long estimatedBytes)
    {
    }

    /// <inheritdoc/>
    public void EntryBegins(TocEntry entry)
    {
    }

    /// <inheritdoc/>
    public void BlockMoved(TocEntry entry, int rowCount, int bytes)
    {
    }

    /// <inheritdoc/>
    public void EntryEnds(TocEntry entry)
    {
    }

    /// <inheritdoc/>
    public void StatementBegins(TocEntry entry)
    {
    }

    /// <inheritdoc/>
    public void EntryFailed(TocEntry entry, PureDumpException error)
    {
    }

    /// <inheritdoc/>
    public void Warn(string message)
    {
    }
}
