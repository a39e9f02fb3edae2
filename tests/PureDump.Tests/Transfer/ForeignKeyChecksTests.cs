using PureDump.Engine.Sinks;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;

namespace PureDump.Tests.Transfer;

/// <summary>What the server is told before it checks a foreign key; the tables hold 100 kB of lines and 20 kB of orders.</summary>
public sealed class ForeignKeyChecksTests
{
    private static readonly DumpId Lines = new(1), Orders = new(2), OrdersKey = new(3);

    [Theory]
    [InlineData("CREATE INDEX i ON s.lines USING btree (a, b);")]
    [InlineData("CREATE INDEX i ON s.lines USING btree (a, b, c) INCLUDE (d);")]
    [InlineData("ALTER TABLE ONLY s.lines\n    ADD CONSTRAINT i PRIMARY KEY (a, b, line);")]
    [InlineData("ALTER TABLE ONLY s.lines\n    ADD CONSTRAINT i UNIQUE NULLS NOT DISTINCT (a, b);")]
    public void Indexes_that_begin_with_the_columns_are_walked(string index) =>
        Assert.Equal(ForeignKeyChecks.WalkIndexes, Settings(index));

    [Theory]
    [InlineData("CREATE INDEX i ON s.lines USING btree (a);")]
    [InlineData("CREATE INDEX i ON s.lines USING btree (b, a);")]
    [InlineData("CREATE INDEX i ON s.lines USING btree (a, bc);")]
    [InlineData("CREATE INDEX i ON s.lines USING btree (a, b DESC);")]
    [InlineData("CREATE INDEX i ON s.lines USING btree (a, b) WHERE (c > 0);")]
    [InlineData("CREATE INDEX i ON s.lines USING brin (a, b);")]
    [InlineData("ALTER TABLE ONLY s.lines\n    ADD CONSTRAINT i PRIMARY KEY (a, b, valid WITHOUT OVERLAPS);")]
    public void Any_other_index_leaves_the_choice_to_the_planner(string index) => Assert.Null(Settings(index));

    [Fact]
    public void A_key_in_another_order_leaves_the_choice_to_the_planner() =>
        Assert.Null(Settings("CREATE INDEX i ON s.lines USING btree (a, b);", key: "y, x"));

    [Fact]
    public void What_is_not_frozen_is_read_once() =>
        Assert.Equal(ForeignKeyChecks.ReadOnce, Settings("CREATE INDEX i ON s.lines USING btree (a, b);", isFrozen: false));

    [Fact]
    public void Few_rows_that_point_into_many_are_looked_up() =>
        Assert.Null(Settings("CREATE INDEX i ON s.lines USING btree (a, b);", orderBytes: 1_000_000));

    private static string? Settings(string index, string key = "x, y", bool isFrozen = true, long orderBytes = 20_000)
    {
        var foreignKey = new TocEntry
        {
            Id = new DumpId(9), Kind = EntryKind.ForeignKey, Schema = "s", Name = "lines f", Section = Section.PostData,
            CreateSql = "ALTER TABLE ONLY s.lines\n    ADD CONSTRAINT f FOREIGN KEY (a, b) REFERENCES s.orders(x, y) ON DELETE CASCADE;\n",
            Dependencies = [Lines, OrdersKey],
        };
        var origin = new DumpOrigin
        {
            Database = "d",
            ServerVersion = "18.0",
            ServerVersionNumber = 180000,
            Encoding = "UTF8",
            Producer = "test",
        };
        TocEntry[] entries =
        [
            Table(Lines, "lines"), Table(Orders, "orders"), Rows(10, Lines, "lines", 100_000), Rows(11, Orders, "orders", orderBytes),
            On(OrdersKey, Orders, EntryKind.Constraint, $"ALTER TABLE ONLY s.orders\n    ADD CONSTRAINT k UNIQUE ({key});\n"),
            On(
                new DumpId(4),
                Lines,
                index.StartsWith("CREATE", StringComparison.Ordinal) ? EntryKind.Index : EntryKind.Constraint,
                index + "\n"),
            foreignKey,
        ];
        return new ForeignKeyChecks(new Toc(origin, entries)).SettingsFor(foreignKey, _ => isFrozen);
    }

    private static TocEntry Table(DumpId id, string name) =>
        new() { Id = id, Kind = EntryKind.Table, Schema = "s", Name = name, Section = Section.PreData };

    private static TocEntry On(DumpId id, DumpId table, string kind, string sql) =>
        new()
        {
            Id = id,
            Kind = kind,
            Schema = "s",
            Name = $"i{id.Value}",
            Section = Section.PostData,
            CreateSql = sql,
            Dependencies = [table],
        };

    private static TocEntry Rows(int id, DumpId table, string name, long bytes) =>
        new()
        {
            Id = new DumpId(id),
            Kind = EntryKind.TableData,
            Schema = "s",
            Name = name,
            Section = Section.Data,
            Dependencies = [table],
            Rows = new TableRows
            {
                Schema = "s",
                Table = name,
                Columns = [],
                Format = RowFormat.Text,
                TableEntry = table,
                EstimatedBytes = bytes,
            },
        };
}
