using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Tests.Transfer;

/// <summary>Is told everything and does nothing.</summary>
internal class FakeObserver : ITransferObserver
{
    public virtual void Begin(Toc toc, long estimatedBytes)
    {
    }

    public virtual void EntryBegins(TocEntry entry)
    {
    }

    public virtual void BlockMoved(TocEntry entry, int rowCount, int bytes)
    {
    }

    public virtual void EntryEnds(TocEntry entry)
    {
    }

    public virtual void StatementBegins(TocEntry entry)
    {
    }

    public virtual void EntryFailed(TocEntry entry, PureDumpException error)
    {
    }

    public virtual void Warn(string message)
    {
    }
}
