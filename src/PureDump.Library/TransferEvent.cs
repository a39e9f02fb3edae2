using PureDump.Formats.Errors;

namespace PureDump;

/// <summary>Something that an operation tells while it runs. More kinds may come: pass over those you do not know.</summary>
public abstract record TransferEvent
{
    private protected TransferEvent()
    {
    }
}

/// <summary>How far it is; at most four times a second, and once in the end.</summary>
/// <param name="EntryCount">Entries of which all rows have moved.</param>
/// <param name="RowCount">Rows that have moved.</param>
/// <param name="Bytes">Their bytes, not compressed.</param>
/// <param name="EstimatedBytes">The bytes of all rows, as far as that can be told before.</param>
public sealed record TransferProgress(int EntryCount, long RowCount, long Bytes, long EstimatedBytes) : TransferEvent;

/// <summary>Something a user should know.</summary>
/// <param name="Message">In lower case, without a full stop.</param>
public sealed record TransferWarning(string Message) : TransferEvent;

/// <summary>An entry that failed and was passed over.</summary>
/// <param name="Entry">What it is: <c>TABLE public.orders</c>.</param>
/// <param name="Error">Why.</param>
public sealed record EntryFailed(string Entry, PureDumpException Error) : TransferEvent;

/// <summary>Events that were not told one by one, for the receiver is slower than they come.</summary>
/// <param name="Count">How many.</param>
public sealed record EventsLeftOut(int Count) : TransferEvent;
