using PureDump.Formats.Entries;
using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Ddl;
using PureDump.Postgres.Server;

namespace PureDump.Tests.Ddl;

public sealed class SequenceDdlTests
{
    [Theory]
    [InlineData("bigint", 1, 1, long.MaxValue, "    START WITH 5\n    INCREMENT BY 1\n    NO MINVALUE\n    NO MAXVALUE\n    CACHE 1")]
    [InlineData(
        "integer",
        1,
        1,
        int.MaxValue,
        "    AS integer\n    START WITH 5\n    INCREMENT BY 1\n    NO MINVALUE\n    NO MAXVALUE\n    CACHE 1")]
    [InlineData(
        "smallint",
        -1,
        short.MinValue,
        -1,
        "    AS smallint\n    START WITH 5\n    INCREMENT BY -1\n    NO MINVALUE\n    NO MAXVALUE\n    CACHE 1")]
    [InlineData(
        "integer",
        1,
        1,
        long.MaxValue,
        "    AS integer\n    START WITH 5\n    INCREMENT BY 1\n    NO MINVALUE\n    MAXVALUE 9223372036854775807\n    CACHE 1")]
    [InlineData("bigint", -3, 1, -1, "    START WITH 5\n    INCREMENT BY -3\n    MINVALUE 1\n    NO MAXVALUE\n    CACHE 1")]
    public void The_limits_of_the_type_and_the_direction_are_not_written_out(
        string type,
        long increment,
        long minimum,
        long maximum,
        string expected)
    {
        TocEntry entry = Emitted(new SequenceDefinition(type, 5, increment, minimum, maximum, 1, IsCycled: false));

        Assert.Equal($"CREATE SEQUENCE app.\"Odd Seq\"\n{expected};\n", entry.CreateSql);
        Assert.Equal("DROP SEQUENCE IF EXISTS app.\"Odd Seq\";\n", entry.DropIfExistsSql);
        Assert.Equal("SEQUENCE app.\"Odd Seq\"", entry.OwnerTarget);
    }

    [Fact]
    public void A_cycle_is_written_after_the_cache() =>
        Assert.EndsWith(
            "    CACHE 20\n    CYCLE;\n",
            Emitted(new SequenceDefinition("bigint", 1, 1, 1, long.MaxValue, 20, IsCycled: true)).CreateSql,
            StringComparison.Ordinal);

    private static TocEntry Emitted(SequenceDefinition definition)
    {
        var catalog = new CatalogSet(new Selection(new DumpSelection()));
        SchemaObject schema = catalog.Register(new SchemaObject { Id = new CatalogId(2615, 20000), Name = "app", Owner = "o" });
        TableObject sequence = catalog.Register(new TableObject
        {
            Id = new CatalogId(1259, 20001),
            Name = "Odd Seq",
            Schema = schema,
            Owner = "o",
            RelKind = 'S',
            Persistence = 'p',
            IsPartition = false,
            Definition = definition,
        });
        var toc = new TocBuilder(catalog);
        var context = new DdlContext
        {
            Catalog = catalog,
            Features = new ServerFeatures(180000),
            Warn = Assert.Fail,
            Toc = toc,
            Comments = new Dictionary<(CatalogId Id, int Column), string>(),
        };
        SequenceDdl.Emit(sequence, context);
        return Assert.Single(toc.Build());
    }
}
