using PureDump.Engine.Jobs;
using PureDump.Formats.Entries;
using PureDump.Formats.Rows;

namespace PureDump.Tests.Jobs;

/// <summary>Who gets which block of a stream, and when what is held together is committed.</summary>
public sealed class StreamQueueTests : IDisposable
{
    private static readonly TocEntry s_first = Entry(1);
    private static readonly TocEntry s_second = Entry(2);
    private static readonly TocEntry s_third = Entry(3);

    private readonly RowBlockPool _pool = new(32);
    private readonly StreamQueue _queue = new(static _ => true);

    public void Dispose()
    {
        _queue.Discard();
        Assert.Equal(0, _pool.OutCount);
        _pool.Dispose();
    }

    [Fact]
    public void A_worker_stays_with_its_entry_while_there_are_blocks_of_it()
    {
        Push(s_first, s_second, s_first);

        Assert.Equal(s_first.Id, Take("a", null)!.Id);
        Assert.Equal(s_first.Id, Take("a", s_first)!.Id);

        // Then it leaves it, and goes on with the other.
        Assert.True(_queue.TryTake("a", s_first, out RowBlock? block, out _));
        Assert.Null(block);
        Assert.Equal(s_second.Id, Take("a", null)!.Id);
    }

    [Fact]
    public void What_is_held_together_ends_when_all_of_it_has_come()
    {
        Push(s_first, s_second);
        Take("a", null);
        Take("a", null);
        Assert.False(Take("a", null) is not null || _queue.MustEnd("a"));

        _queue.End(s_first);
        Assert.False(_queue.MustEnd("a"));
        _queue.End(s_second);
        Assert.True(_queue.MustEnd("a"));
        Assert.True(_queue.Release("a", s_first));
        Assert.True(_queue.Release("a", s_second));
        Assert.False(_queue.MustEnd("a"));
    }

    [Fact]
    public void A_new_entry_goes_to_a_worker_that_holds_nothing_where_one_waits()
    {
        Push(s_first);
        Take("a", null);
        Assert.Null(Take("a", null));
        Assert.Null(Take("b", null));

        Push(s_second);
        Assert.Null(Take("a", null));
        Assert.Equal(s_second.Id, Take("b", null)!.Id);
    }

    [Fact]
    public void Who_helps_with_an_entry_of_another_holds_nothing_else_and_both_end_together()
    {
        Push(s_first, s_first, s_first, s_first, s_first);
        Take("a", null);
        Assert.Equal(s_first.Id, Take("b", null)!.Id);
        Push(s_third);

        // First what is there of its own; then the helper has nothing, and the first one takes the new entry.
        while (Take("b", null) is { } taken)
        {
            Assert.Equal(s_first.Id, taken.Id);
        }

        Assert.Equal(s_third.Id, Take("a", null)!.Id);
        Assert.Null(Take("a", null));
        _queue.End(s_first);
        Assert.False(_queue.MustEnd("b"));
        _queue.End(s_third);
        Assert.True(_queue.MustEnd("b"));
        Assert.True(_queue.MustEnd("a"));
        Assert.False(_queue.Release("b", s_first));
        Assert.True(_queue.Release("a", s_first));
    }

    [Fact]
    public void Nothing_ends_while_one_of_those_who_hold_it_is_in_the_middle_of_a_block()
    {
        Push(s_first, s_first, s_first, s_first, s_first);
        Take("a", null);
        Take("b", null);
        while (Take("a", null) is not null)
        {
        }

        _queue.End(s_first);
        Assert.False(_queue.MustEnd("a"));
        Assert.Null(Take("b", null));
        Assert.True(_queue.MustEnd("a"));
    }

    [Fact]
    public void What_the_stream_waits_for_ends_with_what_has_not_come_whole()
    {
        Push(s_first, s_second);
        Take("a", null);
        Take("a", null);
        Assert.Null(Take("a", null));
        _queue.End(s_first);

        _queue.IsWaitedFor = true;
        Assert.True(_queue.MustEnd("a"));
        Assert.True(_queue.Release("a", s_first));
        Assert.False(_queue.Release("a", s_second));
    }

    private static TocEntry Entry(int id) => new()
    {
        Id = new DumpId(id),
        Kind = EntryKind.TableData,
        Name = $"t{id}",
        Section = Section.Data,
    };

    private void Push(params TocEntry[] entries)
    {
        foreach (TocEntry entry in entries)
        {
            RowBlock block = _pool.Rent(CancellationToken.None);
            block.Entry = entry.Id;
            _queue.Push(entry, block);
        }
    }

    // As a worker asks that leaves its entry before.
    private TocEntry? Take(object worker, TocEntry? open)
    {
        bool isTaken = _queue.TryTake(worker, open, out RowBlock? block, out TocEntry? entry);
        block?.Dispose();
        return isTaken ? entry : null;
    }
}
