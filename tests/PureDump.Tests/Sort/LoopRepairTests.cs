using PureDump.Formats.Entries;
using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;
using Xunit;

namespace PureDump.Tests.Sort;

/// <summary>Every shape of loop that real schemas have, and what becomes of it.</summary>
public sealed class LoopRepairTests
{
    private readonly Graph _graph = new();

    [Fact]
    public void A_base_type_and_its_input_function_are_parted_by_the_shell_type()
    {
        TypeObject type = _graph.Type("complex");
        type.Shell = _graph.Catalog.Register(new ShellTypeObject { Name = "complex", Schema = _graph.Public, Base = type });
        FunctionObject input = _graph.Function("complex_in");
        type.AddNeed(type.Shell);
        type.AddNeed(input);
        input.AddNeed(type);

        List<CatalogObject> order = _graph.Sort();

        Assert.Equal([type.Shell, input, type], order.Where(item => item is TypeObject or ShellTypeObject or FunctionObject));
        Assert.True(type.Shell.Emits(Components.Definition));
        Assert.Empty(_graph.Warnings);
    }

    [Fact]
    public void Statistics_of_a_materialized_view_go_behind_the_refresh_that_resets_them()
    {
        (TableObject view, _) = _graph.View("m", 'm');
        RefreshObject refresh = _graph.Catalog.Register(
            new RefreshObject
            {
                Name = "m",
                Schema = _graph.Public,
                View = view,
                IsPopulated = true,
            }
        );
        refresh.AddNeed(view);
        StatisticsDataObject statistics = _graph.Statistics(view, Section.Data);
        statistics.AddNeed(refresh);
        StatisticsDataObject ofTable = _graph.Statistics(_graph.Table("t"), Section.Data);

        List<CatalogObject> order = _graph.Sort();

        Assert.Equal(Section.PostData, statistics.Section);
        Assert.Equal(Section.Data, ofTable.Section);
        Assert.True(order.IndexOf(refresh) < order.IndexOf(statistics));
        Assert.True(order.IndexOf(ofTable) < Boundary(order, ObjectKind.PostDataBoundary));
        Assert.Empty(_graph.Warnings);
    }

    [Fact]
    public void A_view_and_its_query_are_one()
    {
        (TableObject view, RuleObject query) = _graph.View("v");

        _graph.Sort();

        Assert.False(view.IsDummyView);
        Assert.False(query.IsSeparate);
        Assert.DoesNotContain(view, query.Needs.ToArray());
    }

    [Fact]
    public void A_view_that_groups_by_a_primary_key_is_made_as_a_dummy_and_gets_its_query_after_the_data()
    {
        TableObject table = _graph.Table("t");
        (TableObject view, RuleObject query) = _graph.View("v");
        ConstraintObject key = _graph.Constraint("t_pkey", 'p', table);
        key.AddNeed(table);
        query.AddNeed(table);
        query.AddNeed(key);

        List<CatalogObject> order = _graph.Sort();

        Assert.True(view.IsDummyView);
        Assert.True(query.IsSeparate);
        Assert.True(order.IndexOf(view) < Boundary(order, ObjectKind.PreDataBoundary));
        Assert.True(order.IndexOf(query) > order.IndexOf(key));
        Assert.Empty(_graph.Warnings);
    }

    [Fact]
    public void Views_that_need_each_other_become_one_dummy()
    {
        (TableObject a, RuleObject queryA) = _graph.View("a");
        (TableObject b, RuleObject queryB) = _graph.View("b");
        queryA.AddNeed(b);
        queryB.AddNeed(a);

        _graph.Sort();

        Assert.Equal(1, (a.IsDummyView ? 1 : 0) + (b.IsDummyView ? 1 : 0));
        Assert.Empty(_graph.Warnings);
    }

    [Fact]
    public void A_materialized_view_that_groups_by_a_primary_key_is_made_after_the_data_and_so_is_one_on_top_of_it()
    {
        TableObject table = _graph.Table("t");
        (TableObject lower, RuleObject lowerQuery) = _graph.View("m1", 'm');
        (TableObject upper, RuleObject upperQuery) = _graph.View("m2", 'm');
        _graph.RowType(lower);
        _graph.RowType(upper);
        ConstraintObject key = _graph.Constraint("t_pkey", 'p', table);
        key.AddNeed(table);
        lowerQuery.AddNeed(key);
        upperQuery.AddNeed(lower);

        List<CatalogObject> order = _graph.Sort();

        Assert.True(lower.IsPostponed);
        Assert.True(upper.IsPostponed);
        Assert.True(order.IndexOf(lower) > Boundary(order, ObjectKind.PostDataBoundary));
        Assert.True(order.IndexOf(upper) > order.IndexOf(lower));
        Assert.False(lower.IsDummyView);
        Assert.Empty(_graph.Warnings);
    }

    [Fact]
    public void A_function_whose_body_needs_a_primary_key_is_made_after_the_data()
    {
        TableObject table = _graph.Table("t");
        FunctionObject function = _graph.Function("f");
        ConstraintObject key = _graph.Constraint("t_pkey", 'p', table);
        key.AddNeed(table);
        function.AddNeed(key);

        List<CatalogObject> order = _graph.Sort();

        Assert.True(function.IsPostponed);
        Assert.True(order.IndexOf(function) > order.IndexOf(key));
        Assert.Empty(_graph.Warnings);
    }

    [Fact]
    public void A_check_stands_inside_its_table()
    {
        TableObject table = _graph.Table("t");
        ConstraintObject check = _graph.Check(table, "c");

        List<CatalogObject> order = _graph.Sort();

        Assert.False(check.IsSeparate);
        Assert.True(order.IndexOf(check) < order.IndexOf(table));
    }

    [Fact]
    public void A_check_that_calls_a_function_of_the_row_type_is_added_after_the_data()
    {
        TableObject table = _graph.Table("t");
        ConstraintObject check = _graph.Check(table, "c");
        FunctionObject function = _graph.Function("f");
        function.AddNeed(_graph.RowType(table));
        check.AddNeed(function);

        List<CatalogObject> order = _graph.Sort();

        Assert.True(check.IsSeparate);
        Assert.DoesNotContain(check, table.Needs.ToArray());
        Assert.True(order.IndexOf(check) > Boundary(order, ObjectKind.PostDataBoundary));
        Assert.False(function.IsPostponed);
        Assert.Empty(_graph.Warnings);
    }

    [Fact]
    public void A_default_stands_inside_its_table()
    {
        TableObject table = _graph.Table("t");
        DefaultObject value = _graph.Default(table, 1);

        _graph.Sort();

        Assert.False(value.IsSeparate);
    }

    [Fact]
    public void A_default_that_needs_what_needs_the_table_is_set_apart_but_before_the_data()
    {
        TableObject table = _graph.Table("t");
        DefaultObject value = _graph.Default(table, 1);
        TableObject sequence = _graph.Table("t_id_seq", 'S');
        sequence.AddNeed(table);
        value.AddNeed(sequence);

        List<CatalogObject> order = _graph.Sort();

        Assert.True(value.IsSeparate);
        Assert.True(order.IndexOf(value) > order.IndexOf(table));
        Assert.True(order.IndexOf(value) < Boundary(order, ObjectKind.PreDataBoundary));
        Assert.Empty(_graph.Warnings);
    }

    [Fact]
    public void The_index_of_a_partitioned_table_comes_before_those_of_its_partitions()
    {
        TableObject table = _graph.Table("t", 'p');
        IndexObject parent = Index(_graph, table, "t_i", Oid.None);
        IndexObject partition = Index(_graph, _graph.Table("t1"), "t1_i", parent.Id.Row);
        parent.AddNeed(partition);
        partition.AddNeed(parent);

        List<CatalogObject> order = _graph.Sort();

        Assert.True(order.IndexOf(parent) < order.IndexOf(partition));
        Assert.Empty(_graph.Warnings);
    }

    [Theory]
    [InlineData('c')]
    [InlineData('n')]
    public void A_domains_constraint_stands_inside_it(char type)
    {
        TypeObject domain = _graph.Type("d", 'd');
        ConstraintObject constraint = _graph.Constraint("c", type, null, domain);
        domain.AddNeed(constraint);
        constraint.AddNeed(domain);

        _graph.Sort();

        Assert.False(constraint.IsSeparate);
    }

    [Fact]
    public void A_domains_check_that_calls_a_function_of_the_domain_is_added_after_the_data()
    {
        TypeObject domain = _graph.Type("d", 'd');
        ConstraintObject check = _graph.Check(domain, "c");
        FunctionObject function = _graph.Function("f");
        function.AddNeed(domain);
        check.AddNeed(function);

        List<CatalogObject> order = _graph.Sort();

        Assert.True(check.IsSeparate);
        Assert.True(order.IndexOf(check) > Boundary(order, ObjectKind.PostDataBoundary));
        Assert.Empty(_graph.Warnings);
    }

    [Fact]
    public void A_table_that_needs_itself_is_no_loop()
    {
        TableObject table = _graph.Table("t");
        table.AddNeed(table);

        _graph.Sort();

        Assert.Empty(_graph.Warnings);
    }

    [Fact]
    public void Rows_that_need_each_other_are_broken_apart_with_a_warning_that_names_the_tables()
    {
        TableDataObject a = _graph.Rows(_graph.Table("hen"));
        TableDataObject b = _graph.Rows(_graph.Table("egg"));
        a.AddNeed(b);
        b.AddNeed(a);

        _graph.Sort();

        string warning = Assert.Single(_graph.Warnings);
        Assert.StartsWith("there are circular foreign-key constraints among these tables: hen, egg", warning);
    }

    [Fact]
    public void Rows_that_need_themselves_are_broken_apart_with_a_warning()
    {
        TableDataObject rows = _graph.Rows(_graph.Table("employee"));
        rows.AddNeed(rows);

        _graph.Sort();

        Assert.StartsWith("there are circular foreign-key constraints on this table: employee", Assert.Single(_graph.Warnings));
    }

    [Fact]
    public void A_loop_without_a_rule_is_broken_with_a_warning_that_names_its_objects()
    {
        FunctionObject a = _graph.Function("a");
        FunctionObject b = _graph.Function("b");
        a.AddNeed(b);
        b.AddNeed(a);

        _graph.Sort();

        string warning = Assert.Single(_graph.Warnings);
        Assert.Contains("public.a", warning);
        Assert.Contains("public.b", warning);
    }

    private static int Boundary(List<CatalogObject> order, ObjectKind kind) => order.FindIndex(item => item.Kind == kind);

    private static IndexObject Index(Graph graph, TableObject table, string name, Oid parent) =>
        graph.Catalog.Register(new IndexObject
        {
            Id = graph.NextId(1259),
            Name = name,
            Schema = graph.Public,
            Table = table,
            RelKind = 'i',
            AccessMethod = new Oid(403),
            IsUnique = false,
            HasExpressions = false,
            OperatorClasses = [1978],
            Collations = [0],
            ColumnOptions = [0],
            ColumnNumbers = [1],
            KeyColumnCount = 1,
            ParentIndex = parent,
        });
}
