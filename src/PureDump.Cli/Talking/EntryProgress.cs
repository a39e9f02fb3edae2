namespace PureDump.Cli.Talking;

/// <summary>How far the rows of one entry are.</summary>
/// <param name="name">Of the table.</param>
/// <param name="estimatedBytes">What the source thinks they come to; 0 where it does not know.</param>
internal sealed class EntryProgress(string name, long estimatedBytes)
{
    /// <summary>Of the table, with its schema.</summary>
    public string Name => name;

    /// <summary>What the source thinks the rows come to; 0 where it does not know.</summary>
    public long EstimatedBytes => estimatedBytes;

    /// <summary>Rows moved.</summary>
    public long RowCount { get; set; }

    /// <summary>Bytes moved, not compressed.</summary>
    public long Bytes { get; set; }

    /// <summary>What it is now, for another thread.</summary>
    public EntryProgress Copy() => new(name, estimatedBytes) { RowCount = RowCount, Bytes = Bytes };
}
