using PureDump.Formats;

namespace PureDump.Engine.Jobs;

/// <summary>
/// What other workers do while the last statements of the table with most work wait for one another's locks. Until that table's rows are
/// loaded, by one worker, so much of it is held back as those statements take by their weight: on few cores the load is
/// quicker meanwhile, and on many the end comes no later.
/// </summary>
internal sealed class TailWork
{
    private readonly Job? _longest;
    private readonly List<Job> _held = [];
    private long _weightLeft;

    /// <summary>Finds the table with most work.</summary>
    /// <param name="jobs">All jobs, weighed.</param>
    /// <param name="loaderCount">How many workers there are.</param>
    public TailWork(IReadOnlyCollection<Job> jobs, int loaderCount)
    {
        Job? longest = jobs.Where(static job => job.Parts is not null).MaxBy(static job => job.Weight + job.TableWeight);
        if (longest is { PartCount: 1, Entry.Rows.TableEntry: DumpId table })
        {
            _longest = longest;
            _weightLeft = (loaderCount - 1) * jobs.Where(job => job.LockedTables.Contains(table)).Total(static job => job.Weight);
        }
    }

    /// <summary>Keeps a job that is better done later, until <see cref="LetGo"/>.</summary>
    /// <param name="job">One that could be taken now.</param>
    /// <returns>False where it should be.</returns>
    public bool Holds(Job job)
    {
        bool isLoading = _longest is { Parts.Count: 0, PartsDone: 0 };
        if (!isLoading || !MayWait(job) || job.Weight > _weightLeft)
        {
            return false;
        }

        _weightLeft -= job.Weight;
        _held.Add(job);
        return true;
    }

    /// <summary>Gives what was kept, where the job that has ended is the load it was kept for.</summary>
    public IReadOnlyList<Job> LetGo(Job ended) => ended == _longest ? _held : [];

    // Nobody waits for it, and it takes about as long as its table is large: an index of another kind may take many times longer.
    private static bool MayWait(Job job) =>
        job.Waiting.Count == 0
        && (job.Entry.Kind is EntryKind.Constraint or EntryKind.ForeignKey
            || (job.Entry.Kind is EntryKind.Index && job.Entry.CreateSql.Contains(" USING btree (", StringComparison.Ordinal)));
}
