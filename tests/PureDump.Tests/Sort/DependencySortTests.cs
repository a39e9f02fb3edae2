using System.Text;
using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Sort;
using Xunit;

namespace PureDump.Tests.Sort;

public sealed class DependencySortTests
{
    [Fact]
    public void Without_needs_the_order_is_by_kind_then_schema_then_name()
    {
        var graph = new Graph();
        TableObject b = graph.Table("b");
        TableObject a = graph.Table("a");
        FunctionObject f = graph.Function("z");

        List<CatalogObject> order = graph.Sort();

        Assert.Equal([graph.Public, f, a, b], order.Take(4));
    }

    [Fact]
    public void Operators_of_one_name_stand_by_their_place_and_the_names_of_their_types()
    {
        var graph = new Graph();
        Oid a = graph.Type("a").Id.Row;
        Oid b = graph.Type("b").Id.Row;
        OperatorObject infixBa = graph.Operator("+", 'b', b, a);
        OperatorObject infixAb = graph.Operator("+", 'b', a, b);
        OperatorObject infixAa = graph.Operator("+", 'b', a, a);
        OperatorObject prefix = graph.Operator("+", 'l', Oid.None, a);
        OperatorObject postfix = graph.Operator("+", 'r', b, Oid.None);

        Assert.Equal([postfix, prefix, infixAa, infixAb, infixBa], graph.Sort().OfType<OperatorObject>());
    }

    [Fact]
    public void A_class_stands_before_the_family_of_its_name_and_both_by_access_method()
    {
        var graph = new Graph();
        OperatorFamilyObject hashFamily = graph.OperatorFamily("x", "hash");
        OperatorFamilyObject family = graph.OperatorFamily("x", "btree");
        OperatorClassObject hashClass = graph.OperatorClass("x", "hash");
        OperatorClassObject btreeClass = graph.OperatorClass("x", "btree");

        Assert.Equal<CatalogObject>([btreeClass, hashClass, family, hashFamily], graph.Sort().OfType<OperatorGroupObject>());
    }

    [Fact]
    public void An_object_is_moved_no_further_than_its_needs_demand()
    {
        var graph = new Graph();
        TableObject a = graph.Table("a");
        TableObject b = graph.Table("b");
        TableObject c = graph.Table("c");
        a.AddNeed(c);

        Assert.Equal([graph.Public, c, a, b], graph.Sort().Take(4));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_graph_is_sorted_the_same_whatever_the_order_of_registration(int seed)
    {
        const int count = 300;
        List<(int User, int Need)> edges = [];
        var random = new Random(seed);
        for (int i = 0; i < count * 2; i++)
        {
            int user = random.Next(1, count);
            edges.Add((user, random.Next(user)));
        }

        List<string> first = SortTables(Enumerable.Range(0, count), edges);
        int[] shuffled = [.. Enumerable.Range(0, count)];
        random.Shuffle(shuffled);

        Assert.Equal(first, SortTables(shuffled, edges));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Any_graph_with_loops_is_sorted_in_the_end(int seed)
    {
        var random = new Random(seed);
        var graph = new Graph();
        List<CatalogObject> items = [];
        for (int i = 0; i < 60; i++)
        {
            TableObject table = graph.Table($"t{i}", "rvm"[i % 3]);
            items.Add(table);
            items.Add(graph.RowType(table));
            items.Add(graph.Function($"f{i}"));
            items.Add(graph.Check(table, $"c{i}"));
            items.Add(graph.Rows(table));
        }

        for (int i = 0; i < 400; i++)
        {
            items[random.Next(items.Count)].AddNeed(items[random.Next(items.Count)]);
        }

        // Checks all needs and that nothing is lost.
        graph.Sort();
    }

    [Fact]
    public void A_chain_as_long_as_the_catalog_does_not_overflow_the_stack()
    {
        var graph = new Graph();
        TableObject first = graph.Table("t0");
        TableObject last = first;
        for (int i = 1; i < 100_000; i++)
        {
            TableObject next = graph.Table($"t{i}");
            next.AddNeed(last);
            last = next;
        }

        first.AddNeed(last);
        graph.Sort();

        Assert.Single(graph.Warnings);
    }

    [Fact]
    public void Twenty_thousand_tables_with_keys_defaults_and_rows_are_sorted_without_recursion()
    {
        var graph = new Graph();
        for (int i = 0; i < 20_000; i++)
        {
            TableObject table = graph.Table($"t{i}");
            graph.RowType(table);
            graph.Default(table, 1);
            graph.Rows(table);
            graph.Constraint($"t{i}_pkey", 'p', table).AddNeed(table);
        }

        IReadOnlyList<CatalogObject> order = DependencySort.Order(graph.Catalog, Boundaries.Add(graph.Catalog), graph.Warnings.Add);

        // How long it takes is the bench's business.
        Assert.Equal(graph.Catalog.Objects.Count, order.Count);
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("a", "aa")]
    [InlineData("Z", "a")]
    [InlineData("z", "ä")]
    [InlineData("\uFFFD", "\U0001F600")]
    [InlineData("\uD7FF", "\U0001F600")]
    [InlineData("\U0001F600", "\U0001F601")]
    [InlineData("\uE000", "\uFFFD")]
    public void Names_are_compared_as_bytes_of_utf8(string smaller, string greater)
    {
        Assert.True(Utf8Order.Compare(smaller, greater) < 0);
        Assert.True(Utf8Order.Compare(greater, smaller) > 0);
        Assert.Equal(0, Utf8Order.Compare(smaller, smaller));
        Assert.True(Encoding.UTF8.GetBytes(smaller).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(greater)) < 0);
    }

    [Fact]
    public void Functions_of_one_name_are_ordered_by_the_number_and_the_names_of_their_argument_types()
    {
        var graph = new Graph();
        uint late = graph.Type("zeta").Id.Row.Value;
        uint early = graph.Type("alpha").Id.Row.Value;
        FunctionObject two = graph.Function("f", early, early);
        FunctionObject ofLate = graph.Function("f", late);
        FunctionObject ofEarly = graph.Function("f", early);

        Assert.Equal([ofEarly, ofLate, two], graph.Sort().OfType<FunctionObject>());
    }

    [Fact]
    public void Constraints_of_one_name_are_ordered_by_their_table_those_of_domains_first()
    {
        var graph = new Graph();
        ConstraintObject onB = graph.Constraint("c", 'u', graph.Table("b"));
        ConstraintObject onA = graph.Constraint("c", 'u', graph.Table("a"));
        ConstraintObject onDomain = graph.Constraint("c", 'c', null, graph.Type("d", 'd'));
        onDomain.IsSeparate = true;

        Assert.Equal([onDomain, onA, onB], graph.Sort().OfType<ConstraintObject>());
    }

    private static List<string> SortTables(IEnumerable<int> registration, List<(int User, int Need)> edges)
    {
        var graph = new Graph();
        var tables = new Dictionary<int, TableObject>();
        foreach (int number in registration)
        {
            tables.Add(number, graph.Table($"t{number % 100}_{number}"));
        }

        foreach ((int user, int need) in edges)
        {
            tables[user].AddNeed(tables[need]);
        }

        return [.. graph.Sort().Select(static item => item.Name)];
    }
}
