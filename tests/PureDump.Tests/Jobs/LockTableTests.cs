using PureDump.Engine.Jobs;
using PureDump.Formats.Entries;

namespace PureDump.Tests.Jobs;

/// <summary>Statements wait at the table that is in their way, and are tried again when it is free.</summary>
public sealed class LockTableTests
{
    private static readonly DumpId First = new(1), Second = new(2);

    private readonly LockTable _locks = new(static job => (0, job.Rank, job.Entry.Id.Value));
    private readonly List<int> _freed = [];
    private int _lastId = 10;

    [Fact]
    public void Those_that_use_a_table_run_together_and_one_that_locks_it_waits_for_all()
    {
        (Job one, Job other, Job locking) = (Using(First), Using(First), Locking(First));

        Assert.True(Begin(one) && Begin(other));
        Assert.False(Begin(locking));
        End(one);
        Assert.Empty(_freed);
        End(other);
        Assert.Equal([Id(locking)], _freed);
        Assert.True(Begin(locking));
    }

    [Fact]
    public void Of_many_that_lock_a_table_one_is_tried_at_a_time()
    {
        Job[] all = [.. Enumerable.Range(0, 5).Select(_ => Locking(First))];

        Assert.Equal([true, false, false, false, false], all.Select(Begin));
        End(all[0]);
        Assert.Equal([Id(all[1])], _freed);
    }

    [Fact]
    public void All_that_only_use_a_table_are_tried_when_its_lock_goes()
    {
        Job locking = Locking(First);
        Job[] users = [Using(First), Using(First), Using(First)];

        Assert.True(Begin(locking));
        Assert.DoesNotContain(true, users.Select(Begin));
        End(locking);
        Assert.Equal(users.Select(Id), _freed);
    }

    // The one that was let go for the first table goes to wait for the second: the next of the first may go.
    [Fact]
    public void Who_goes_to_wait_elsewhere_lets_the_next_one_go()
    {
        (Job first, Job second, Job both, Job next) = (Locking(First), Locking(Second), Locking(First, Second), Locking(First));

        Assert.True(Begin(first) && Begin(second));
        Assert.False(Begin(both) || Begin(next));
        End(first);
        Assert.Equal([Id(both)], _freed);
        Assert.False(Begin(both));
        Assert.Equal([Id(both), Id(next)], _freed);
        Assert.True(Begin(next));
    }

    [Fact]
    public void An_index_that_alters_its_table_runs_beside_plain_ones_and_not_beside_its_like()
    {
        (Job altering, Job other, Job plain) = (Altering(First), Altering(First), Using(First));

        Assert.True(Begin(altering) && Begin(plain));
        Assert.False(Begin(other));
        End(altering);
        Assert.Equal([Id(other)], _freed);
        Assert.True(Begin(other));
    }

    [Fact]
    public void What_may_read_any_table_waits_for_every_lock_and_every_lock_for_it()
    {
        (Job reading, Job alike, Job locking) = (Reading(), Reading(), Locking(Second));

        Assert.True(Begin(reading) && Begin(alike));
        Assert.False(Begin(locking));
        End(reading);
        Assert.Empty(_freed);
        End(alike);
        Assert.Equal([Id(locking)], _freed);
        Assert.True(Begin(locking));
        Assert.False(Begin(reading));
    }

    private static int Id(Job job) => job.Entry.Id.Value;

    private bool Begin(Job job) => _locks.TryBegin(job, Free);

    private void End(Job job) => _locks.End(job, Free);

    private void Free(Job job) => _freed.Add(Id(job));

    private Job Using(params DumpId[] tables) => New(job => job.UsedTables.UnionWith(tables));

    private Job Locking(params DumpId[] tables) => New(job => job.LockedTables.UnionWith(tables));

    private Job Reading() => New(static job => job.MayReadAnyTable = true);

    private Job Altering(DumpId table) => New(job =>
    {
        job.UsedTables.Add(table);
        job.UpgradedTables.Add(table);
    });

    private Job New(Action<Job> set)
    {
        var job = new Job(
            new TocEntry
            {
                Id = new DumpId(_lastId++),
                Kind = EntryKind.Index,
                Schema = "s",
                Name = "i",
                Section = Section.PostData,
            }
        );
        set(job);
        return job;
    }
}
