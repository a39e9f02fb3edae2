using PureDump.Formats.Entries;
using PureDump.Formats.PgArchive;
using PureDump.TestSupport;

namespace PureDump.Tests.PgArchive;

/// <summary>What pg_dump leaves unsaid of triggers that partitions got from above.</summary>
public sealed class ClonedTriggerTests
{
    [Fact]
    public void A_state_of_a_clone_needs_whatever_creates_a_trigger_of_its_name()
    {
        Toc toc = Open(
            Trigger(10, "above t", "CREATE TRIGGER t AFTER INSERT ON s.above FOR EACH ROW EXECUTE FUNCTION s.f();\n", 5),
            Trigger(11, "other t", "CREATE CONSTRAINT TRIGGER t AFTER INSERT ON s.other FOR EACH ROW EXECUTE FUNCTION s.f();\n"),
            Trigger(
                12,
                "above T t",
                "CREATE TRIGGER \"T t\" AFTER INSERT ON s.above FOR EACH ROW EXECUTE FUNCTION s.f();\n\nALTER TABLE s.above DISABLE "
                    + "TRIGGER \"T t\";\n"),
            Trigger(13, "below t", "\nALTER TABLE s.below ENABLE ALWAYS TRIGGER t;\n", 5));

        Assert.Equal([5, 10, 11], Needs(toc, 13));
        Assert.Equal([[5], [], []], new[] { 10, 11, 12 }.Select(id => Needs(toc, id)));
    }

    [Fact]
    public void It_may_stand_before_what_it_needs_and_the_names_may_be_quoted_otherwise()
    {
        Toc toc = Open(
            Trigger(10, "a TRIGGER b x \"y\"", "\nALTER FOREIGN TABLE s.\"a TRIGGER b\" DISABLE TRIGGER \"x \"\"y\"\"\";\n"),
            Trigger(11, "z absent", "\nALTER TABLE s.z ENABLE REPLICA TRIGGER absent;\n"),
            Trigger(12, "z t", "\nALTER TABLE s.z ENABLE REPLICA TRIGGER \"t\";\n"),
            Trigger(13, "above x \"y\"", "CREATE TRIGGER \"x \"\"y\"\"\" AFTER INSERT ON s.above FOR EACH ROW EXECUTE FUNCTION s.f();\n"),
            Trigger(14, "above t", "CREATE TRIGGER t AFTER INSERT ON s.above FOR EACH ROW EXECUTE FUNCTION s.f();\n"));

        Assert.Equal([[13], [], [14], [], []], new[] { 10, 11, 12, 13, 14 }.Select(id => Needs(toc, id)));
    }

    [Fact]
    public void Needs_of_many_clones_of_many_triggers_do_not_multiply()
    {
        const int Count = 1000;
        Toc toc = Open([
            .. Enumerable
                .Range(1, Count)
                .Select(i =>
                    Trigger(i + Count, $"a{i} t", $"CREATE TRIGGER t AFTER INSERT ON s.a{i} FOR EACH ROW EXECUTE FUNCTION s.f();\n")),
            .. Enumerable.Range(1, Count).Select(i => Trigger(i + (2 * Count), $"b{i} t", $"\nALTER TABLE s.b{i} DISABLE TRIGGER t;\n")),
        ]);

        Assert.Equal(Enumerable.Range(1, Count).Select(i => i + Count), Needs(toc, 1 + (2 * Count)));
        Assert.All(Enumerable.Range(2, Count - 1), i => Assert.Equal([1 + (2 * Count)], Needs(toc, i + (2 * Count))));
    }

    private static PgTocEntry Trigger(int id, string tag, string definition, params int[] needs) =>
        BuiltArchive.Entry(id, EntryKind.Trigger, tag, "s") with
        {
            Section = Section.PostData,
            Definition = definition,
            Dependencies = needs,
        };

    private static IEnumerable<int> Needs(Toc toc, int id) => toc[new DumpId(id)].Dependencies.Select(static need => need.Value);

    private static Toc Open(params PgTocEntry[] triggers)
    {
        byte[] bytes = BuiltArchive.Custom(
            16,
            [BuiltArchive.EncodingEntry, BuiltArchive.Entry(5, EntryKind.Table, "below", "s"), .. triggers]);
        using PgArchiveReader archive = PgArchiveReader.Open(new MemoryStream(bytes));
        return archive.Toc;
    }
}
