using System.Text.Json;
using PureDump.Cli.Commands;
using PureDump.Engine.Transfer;
using PureDump.Formats;

namespace PureDump.Tests.Transfer;

/// <summary>Where the time went: sums, and what is named as the bottleneck.</summary>
public sealed class TransferStatsTests
{
    private static readonly TocEntry s_big = Rows(1, "big"), s_small = Rows(2, "small");
    private static readonly TocEntry s_index = new() { Id = new DumpId(3), Kind = EntryKind.Index, Schema = "s", Name = "big_index", Section = Section.PostData };
    private static readonly TimeSpan s_wall = TimeSpan.FromSeconds(10);

    private readonly TransferStats _stats = new();

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
    public void A_dump_that_waits_for_the_server_names_its_longest_table()
    {
        Spend(s_big, TransferStage.Source, 7);
        Spend(s_small, TransferStage.Source, 1);
        Spend(s_big, TransferStage.Compress, 4);

        Bottleneck found = _stats.Find(s_wall, fromServer: true, intoServer: false)!;
        Assert.Equal(("server", "COPY of s.big"), (found.Kind, found.Subject));
        Assert.InRange(found.Share, 0.69, 0.72);
        Assert.Equal("server-bound: COPY of s.big took 70 % of the wall", found.Sentence);
    }

    [Theory]
    [InlineData(TransferStage.Compress, "compression")]
    [InlineData(TransferStage.Split, "compression")]
    [InlineData(TransferStage.Write, "output")]
    public void A_dump_that_waits_for_itself_says_so(TransferStage stage, string kind)
    {
        Spend(s_big, TransferStage.Source, 3);
        Spend(s_big, TransferStage.Wait, 9);
        Spend(s_big, stage, 8);

        Assert.Equal(kind, _stats.Find(s_wall, fromServer: true, intoServer: false)!.Kind);
    }

    [Fact]
    public void A_restore_names_the_statement_or_the_table_that_took_longest()
    {
        Spend(s_big, TransferStage.Source, 1);
        Spend(s_big, TransferStage.Sink, 2);
        Spend(s_index, TransferStage.Statement, 5);

        Bottleneck found = _stats.Find(s_wall, fromServer: false, intoServer: true)!;
        Assert.Equal(("server", "INDEX s.big_index"), (found.Kind, found.Subject));
        Assert.Equal("target", _stats.Find(s_wall, fromServer: true, intoServer: true)!.Kind);
    }

    [Fact]
    public void A_thread_that_works_half_of_the_time_is_not_two_that_do()
    {
        // Two readers of which each waited 4 of 10 seconds, one writer that was busy for 6.
        Parallel(() => Spend(s_big, TransferStage.Source, 4), () => Spend(s_small, TransferStage.Source, 4));
        Spend(s_big, TransferStage.Write, 6);

        Assert.Equal("output", _stats.Find(s_wall, fromServer: true, intoServer: false)!.Kind);
    }

    [Fact]
    public void Nothing_done_is_no_bottleneck() => Assert.Null(_stats.Find(s_wall, fromServer: true, intoServer: false));

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
        Assert.Equal((1, "dumped", 10.0), (root.GetProperty("version").GetInt32(), root.GetProperty("event").GetString(), root.GetProperty("seconds").GetDouble()));
        Assert.Equal("server", root.GetProperty("bottleneck").GetProperty("kind").GetString());
        Assert.Equal(1.5, root.GetProperty("total").GetProperty("source").GetDouble());
        JsonElement big = root.GetProperty("entries").EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == "big");
        Assert.Equal(("one", 3, 300, 1.5), (big.GetProperty("database").GetString(), big.GetProperty("rows").GetInt32(), big.GetProperty("rawBytes").GetInt32(), big.GetProperty("source").GetDouble()));
        JsonElement index = root.GetProperty("entries").EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == "big_index");
        Assert.Equal(0.25, index.GetProperty("statement").GetDouble());
        Assert.False(index.TryGetProperty("rows", out _));
    }

    private static TocEntry Rows(int id, string name) => new() { Id = new DumpId(id), Kind = EntryKind.TableData, Schema = "s", Name = name, Section = Section.Data };

    private static void Parallel(params Action[] actions)
    {
        Thread[] threads = [.. actions.Select(static action => new Thread(() => action()))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
    }

    private void Spend(TocEntry entry, TransferStage stage, double seconds) => _stats.Spend(entry, stage, TimeSpan.FromSeconds(seconds));
}
