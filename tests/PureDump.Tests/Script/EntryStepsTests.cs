using PureDump.Formats.Entries;
using PureDump.Formats.Script;
using PureDump.Formats.Sql;

namespace PureDump.Tests.Script;

/// <summary>What restoring an entry consists of, in which order, and what a session that is set to it already is spared.</summary>
public sealed class EntryStepsTests
{
    private static readonly TocEntry s_table = new()
    {
        Id = new DumpId(1),
        Kind = EntryKind.Table,
        Schema = "s",
        Name = "t",
        Section = Section.PreData,
        CreateSql = "CREATE TABLE s.t ();\n",
        Owner = "o\"x",
        OwnerTarget = "TABLE s.t",
        Tablespace = "fast disk",
        TableAccessMethod = "heap",
    };

    private readonly EntrySession _session = new();

    [Fact]
    public void A_table_is_made_under_its_defaults_and_given_to_its_owner() =>
        Assert.Equal(
            [
                (EntryAction.Tablespace, "SET default_tablespace = \"fast disk\";"),
                (EntryAction.AccessMethod, "SET default_table_access_method = heap;"),
                (EntryAction.Create, s_table.CreateSql),
                (EntryAction.Owner, "ALTER TABLE s.t OWNER TO \"o\"\"x\";"),
            ],
            Of(Steps(), s_table));

    [Fact]
    public void What_the_session_is_set_to_is_not_set_again()
    {
        EntrySteps steps = Steps();
        Of(steps, s_table);

        Assert.Equal([EntryAction.Create, EntryAction.Owner], Of(steps, s_table).Select(static step => step.Action));

        _session.Forget();
        Assert.Equal(4, Of(steps, s_table).Count);
        Assert.Equal((EntryAction.Tablespace, "SET default_tablespace = '';"), Of(steps, s_table with { Tablespace = "" })[0]);
    }

    [Fact]
    public void What_is_made_by_its_owner_is_not_given_to_it()
    {
        EntrySteps steps = Steps(asOwner: true);

        Assert.Equal(
            [(EntryAction.Become, "SET SESSION AUTHORIZATION 'o\"x';"), (EntryAction.Create, "")],
            Of(steps, s_table with { Tablespace = null, TableAccessMethod = null })
                .Select(static step => (step.Action, step.Action == EntryAction.Create ? "" : step.Sql)));
        Assert.Equal((EntryAction.Become, "SET SESSION AUTHORIZATION DEFAULT;"), Of(steps, s_table with { Owner = "" })[0]);
    }

    [Fact]
    public void A_schema_that_is_only_remarked_on_is_given_to_its_owner_all_the_same()
    {
        TocEntry schema = new()
        {
            Id = new DumpId(2),
            Kind = EntryKind.Schema,
            Name = "public",
            Section = Section.PreData,
            CreateSql = "-- not made\n",
            Owner = "o",
            OwnerTarget = "SCHEMA public",
        };

        Assert.Contains((EntryAction.Owner, "ALTER SCHEMA public OWNER TO o;"), Of(Steps(asOwner: true), schema));
    }

    [Fact]
    public void A_partitioned_table_gets_its_access_method_behind_it() => Assert.Equal(
        [EntryAction.Tablespace, EntryAction.Create, EntryAction.Owner, EntryAction.PartitionAccessMethod],
        Of(Steps(), s_table with { RelKind = 'p' }).Select(static step => step.Action));

    [Fact]
    public void Who_wants_no_tablespaces_and_no_access_methods_gets_none() =>
        Assert.Equal(
            [EntryAction.Create, EntryAction.Owner],
            Of(new EntrySteps(SqlText.Literal, false, withTablespaces: false, withAccessMethods: false), s_table with { RelKind = 'p' })
                .Select(static step => step.Action));

    [Fact]
    public void Each_of_many_large_objects_is_given_to_its_owner()
    {
        TocEntry objects = new()
        {
            Id = new DumpId(3),
            Kind = EntryKind.LargeObjectMetadata,
            Name = "1..2",
            Section = Section.PreData,
            CreateSql = "SELECT 1;\nSELECT 2;\n",
            Owner = "o",
            OwnerTarget = "LARGE OBJECT",
            LargeObjectOids = [1, 2],
        };

        Assert.Equal("ALTER LARGE OBJECT 1 OWNER TO o;\nALTER LARGE OBJECT 2 OWNER TO o;", Of(Steps(), objects)[^1].Sql);
    }

    [Fact]
    public void Other_statements_can_stand_for_those_of_the_entry() =>
        Assert.Contains(
            (EntryAction.Create, "CREATE TABLE other;"),
            Steps().Of(s_table, "CREATE TABLE other;", _session).Select(static step => (step.Action, step.Sql)));

    private static EntrySteps Steps(bool asOwner = false) => new(SqlText.Literal, asOwner);

    private List<(EntryAction Action, string Sql)> Of(EntrySteps steps, TocEntry entry) =>
        [.. steps.Of(entry, null, _session).Select(static step => (step.Action, step.Sql))];
}
