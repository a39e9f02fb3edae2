using PureDump.Formats.Entries;

namespace PureDump.Formats.Script;

/// <summary>
/// Counts what was done since the last COMMIT, as <c>--transaction-size</c> counts (pg_backup_archiver.c,
/// restore_toc_entry and _printTocEntry; pg_backup_db.c, IssueCommandPerBlob).
/// </summary>
/// <param name="max">After how many actions a transaction ends; 0: there are no such transactions.</param>
internal sealed class TransactionSize(int max)
{
    private long _count;

    /// <summary>True where everything is done in such transactions.</summary>
    public bool IsLimited => max > 0;

    /// <summary>A new transaction begins for another reason.</summary>
    public void Restart() => _count = 0;

    /// <summary>
    /// Counts the statements of an entry beyond its first, which <see cref="Complete"/> counts. Semicolons stand for
    /// statements; those in bodies of functions do not.
    /// </summary>
    public void AddStatements(TocEntry entry)
    {
        if (IsLimited && entry.Kind is not (EntryKind.Function or EntryKind.Procedure))
        {
            _count += Math.Max(0, entry.CreateSql.AsSpan().Count(';') - 1);
        }
    }

    /// <summary>Counts one action.</summary>
    /// <returns>True where the transaction ends with it and another begins.</returns>
    public bool Complete()
    {
        if (!IsLimited || ++_count < max)
        {
            return false;
        }

        _count = 0;
        return true;
    }
}
