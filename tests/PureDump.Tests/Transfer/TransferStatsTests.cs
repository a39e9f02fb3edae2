using System.Text.Json;
using PureDump.Cli.Commands;
using PureDump.Engine.Telemetry;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;

namespace PureDump.Tests.Transfer;

/// <summary>Where the time went: sums, and what is named as the bottleneck.</summary>
public sealed class TransferStatsTests
{
    private static readonly TocEntry s_big = Rows(1, "big"),
        s_small = Rows(2, "small");
    private static readonly TocEntry s_index = new()
    {
        Id = new DumpId(3),
        Kind = EntryKind.Index,
        Schema = "s",
        Name = "big_index",
        Section = Section.PostData,
    };
    private static readonly TimeSpan s_wall = TimeSpan.FromSeconds(10);

    private readonly MovedClock _clock = new();
    private readonly TransferStats _stats;

    public TransferStatsTests() => _stats = new TransferStats(_clock);

    [Fact]
    public void Times_are_added_up_by_entry_and_stage()
    {
        Spend(s_big, TransferStage.Source, 2);
        Spend(s_big, TransferStage.Source, 3);
        Spend(s_small, TransferStage.Source, 1);
        Spend(s_big, TransferStage.Write, 1);
        _stats.Move(s_big, 10, 1000);
        _stats.Move(s_big, 5, 500);

        EntryTimes big = _stats.Entries.Single(entry => entry.Entry == s_big);
        Assert.Equal(TimeSpan.FromSeconds(5), big[TransferStage.Source]);
        Assert.Equal(TimeSpan.FromSeconds(1), big[TransferStage.Write]);
        Assert.Equal(TimeSpan.Zero, big[TransferStage.Sink]);
        Assert.Equal((15, 1500), (big.RowCount, big.Bytes));
        Assert.Equal(TimeSpan.FromSeconds(6), _stats.Total(TransferStage.Source));
        Assert.True(big.Began <= big.Ended);
    }

    [Fact]
    public void Time_in_which_connections_had_nothing_to_do_is_told()
    {
        // The first works for 6 of 8 seconds, the second for the last 3.
        Work(0, s_big, 2);
        Work(0, s_big, 2);
        _clock.Now += TimeSpan.FromSeconds(1);
        Work(1, s_index, 1);
        Work(1, s_small, 1);
        _stats.Work(0, s_small, TimeSpan.FromSeconds(2));
        Work(1, s_small, 1);

        Assert.Equal(2, _stats.WorkerCount);
        Assert.Equal(TimeSpan.FromSeconds(16 - 6 - 3), _stats.Idle.Time);
        Assert.Equal(7 / 16.0, _stats.Idle.Share, 0.001);

        // What goes on is one span.
        Assert.Equal(
            ["0 big 0-4", "1 big_index 5-6", "1 small 6-8", "0 small 5-7"],
            _stats.Spans.Select(static span => $"{span.Worker} {span.Entry.Name} {span.Began.TotalSeconds}-{span.Ended.TotalSeconds}"));
    }

    [Fact]
    public void A_long_run_keeps_no_more_points_than_a_short_one()
    {
        for (int i = 0; i < 100_000; i++)
        {
            _clock.Now += TimeSpan.FromSeconds(1);
            _stats.Move(s_big, 1, 10);
            _stats.Work(0, s_big, TimeSpan.FromSeconds(1));
        }

        Assert.InRange(_stats.Points.Count, 400, 1001);
        Assert.Equal((TimeSpan.FromSeconds(100_000), 100_000, 1_000_000), _stats.Points[^1]);
        Assert.Single(_stats.Spans);
    }

    [Fact]
    public void A_dump_that_waits_for_the_server_names_its_longest_table()
    {
        Spend(s_big, TransferStage.Source, 7);
        Spend(s_small, TransferStage.Source, 1);
        Spend(s_big, TransferStage.Compress, 4);

        Bottleneck found = Find(fromServer: true, intoServer: false)!;
        Assert.Equal(("server", "COPY of s.big"), (found.Kind, found.Subject));
        Assert.InRange(found.Share, 0.69, 0.72);
        Assert.Equal("server-bound: COPY of s.big took 70 % of the wall", found.Sentence);
    }

    [Theory]
    [InlineData(TransferStage.Compress, "compression")]
    [InlineData(TransferStage.Split, "compression")]
    [InlineData(TransferStage.Write, "output")]
    public void A_dump_that_waits_for_itself_says_so(Enum stage, string kind)
    {
        Spend(s_big, TransferStage.Source, 3);
        Spend(s_big, TransferStage.Wait, 9);
        Spend(s_big, (TransferStage)stage, 8);

        Assert.Equal(kind, Find(fromServer: true, intoServer: false)!.Kind);
    }

    [Fact]
    public void A_restore_names_the_statement_or_the_table_that_took_longest()
    {
        Spend(s_big, TransferStage.Source, 1);
        Spend(s_big, TransferStage.Sink, 2);
        Spend(s_index, TransferStage.Statement, 5);

        Bottleneck found = Find(fromServer: false, intoServer: true)!;
        Assert.Equal(("server", "INDEX s.big_index"), (found.Kind, found.Subject));
        Assert.Equal("target", Find(fromServer: true, intoServer: true)!.Kind);
    }

    [Fact]
    public void What_counts_is_the_busiest_thread_not_the_mean_and_not_the_sum()
    {
        // Four readers of which one has the large table; two threads that write, but never at once.
        Parallel(
            () => Spend(s_big, TransferStage.Source, 7),
            () => Spend(s_small, TransferStage.Source, 1),
            () => Spend(s_small, TransferStage.Source, 1),
            () => Spend(s_small, TransferStage.Source, 1),
            () => Spend(s_big, TransferStage.Write, 3),
            () => Spend(s_big, TransferStage.Write, 3));

        Bottleneck found = Find(fromServer: true, intoServer: false)!;
        Assert.Equal(("server", "COPY of s.big", 0.7), (found.Kind, found.Subject, found.Share));
        Parallel(() => Spend(s_small, TransferStage.Write, 2));
        Assert.Equal(("output", 0.8), (Find(fromServer: true, intoServer: false)!.Kind, Find(fromServer: true, intoServer: false)!.Share));
    }

    [Fact]
    public void A_table_in_parts_counts_as_long_as_a_thread_was_at_it()
    {
        Parallel(() => Spend(s_big, TransferStage.Source, 3), () => Spend(s_big, TransferStage.Source, 4));

        Assert.Equal(0.4, Find(fromServer: true, intoServer: false)!.Share);
    }

    [Fact]
    public void What_is_left_after_the_last_entry_counts_too()
    {
        Spend(s_big, TransferStage.Source, 1);
        _clock.Now = TimeSpan.FromSeconds(2);
        Spend(s_big, TransferStage.Source, 1);

        Bottleneck found = _stats.Find(s_wall, fromServer: true, intoServer: false)!;
        Assert.Equal(0.8, found.Share);
        Assert.Equal(
            "output-bound: bringing the output to its medium",
            found.Sentence[..found.Sentence.IndexOf(" took", StringComparison.Ordinal)]);
        Assert.Equal("the comparison in the end", _stats.Find(s_wall, fromServer: true, intoServer: true)!.Subject);
    }

    [Fact]
    public void A_dump_that_reads_the_catalog_for_longest_says_so()
    {
        _clock.Now = TimeSpan.FromSeconds(6);
        _stats.Begin();
        Spend(s_big, TransferStage.Source, 3);

        Assert.Equal("catalog-bound: reading the catalog took 60 % of the wall", Find(fromServer: true, intoServer: false)!.Sentence);
    }

    [Fact]
    public void Nothing_done_is_no_bottleneck() => Assert.Null(Find(fromServer: true, intoServer: false));

    [Fact]
    public void The_file_has_every_entry_with_its_stages_in_seconds()
    {
        _stats.BeginDatabase("one");
        Spend(s_big, TransferStage.Source, 1.5);
        Spend(s_index, TransferStage.Statement, 0.25);
        _stats.Move(s_big, 3, 300);
        using var stream = new MemoryStream();

        TransferReport.Write(_stats, "dumped", s_wall, new Bottleneck("server", "COPY of s.big", 0.15), stream);

        using JsonDocument json = JsonDocument.Parse(stream.ToArray());
        JsonElement root = json.RootElement;
        Assert.Equal(
            (1, "dumped", 10.0),
            (root.GetProperty("version").GetInt32(), root.GetProperty("event").GetString(), root.GetProperty("seconds").GetDouble()));
        Assert.Equal("server", root.GetProperty("bottleneck").GetProperty("kind").GetString());
        Assert.Equal(1.5, root.GetProperty("total").GetProperty("source").GetDouble());
        JsonElement big = root.GetProperty("entries").EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == "big");
        Assert.Equal(
            ("one", 3, 300, 1.5),
            (
                big.GetProperty("database").GetString(),
                big.GetProperty("rows").GetInt32(),
                big.GetProperty("rawBytes").GetInt32(),
                big.GetProperty("source").GetDouble()));
        JsonElement index = root.GetProperty("entries")
            .EnumerateArray()
            .Single(entry => entry.GetProperty("name").GetString() == "big_index");
        Assert.Equal(0.25, index.GetProperty("statement").GetDouble());
        Assert.False(index.TryGetProperty("rows", out _));
    }

    private static TocEntry Rows(int id, string name) =>
        new()
        {
            Id = new DumpId(id),
            Kind = EntryKind.TableData,
            Schema = "s",
            Name = name,
            Section = Section.Data,
        };

    private static void Parallel(params Action[] actions)
    {
        Thread[] threads = [.. actions.Select(static action => new Thread(() => action()))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
    }

    // Everything was done right up to the end.
    private Bottleneck? Find(bool fromServer, bool intoServer)
    {
        _clock.Now = s_wall;
        foreach (EntryTimes entry in _stats.Entries)
        {
            _stats.Spend(entry.Entry, TransferStage.Wait, TimeSpan.Zero);
        }

        return _stats.Find(s_wall, fromServer, intoServer);
    }

    private sealed class MovedClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }

    private void Work(int worker, TocEntry entry, double seconds)
    {
        _clock.Now += TimeSpan.FromSeconds(seconds);
        _stats.Work(worker, entry, TimeSpan.FromSeconds(seconds));
    }

    private void Spend(TocEntry entry, TransferStage stage, double seconds) => _stats.Spend(entry, stage, TimeSpan.FromSeconds(seconds));
}
