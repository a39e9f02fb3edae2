using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Engine.Transfer;

/// <summary>
/// Decides about what failed. A failure is an entry's: it is told and counted, rows of an entry once however many parts of them failed, and
/// what is left of them is not begun. What is about no entry ends the transfer, as everything does with <see
/// cref="TransferOptions.ExitOnError"/>.
/// </summary>
/// <param name="exitOnError">The first failure ends the transfer.</param>
/// <param name="observer">Is told of each.</param>
/// <param name="isStopping">True where everything fails in some way, for it is being stopped.</param>
internal sealed class FailurePolicy(bool exitOnError, ITransferObserver observer, Func<bool> isStopping)
{
    private readonly HashSet<DumpId> _failedRows = [];
    private readonly object _gate = new();

    /// <summary>How many entries failed and were passed over.</summary>
    public int Count { get; private set; }

    /// <summary>True where rows of the entry failed: nothing more of them is wanted.</summary>
    public bool HasFailed(TocEntry entry)
    {
        lock (_gate)
        {
            return _failedRows.Contains(entry.Id);
        }
    }

    /// <summary>
    /// Counts and tells the failure of a statement for an entry, where the transfer can go on without it: of one beside rows too, such as
    /// DISABLE TRIGGER, after which the rows still come.
    /// </summary>
    /// <returns>False where it cannot: the error is to be thrown.</returns>
    public bool PassOver(TocEntry entry, PureDumpException error) => PassOver(entry, error, isOfRows: false);

    /// <summary>Runs a step for an entry.</summary>
    /// <returns>False where it failed and the transfer goes on.</returns>
    /// <exception cref="PureDumpException">It failed, and that is the end.</exception>
    public bool Attempt(TocEntry entry, Action step)
    {
        try
        {
            step();
            return true;
        }
        catch (PureDumpException e) when (IsAboutEntry(e.Kind) && !isStopping())
        {
            if (!PassOver(entry, e, isOfRows: entry.HasBlocks))
            {
                throw e.About(entry.ErrorName);
            }

            return false;
        }
    }

    private bool PassOver(TocEntry entry, PureDumpException error, bool isOfRows)
    {
        if (exitOnError || !IsAboutEntry(error.Kind) || isStopping())
        {
            return false;
        }

        lock (_gate)
        {
            if (isOfRows && !_failedRows.Add(entry.Id))
            {
                return true;
            }

            Count++;
        }

        observer.EntryFailed(entry, error.About(entry.ErrorName));
        return true;
    }

    // Other errors are not about one entry: going on would only repeat them, or restore what is not right.
    private static bool IsAboutEntry(ErrorKind kind) =>
        kind is ErrorKind.Server or ErrorKind.Permission or ErrorKind.Lock or ErrorKind.TargetMismatch or ErrorKind.NotFound;
}
