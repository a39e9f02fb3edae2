using PureDump.Bench.EndToEnd.Peers;
using PureDump.Bench.EndToEnd.Scenarios;
using PureDump.Engine.Sources;
using PureDump.Engine.Transfer;

namespace PureDump.Tests.Bench;

public sealed class PeerTests
{
    private const string NewSetting = """
        pg_restore: error: could not execute query: ERROR:  unrecognized configuration parameter "transaction_timeout"
        Command was: SET transaction_timeout = 0;
        pg_restore: warning: errors ignored on restore: 1

        """;

    [Fact]
    public void A_pg_restore_that_failed_at_the_new_setting_alone_has_done_its_work()
    {
        Assert.True(PgPrograms.IsOnlyNewSetting(1, NewSetting));
        Assert.False(
            PgPrograms.IsOnlyNewSetting(
                1,
                NewSetting + "pg_restore: error: could not execute query: ERROR:  relation \"a\" already exists\n"));
        Assert.False(PgPrograms.IsOnlyNewSetting(1, ""));
        Assert.False(PgPrograms.IsOnlyNewSetting(139, NewSetting));
    }

    [Fact]
    public void The_server_alone_reads_the_chunks_that_a_dump_reads()
    {
        Assert.Equal([("COPY public.small TO '/dev/null' (FORMAT binary)", 64L << 20)], ServerLimit.Parts("small", 8192, 64 << 20));
        IReadOnlyList<Chunk> chunks = Chunk.Cut(16_386, 66L << 20);
        Assert.InRange(chunks.Count, 2, 16_386);
        Assert.Equal(
            chunks.Select(static chunk =>
                (
                    $"COPY (SELECT * FROM ONLY public.large WHERE ctid >= '({chunk.First},0)' AND ctid < "
                        + $"'({Math.Min(chunk.End, 16_386)},0)') TO '/dev/null' (FORMAT binary)",
                    chunk.Bytes)),
            ServerLimit.Parts("large", 16_386, 66L << 20));
    }
}
