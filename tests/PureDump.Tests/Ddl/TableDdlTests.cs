using PureDump.Formats.Entries;
using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Ddl;
using PureDump.Postgres.Server;

namespace PureDump.Tests.Ddl;

public sealed class TableDdlTests
{
    [Fact]
    public void A_not_null_on_an_inherited_column_stands_by_itself_with_its_name_quoted()
    {
        // pg_dump 18 leaves the quotes out, which cannot be restored.
        TableObject parent = Table("parent");
        TableObject child = Table("child", Column("a", isLocal: false, "Own Name"), Column("b", isLocal: true, null));
        child.Parents.Add(parent);

        Assert.Equal(
            """
            CREATE TABLE app.child (
                CONSTRAINT "Own Name" NOT NULL a,
                b integer NOT NULL
            )
            INHERITS (app.parent);

            """,
            Emitted(child).CreateSql);
    }

    [Fact]
    public void A_table_without_columns_has_its_parentheses() =>
        Assert.Equal("CREATE TABLE app.bare (\n);\n", Emitted(Table("bare")).CreateSql);

    [Fact]
    public void Only_the_wanted_part_of_a_table_is_written()
    {
        TableObject table = Table("t");
        table.Wanted = Components.Data | Components.Acl;

        Assert.Empty(Emit(table));
    }

    private static TableObject Table(string name, params TableColumn[] columns)
    {
        var table = new TableObject
        {
            Id = new CatalogId(1259, 20001),
            Name = name,
            Schema = new SchemaObject { Name = "app", Owner = "o" },
            Owner = "o",
            RelKind = 'r',
            Persistence = 'p',
            IsPartition = false,
            AccessMethod = "heap",
            DumpId = new DumpId(1),
            Wanted = Components.All,
        };
        table.Columns.AddRange(columns);
        return table;
    }

    private static TableColumn Column(string name, bool isLocal, string? notNullName) => new()
    {
        Name = name,
        Number = 1,
        IsDropped = false,
        IsLocal = isLocal,
        TypeOid = 23,
        TypeName = "integer",
        Storage = 'p',
        TypeStorage = 'p',
        IsNotNull = true,
        IsNotNullLocal = true,
        NotNullName = notNullName,
    };

    private static TocEntry Emitted(TableObject table) => Assert.Single(Emit(table));

    private static List<TocEntry> Emit(TableObject table)
    {
        var catalog = new CatalogSet(new Selection(new DumpSelection()));
        var toc = new TocBuilder(catalog);
        var context = new DdlContext
        {
            Catalog = catalog,
            Features = new ServerFeatures(180000),
            Warn = Assert.Fail,
            Toc = toc,
            Comments = new Dictionary<(CatalogId Id, int Column), string>(),
        };
        TableDdl.Emit(table, context);
        return toc.Build();
    }
}
