using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;
using Xunit;

namespace PureDump.Tests.Catalog;

public sealed class SelectionTests
{
    [Theory]
    [InlineData("app", "o", Components.All, Components.All)]
    [InlineData("public", "o", Components.All, Components.All)]
    [InlineData("public", "pg_database_owner", Components.All & ~Components.Definition, Components.All)]
    [InlineData("pg_catalog", "o", Components.Acl, Components.Acl)]
    [InlineData("pg_toast", "o", Components.None, Components.None)]
    [InlineData("pg_temp_3", "o", Components.None, Components.None)]
    [InlineData("information_schema", "o", Components.None, Components.None)]
    public void A_schema_is_wanted_unless_it_is_the_systems(string name, string owner, object wanted, object inside)
    {
        SchemaObject schema = Catalog().Register(Schema(name, owner));

        Assert.Equal((Components)wanted, schema.Wanted);
        Assert.Equal((Components)inside, schema.WantedInside);
        Assert.Equal(name != "public", schema.IsCreated);
    }

    [Fact]
    public void What_the_options_leave_out_is_taken_from_the_objects_at_the_end()
    {
        var catalog = new CatalogSet(new Selection(new DumpSelection
        {
            WithSchema = false, WithSecurityLabels = false, WithComments = false, WithStatistics = true,
        }));
        TableObject table = catalog.Register(Table(catalog.Register(Schema("app", "o")), 20001));
        var statistics = catalog.Register(
            new StatisticsDataObject
            {
                Name = "t",
                Schema = table.Schema,
                Relation = table,
                Section = Formats.Entries.Section.Data,
            }
        );
        var publication = catalog.Register(
            new PublicationObject
            {
                Name = "p",
                IsForAllTables = true,
                Actions = [],
                PublishesViaRoot = false,
                PublishesGeneratedColumns = false,
            }
        );

        catalog.Selection.Restrict(catalog);

        Assert.Equal(Components.None, table.Wanted);
        Assert.Equal(Components.None, publication.Wanted);
        Assert.Equal(Components.All & ~(Components.SecurityLabel | Components.Comment), statistics.Wanted);
    }

    [Fact]
    public void Of_a_member_of_an_extension_only_its_privileges_are_wanted_and_it_comes_after_the_extension()
    {
        CatalogSet catalog = Catalog();
        ExtensionObject extension = catalog.Register(Extension(20000));
        SchemaObject schema = catalog.Register(Schema("app", "o"));
        catalog.ExtensionMembers.Add(new CatalogId(1259, 20001), extension);

        TableObject member = catalog.Register(Table(schema, 20001));

        Assert.Equal(Components.Acl, member.Wanted);
        Assert.Contains(extension, member.Needs.ToArray());
        Assert.Equal(Components.All, catalog.Register(Table(schema, 20002)).Wanted);
    }

    [Fact]
    public void Of_an_extension_that_initdb_made_only_the_privileges_are_wanted() =>
        Assert.Equal(Components.Acl, Catalog().Register(Extension(13000)).Wanted);

    [Fact]
    public void What_has_no_schema_is_wanted_with_everything_unless_initdb_made_it()
    {
        CatalogSet catalog = Catalog();
        Assert.Equal(Components.All, catalog.Register(Cast(20000)).Wanted);
        Assert.Equal(Components.None, catalog.Register(Cast(10000)).Wanted);
        Assert.Equal(Components.All, catalog.Register(Method(20000)).Wanted);
        Assert.Equal(Components.None, catalog.Register(Method(403)).Wanted);
        Assert.Equal(Components.All, catalog.Register(Language(20000)).Wanted);
        Assert.Equal(Components.Acl, catalog.Register(Language(13000)).Wanted);

        var some = new CatalogSet(new Selection(new DumpSelection { Schemas = ["app"] }));
        Assert.Equal(Components.None, some.Register(Cast(20000)).Wanted);
        Assert.Equal(Components.None, some.Register(Method(20000)).Wanted);
        Assert.Equal(Components.None, some.Register(Language(13000)).Wanted);
    }

    [Fact]
    public void An_extensions_schema_is_made_by_it_but_what_else_lives_there_is_wanted()
    {
        CatalogSet catalog = Catalog();
        catalog.ExtensionMembers.Add(new CatalogId(2615, 21000), catalog.Register(Extension(20000)));

        SchemaObject schema = catalog.Register(Schema("app", "o", 21000));

        Assert.Equal(Components.Acl, schema.Wanted);
        Assert.Equal(Components.All, schema.WantedInside);
    }

    [Fact]
    public void Extended_statistics_are_wanted_only_with_their_table_and_their_own_schema()
    {
        CatalogSet catalog = Catalog();
        SchemaObject app = catalog.Register(Schema("app", "o"));
        SchemaObject system = catalog.Register(Schema("pg_toast", "o", 21000));
        TableObject wanted = catalog.Register(Table(app, 20001));
        TableObject unwanted = catalog.Register(Table(system, 20002));

        Assert.Equal(Components.All, WantedOf(wanted, app));
        Assert.Equal(Components.None, WantedOf(wanted, system));
        Assert.Equal(Components.None, WantedOf(unwanted, app));

        Components WantedOf(TableObject table, SchemaObject schema) => catalog.Register(
            new ExtendedStatisticsObject { Name = "s", Table = table, Schema = schema, Owner = "o", Definition = "", Target = -1 }).Wanted;
    }

    [Fact]
    public void A_row_type_is_wanted_with_its_table_and_the_relation_of_a_composite_never()
    {
        CatalogSet catalog = Catalog();
        SchemaObject schema = catalog.Register(Schema("app", "o"));
        SchemaObject system = catalog.Register(Schema("pg_toast", "o", 99));
        catalog.Register(Table(schema, 20001));
        catalog.Register(Table(system, 20002));

        Assert.Equal(Components.All, catalog.Register(RowType(schema, 20001, 'r')).Wanted);
        Assert.Equal(Components.None, catalog.Register(RowType(schema, 20002, 'r')).Wanted);
        Assert.Equal(Components.None, catalog.Register(Table(schema, 20003, 'c')).Wanted);
        Assert.Equal(Components.All, catalog.Register(RowType(schema, 20003, 'c')).Wanted);
    }

    [Fact]
    public void Data_only_leaves_nothing_but_rows_and_values()
    {
        var catalog = new CatalogSet(new Selection(new DumpSelection { WithSchema = false }));
        SchemaObject schema = catalog.Register(Schema("app", "o"));
        TableObject table = catalog.Register(Table(schema, 20001));
        TableDataObject rows = catalog.Register(new TableDataObject { Name = "t", Schema = schema, Table = table });

        catalog.Selection.Restrict(catalog);

        Assert.Equal(Components.None, schema.Wanted);
        Assert.Equal(Components.None, table.Wanted);
        Assert.NotEqual(Components.None, rows.Wanted);
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public void Large_objects_are_data(bool withData, bool? asked, bool expected) =>
        Assert.Equal(expected, new Selection(new DumpSelection { WithData = withData, WithLargeObjects = asked }).WantsLargeObjects);

    [Fact]
    public void Large_objects_are_left_out_of_a_dump_of_some_schemas_unless_asked_for()
    {
        Assert.False(new Selection(new DumpSelection { Schemas = ["a"] }).WantsLargeObjects);
        Assert.True(new Selection(new DumpSelection { Schemas = ["a"], WithLargeObjects = true }).WantsLargeObjects);
    }

    private static CatalogSet Catalog() => new(new Selection(new DumpSelection()));

    private static SchemaObject Schema(string name, string owner, uint oid = 2200) =>
        new() { Id = new CatalogId(2615, oid), Name = name, Owner = owner };

    private static ExtensionObject Extension(uint oid) =>
        new() { Id = new CatalogId(3079, oid), Name = "e", SchemaName = "public", Version = "1" };

    private static CastObject Cast(uint oid) => new()
    {
        Id = new CatalogId(2605, oid),
        Name = "int4 t",
        SourceType = "integer",
        TargetType = "t",
        Method = 'b',
        Context = 'e',
        Function = null,
    };

    private static AccessMethodObject Method(uint oid) =>
        new() { Id = new CatalogId(2601, oid), Name = $"m{oid}", MethodType = 'i', Handler = "h" };

    private static LanguageObject Language(uint oid) => new()
    {
        Id = new CatalogId(2612, oid),
        Name = $"l{oid}",
        IsTrusted = true,
        Handler = null,
        Inline = null,
        Validator = null,
    };

    private static TableObject Table(SchemaObject schema, uint oid, char relKind = 'r') => new()
    {
        Id = new CatalogId(1259, oid),
        Name = $"t{oid}",
        Schema = schema,
        RelKind = relKind,
        Persistence = 'p',
        IsPartition = false,
    };

    private static TypeObject RowType(SchemaObject schema, uint relation, char relKind) => new()
    {
        Id = new CatalogId(1247, relation + 1000),
        Name = $"t{relation}",
        Schema = schema,
        TypeType = 'c',
        IsDefined = true,
        IsArray = false,
        RelationOid = new Oid(relation),
        RelationKind = relKind,
    };
}
