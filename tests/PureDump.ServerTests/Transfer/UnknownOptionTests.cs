using PureDump.Engine;
using PureDump.Formats.Entries;
using PureDump.Formats.PgArchive;
using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>
/// A storage parameter that the target does not know, as an archive of a newer server may have some, costs the statement that sets it:
/// the relation, its other parameters and its rows come.
/// </summary>
public sealed class UnknownOptionTests
{
    private static readonly PgTocEntry[] s_entries =
    [
        BuiltArchive.EncodingEntry,
        Made(2, EntryKind.Table, "t", """
            CREATE TABLE public.t (
                id integer,
                b text DEFAULT ' WITH (x=1)')
            WITH (from_tomorrow='1', fillfactor='70');
            ALTER TABLE ONLY public.t ALTER COLUMN b SET (from_tomorrow=7);
            ALTER TABLE ONLY public.t ALTER COLUMN b SET (n_distinct=7);

            """
        ),
        BuiltArchive.Data(3, EntryKind.TableData, "t", "public", "COPY public.t (id, b) FROM stdin;\n") with
        {
            Dependencies = [2],
        },
        Made(
            4,
            EntryKind.Constraint,
            "t t Key",
            "ALTER TABLE ONLY public.t\n    ADD CONSTRAINT \"t Key\" PRIMARY KEY (id) WITH (fillfactor='75', from_tomorrow='1');\n"),
        Made(
            5,
            EntryKind.Index,
            "ti",
            "CREATE INDEX ti ON public.t USING btree (b) WITH (from_tomorrow='1', fillfactor='80') WHERE (id > 0);\n"),
        Made(
            6,
            EntryKind.View,
            "v",
            "CREATE VIEW public.v WITH (security_barrier='true', from_tomorrow='1') AS\n SELECT id FROM public.t;\n"),
        Made(
            7,
            EntryKind.MaterializedView,
            "m",
            "CREATE MATERIALIZED VIEW public.m WITH (fillfactor='60', from_tomorrow='1') AS\n SELECT 1 AS x\n  WITH NO DATA;\n"),
    ];

    [Theory]
    [EveryMajor]
    public void An_option_that_the_target_does_not_know_costs_that_option(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string target = server.CreateDatabase();
        using var file = new TemporaryFile();
        File.WriteAllBytes(
            file.Path,
            BuiltArchive.Custom(
                16,
                s_entries,
                static output =>
                    BuiltArchive.Block(output, CustomArchive.DataBlock, 3, static o => BuiltArchive.Chunk(o, "1\tx\n2\ty\n\\.\n\n\n"))));

        var observer = new RecordingObserver();
        RestoreOperation.FromFile(
            new RestoreRequest { Target = Operations.TargetOf(server, target), Jobs = 2 },
            file.Path,
            observer,
            TestContext.Current.CancellationToken);

        Assert.Equal(6, observer.Failures.Count);
        Assert.All(observer.Failures, failure => Assert.Contains("from_tomorrow", failure, StringComparison.Ordinal));
        Assert.Equal("2", server.Scalar(target, "SELECT count(*) FROM t"));
        Assert.Equal(
            "m{fillfactor=60} t{fillfactor=70} t Key{fillfactor=75} ti{fillfactor=80} v{security_barrier=true}",
            server.Scalar(
                target,
                "SELECT string_agg(relname || reloptions::text, ' ' ORDER BY relname COLLATE \"C\") FROM pg_class WHERE relnamespace = "
                    + "'public'::regnamespace AND reloptions IS NOT NULL"));
        Assert.Contains(
            "n_distinct=7",
            server.Scalar(target, "SELECT attoptions::text FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = 'b'"),
            StringComparison.Ordinal);
    }

    private static PgTocEntry Made(int id, string kind, string tag, string definition) =>
        BuiltArchive.Entry(id, kind, tag, "public") with { Definition = definition, Dependencies = id > 3 ? [2] : [] };
}
