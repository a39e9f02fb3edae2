using PureDump.Postgres.Catalog;

namespace PureDump.Tests.Catalog;

public sealed class PortableTypesTests
{
    private const uint Int4 = 23;
    private const uint RegClass = 2205;
    private const uint User = 20000;

    [Theory]
    [InlineData(16u, true)] // bool
    [InlineData(Int4, true)]
    [InlineData(25u, true)] // text
    [InlineData(1186u, true)] // interval: a restore looks for infinite ones
    [InlineData(1700u, true)] // numeric: its infinities are known to 14
    [InlineData(3802u, true)] // jsonb
    [InlineData(24u, false)] // regproc
    [InlineData(RegClass, false)]
    [InlineData(1033u, false)] // aclitem
    [InlineData(32u, false)] // pg_ddl_command
    public void A_built_in_type_is_portable_where_its_binary_form_means_the_same_everywhere(uint oid, bool expected) =>
        Assert.Equal(expected, Rule(Base(oid)).IsPortable(oid));

    [Theory]
    [InlineData(22u)] // int2vector
    [InlineData(30u)] // oidvector
    public void A_vector_is_not_portable_though_it_looks_like_an_array(uint oid) =>
        Assert.False(Rule(Base(21), Base(26), new TypeFacts(oid, 'b', "vector", true, true, null, null, [21])).IsPortable(oid));

    [Fact]
    public void An_unknown_type_is_not_portable() => Assert.False(Rule(Base(Int4)).IsPortable(25));

    [Fact]
    public void A_pseudo_type_is_not_portable() =>
        Assert.False(Rule(new TypeFacts(2249, 'p', "record", false, true, null, null, [])).IsPortable(2249));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Xml_is_portable_in_utf8_only(bool isUtf8) =>
        Assert.Equal(isUtf8, PortableTypes.From([Base(142)], isUtf8, hasLenientOids: true).IsPortable(142));

    [Fact]
    public void An_enum_is_portable() => Assert.True(Rule(new TypeFacts(User, 'e', "mood", false, true, null, null, [0])).IsPortable(User));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_carries_the_oid_of_a_users_type_is_portable_where_nobody_compares_it(bool hasLenientOids)
    {
        TypeFacts[] types =
        [
            new(User, 'e', "mood", false, true, null, null, []),
            new(User + 1, 'b', "_mood", true, true, null, null, [User]),
            new(User + 2, 'c', "pair", false, true, null, null, [Int4, User]),
            new(User + 3, 'd', "pairs", false, true, null, null, [User + 2]),
            new(User + 4, 'c', "numbers", false, true, null, null, [Int4]),
            Base(Int4),
        ];

        PortableTypes rule = PortableTypes.From(types, isUtf8: true, hasLenientOids);

        Assert.True(rule.IsPortable(User));
        Assert.Equal(hasLenientOids, rule.IsPortable(User + 1));
        Assert.Equal(hasLenientOids, rule.IsPortable(User + 2));
        Assert.Equal(hasLenientOids, rule.IsPortable(User + 3));
        Assert.True(rule.IsPortable(User + 4));
    }

    [Theory]
    [InlineData('d')]
    [InlineData('r')]
    [InlineData('m')]
    [InlineData('c')]
    [InlineData('b')]
    public void What_is_made_of_other_types_is_as_portable_as_they_are(char typeType)
    {
        TypeFacts Made(params uint[] parts) => new(User, typeType, "made", typeType == 'b', true, null, null, parts);

        Assert.True(Rule(Made(Int4), Base(Int4)).IsPortable(User));
        Assert.False(Rule(Made(RegClass), Base(RegClass)).IsPortable(User));
        Assert.False(Rule(Made(Int4)).IsPortable(User));
    }

    [Fact]
    public void One_unsafe_column_far_below_makes_all_above_unsafe()
    {
        PortableTypes types = Rule(
            Composite(User, Int4, User + 1),
            new TypeFacts(User + 1, 'b', "_inner", true, true, null, null, [User + 2]),
            new TypeFacts(User + 2, 'd', "domain", false, true, null, null, [User + 3]),
            Composite(User + 3, RegClass),
            Base(RegClass),
            Base(Int4));

        Assert.All([User, User + 1, User + 2, User + 3], oid => Assert.False(types.IsPortable(oid)));
        Assert.True(types.IsPortable(Int4));
    }

    [Fact]
    public void Types_that_hold_each_other_are_judged_by_what_else_they_hold()
    {
        // The inner one is looked at while the outer is still open; its verdict must not be taken from there.
        TypeFacts outer = Composite(User, User + 1, RegClass);
        TypeFacts inner = Composite(User + 1, User + 2);
        var array = new TypeFacts(User + 2, 'b', "_outer", true, true, null, null, [User]);
        PortableTypes types = Rule(outer, inner, array, Base(RegClass));

        Assert.All([User, User + 1, User + 2], oid => Assert.False(types.IsPortable(oid)));
        Assert.True(Rule(Composite(User, Int4, User + 2), array, Base(Int4)).IsPortable(User));
    }

    [Theory]
    [InlineData("hstore", "hstore", "1.4", true, true)]
    [InlineData("citext", "citext", "1.6", true, true)]
    [InlineData("ltree", "ltree", "1.1", true, false)]
    [InlineData("ltree", "ltree", "1.2", true, true)]
    [InlineData("ltree", "lquery", "1.10", true, true)]
    [InlineData("cube", "cube", "1.4", true, false)]
    [InlineData("cube", "cube", "1.5", true, true)]
    [InlineData("vector", "halfvec", "0.8.0", true, true)]
    [InlineData("postgis", "geometry", "3.4.2", true, true)]
    [InlineData("postgis", "raster", "3.4.2", true, false)]
    [InlineData("isn", "isbn", "1.2", false, false)]
    [InlineData("ltree", "ltree", "unpackaged", true, false)]
    [InlineData("mine", "hstore", "1.4", true, false)]
    [InlineData("hstore", "hstore", "1.4", false, false)]
    public void A_base_type_of_an_extension_is_portable_where_its_format_is_known_to_be_stable(
        string extension, string type, string version, bool hasBinary, bool expected) =>
        Assert.Equal(
            expected, Rule(new TypeFacts(User, 'b', type, false, hasBinary, extension, version, [])).IsPortable(User));

    [Fact]
    public void A_base_type_of_nobodys_is_not_portable() =>
        Assert.False(Rule(new TypeFacts(User, 'b', "hstore", false, true, null, null, [])).IsPortable(User));

    private static PortableTypes Rule(params TypeFacts[] types) => PortableTypes.From(types, isUtf8: true, hasLenientOids: true);

    private static TypeFacts Base(uint oid) => new(oid, 'b', "base", false, true, null, null, [0]);

    private static TypeFacts Composite(uint oid, params uint[] columns) => new(oid, 'c', "row", false, true, null, null, columns);
}
