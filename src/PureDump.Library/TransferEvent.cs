namespace PureDump;

/// <summary>
/// Something that an operation tells while it runs. Each has a <see cref="Kind"/>; more kinds come as there is more that runs, and who
/// receives them passes over those it does not know. What a kind has stays as it is as long as <see cref="Version"/> does; it may get more.
/// </summary>
public abstract record TransferEvent
{
    /// <summary>The version of what the kinds mean.</summary>
    public const int Version = 1;

    private protected TransferEvent()
    {
    }

    /// <summary>What is told, as the executable's <c>--json</c> calls it: <c>progress</c>, <c>warning</c> ...</summary>
    public abstract string Kind { get; }

    /// <summary>Which operation tells it: <c>dump</c>, <c>restore</c>, <c>copy</c>; more may come.</summary>
    public string Operation { get; init; } = "";
}

/// <summary>How far it is; at most four times a second, and once in the end. Kind <c>progress</c>.</summary>
/// <param name="EntryCount">Entries of which all rows have moved.</param>
/// <param name="RowCount">Rows that have moved.</param>
/// <param name="Bytes">Their bytes, not compressed.</param>
/// <param name="EstimatedBytes">The bytes of all rows, as far as that can be told before.</param>
public sealed record TransferProgress(int EntryCount, long RowCount, long Bytes, long EstimatedBytes) : TransferEvent
{
    /// <inheritdoc/>
    public override string Kind => "progress";
}

/// <summary>Something a user should know. Kind <c>warning</c>.</summary>
/// <param name="Message">In lower case, without a full stop.</param>
public sealed record TransferWarning(string Message) : TransferEvent
{
    /// <inheritdoc/>
    public override string Kind => "warning";
}

/// <summary>An entry that failed and was passed over. Kind <c>entry-failed</c>.</summary>
/// <param name="Entry">What it is: <c>TABLE public.orders</c>.</param>
/// <param name="Error">Why.</param>
public sealed record EntryFailed(string Entry, PureDumpException Error) : TransferEvent
{
    /// <inheritdoc/>
    public override string Kind => "entry-failed";
}

/// <summary>Events that were not told one by one, for the receiver is slower than they come. Kind <c>left-out</c>.</summary>
/// <param name="Count">How many.</param>
public sealed record EventsLeftOut(int Count) : TransferEvent
{
    /// <inheritdoc/>
    public override string Kind => "left-out";
}
