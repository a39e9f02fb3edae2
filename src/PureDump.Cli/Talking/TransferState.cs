namespace PureDump.Cli.Talking;

/// <summary>Where a transfer stands at one moment.</summary>
internal sealed record TransferState
{
    /// <summary>Of a cluster: the database in work, empty for what belongs to none; null where it is no cluster.</summary>
    public string? Database { get; init; }

    /// <summary>The entries whose rows are moving, largest first.</summary>
    public required IReadOnlyList<EntryProgress> InWork { get; init; }

    /// <summary>Rows moved.</summary>
    public required long RowCount { get; init; }

    /// <summary>Bytes moved, not compressed.</summary>
    public required long Bytes { get; init; }

    /// <summary>Entries with rows.</summary>
    public required int EntryCount { get; init; }

    /// <summary>Entries whose rows have all moved.</summary>
    public required int EntryDoneCount { get; init; }

    /// <summary>Statements begun.</summary>
    public required int StatementCount { get; init; }

    /// <summary>The entry whose statement began last, or null.</summary>
    public required string? Statement { get; init; }

    /// <summary>The part of the rows that has moved, 0 to 1, as far as sizes are known; null where none is.</summary>
    public required double? Fraction { get; init; }
}
