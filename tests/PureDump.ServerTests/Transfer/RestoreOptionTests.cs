using PureDump.Engine;
using PureDump.Engine.Selection;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>Every option of a restore, once, against a real server.</summary>
public sealed class RestoreOptionTests(OptionArchive source) : IClassFixture<OptionArchive>, IDisposable
{
    private const string Relations = """
        SELECT string_agg(n.nspname || '.' || c.relname, ' ' ORDER BY n.nspname,
            c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname IN ('public', 'sales') AND c.relkind IN ('r', 'v', 'S')
        """;

    private const string All = "public.log sales.customer sales.customer_id_seq sales.names sales.purchase";

    private readonly string _target = source.Server.CreateDatabase();

    [Fact]
    public void Create_makes_the_database_with_its_properties_and_restores_into_it()
    {
        source.Server.DropDatabase(source.Database);
        Restore(request => request with { CreateDatabase = true });
        Assert.Equal(All, Value(Relations, source.Database));
        Assert.Equal(
            "the shop",
            Value($"SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '{source.Database}'"));
        Assert.Null(Value(Relations));
    }

    [Fact]
    public void Create_refuses_a_database_that_is_there()
    {
        PureDumpException error = Bounded.Fails(() => Restore(request => request with { CreateDatabase = true }));
        Assert.Contains(source.Database, error.Message, StringComparison.Ordinal);
        Assert.Equal("42P04", error.SqlState);
    }

    [Fact]
    public void Create_and_clean_replace_the_database_whether_it_is_there_or_not()
    {
        source.Server.Execute(source.Database, "CREATE TABLE not_in_the_archive (id integer)");
        for (int i = 0; i < 2; i++)
        {
            Restore(request => request with { CreateDatabase = true, Clean = true, IfExists = true });
            Assert.Equal(All, Value(Relations, source.Database));
            source.Server.DropDatabase(source.Database);
        }

        Restore(request => request with { CreateDatabase = true });
    }

    [Fact]
    public void Clean_replaces_the_objects_and_leaves_others()
    {
        Restore();
        source.Server.Execute(_target, "DELETE FROM sales.purchase; CREATE TABLE mine (id integer)");
        Restore(request => request with { Clean = true, IfExists = true });
        Assert.Equal("3", Value("SELECT count(*)::text FROM sales.purchase"));
        Assert.Equal(All.Replace("public.log", "public.log public.mine", StringComparison.Ordinal), Value(Relations));
    }

    [Fact]
    public void Clean_with_if_exists_does_not_mind_an_empty_target()
    {
        Restore(request => request with { Clean = true, IfExists = true });
        Assert.Equal(All, Value(Relations));
    }

    [Fact]
    public void Clean_without_if_exists_counts_what_is_not_there_and_goes_on()
    {
        var observer = new RecordingObserver();
        RestoreResult result = Run(request => request with { Clean = true }, observer);
        Assert.True(result.FailureCount > 3, string.Join('\n', observer.Failures));
        Assert.All(observer.Failures, text => Assert.Contains("does not exist", text, StringComparison.Ordinal));
        Assert.Equal(All, Value(Relations));
    }

    [Fact]
    public void No_owner_leaves_objects_to_the_role_that_restores()
    {
        Restore();
        const string owner = "SELECT relowner::regrole::text FROM pg_class WHERE oid = 'log'::regclass";
        Assert.Equal(source.Role, Value(owner));
        Restore(request => request with { Clean = true, Selection = new() { WithOwners = false } });
        Assert.Equal(source.Server.User, Value(owner));
    }

    [Fact]
    public void No_privileges_grants_nothing()
    {
        string may = $"SELECT has_table_privilege('{source.Role}', 'sales.customer', 'SELECT')::text";
        Restore(Selecting(new() { WithPrivileges = false }));
        Assert.Equal("false", Value(may));
        Restore(request => request with { Clean = true });
        Assert.Equal("true", Value(may));
    }

    [Fact]
    public void Schema_only_brings_everything_but_rows()
    {
        Restore(Selecting(new() { WithData = false }));
        Assert.Equal(All, Value(Relations));
        Assert.Equal("0 0", Value("SELECT (SELECT count(*) FROM log) || ' ' || (SELECT count(*) FROM sales.purchase)"));
        Assert.NotNull(Value("SELECT to_regclass('sales.purchase_by_customer')::text"));
        Assert.Equal("false", Value("SELECT is_called::text FROM sales.customer_id_seq"));
    }

    [Fact]
    public void Data_only_fills_what_is_there_in_the_order_of_its_keys()
    {
        Restore(Selecting(new() { WithData = false }));
        Restore(Selecting(new() { WithSchema = false }));
        Assert.Equal("3", Value("SELECT count(*)::text FROM sales.purchase JOIN sales.customer c ON c.id = customer_id"));
        Assert.Equal("2", Value("SELECT last_value::text FROM sales.customer_id_seq"));
    }

    [Fact]
    public void Sections_one_after_the_other_make_the_whole()
    {
        Restore(Selecting(new() { Sections = [Section.PreData] }));
        Assert.Equal("0", Value("SELECT count(*)::text FROM sales.purchase"));
        Assert.Null(Value("SELECT to_regclass('sales.purchase_by_customer')::text"));
        Restore(Selecting(new() { Sections = [Section.Data] }));
        Assert.Equal("3", Value("SELECT count(*)::text FROM sales.purchase"));
        Assert.Null(Value("SELECT to_regclass('sales.purchase_by_customer')::text"));
        Restore(Selecting(new() { Sections = [Section.PostData] }));
        Operations.AssertSame(source.Server, source.Database, source.Server, _target);
    }

    [Fact]
    public void Schemas_and_excluded_schemas()
    {
        // A schema is in no schema: it is not excluded with what is in it, and does not come with that either.
        Restore(Selecting(new() { ExcludedSchemas = ["sales"] }));
        Assert.Equal("public.log", Value(Relations));
        source.Server.Execute(_target, "DROP TABLE log");
        Restore(Selecting(new() { Schemas = ["sales"] }));
        Assert.Equal(All.Replace("public.log ", "", StringComparison.Ordinal), Value(Relations));
        Assert.Equal("3", Value("SELECT count(*)::text FROM sales.purchase"));
    }

    [Fact]
    public void Tables_come_with_what_belongs_to_them()
    {
        source.Server.Execute(_target, "CREATE SCHEMA sales");
        Restore(Selecting(new() { WholeTables = ["sales.customer"] }));
        Assert.Equal("sales.customer sales.customer_id_seq", Value(Relations));
        Assert.Equal("3", Value("INSERT INTO sales.customer (name) VALUES ('c') RETURNING id::text"));
        Assert.NotNull(Value("SELECT conname FROM pg_constraint WHERE conrelid = 'sales.customer'::regclass AND contype = 'p'"));
    }

    [Fact]
    public void Excluded_tables_take_what_hangs_on_them_along()
    {
        Restore(Selecting(new() { ExcludedTables = ["sales.purchase"] }));
        Assert.Equal(All.Replace(" sales.purchase", "", StringComparison.Ordinal), Value(Relations));
    }

    [Fact]
    public void Excluded_table_data_leaves_an_empty_table()
    {
        Restore(Selecting(new() { ExcludedTableData = ["sales.p*"] }));
        Assert.Equal("0 2", Value("SELECT (SELECT count(*) FROM sales.purchase) || ' ' || (SELECT count(*) FROM sales.customer)"));
    }

    [Fact]
    public void A_name_that_nothing_has_is_named_where_names_are_strict()
    {
        PureDumpException error = Bounded.Fails(
            ErrorKind.NotFound,
            () => Restore(Selecting(new() { Tables = ["customer", "missing"], StrictNames = true })));
        Assert.Equal("table \"missing\" not found", error.Message);
        Assert.Null(Value(Relations));
        Assert.Empty(Operations.Restore(source.Server, _target, source.Path, Selecting(new() { Tables = ["missing"] })).Toc.Entries);
    }

    [Fact]
    public void A_pattern_that_matches_nothing_is_named()
    {
        PureDumpException error = Bounded.Fails(ErrorKind.NotFound, () => Restore(Selecting(new() { WholeTables = ["sales.missing"] })));
        Assert.Contains("sales.missing", error.Message, StringComparison.Ordinal);
        Assert.Null(Value(Relations));
    }

    [Fact]
    public void A_single_transaction_restores_everything()
    {
        Restore(request => request with { SingleTransaction = true });
        Operations.AssertSame(source.Server, source.Database, source.Server, _target);
    }

    [Fact]
    public void A_single_transaction_that_fails_at_the_end_leaves_nothing()
    {
        // A function of the name that the last index takes: everything before it goes well.
        source.Server.Execute(_target, "CREATE SCHEMA sales; CREATE SEQUENCE sales.purchase_by_customer");
        Bounded.Fails(() => Restore(request => request with { SingleTransaction = true, Selection = new() { WholeTables = ["sales.*"] } }));
        Assert.Equal("sales.purchase_by_customer", Value(Relations));
    }

    [Fact]
    public void Exit_on_error_stops_at_the_first_statement_that_fails()
    {
        source.Server.Execute(_target, "CREATE SCHEMA sales");
        PureDumpException error = Bounded.Fails(() => Restore(request => request with { ExitOnError = true }));
        Assert.StartsWith("SCHEMA sales", error.Message, StringComparison.Ordinal);
        Assert.Null(Value(Relations));
        var observer = new RecordingObserver();
        Assert.Equal(1, Run(request => request, observer).FailureCount);
        Assert.Equal(All, Value(Relations));
    }

    public void Dispose() => source.Server.DropDatabase(_target);

    private static Func<RestoreRequest, RestoreRequest> Selecting(RestoreSelection selection) =>
        request => request with { Selection = selection };

    private void Restore(Func<RestoreRequest, RestoreRequest>? adjust = null) =>
        Operations.Restore(source.Server, _target, source.Path, adjust);

    private RestoreResult Run(Func<RestoreRequest, RestoreRequest> adjust, RecordingObserver observer) =>
        RestoreOperation.FromFile(
            adjust(new RestoreRequest { Target = Operations.TargetOf(source.Server, _target), Jobs = 2 }),
            source.Path,
            observer,
            TestContext.Current.CancellationToken);

    private string? Value(string sql, string? database = null) => source.Server.Scalar(database ?? _target, sql);
}
