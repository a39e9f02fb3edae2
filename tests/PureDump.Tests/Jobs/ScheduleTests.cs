using PureDump.Engine.Jobs;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;

namespace PureDump.Tests.Jobs;

/// <summary>What may run when; a Toc of two partitions, of which the second holds no rows of its own in some cases.</summary>
public sealed class ScheduleTests
{
    private static readonly DumpId Root = new(1), First = new(2), Second = new(3), Needed = new(8);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_stands_on_a_partition_waits_for_all_rows_that_are_loaded_through_its_root(bool hasRoot)
    {
        Schedule schedule = Of([
            .. Tables(hasRoot),
            Rows(10, First, "first", "root"),
            Rows(11, Second, "second", "root"),
            Index(20, First),
            Index(21, Second),
        ]);

        Assert.Equal([10, 11], TakeAll(schedule).Select(Id));
        schedule.Finish(schedule.Find(new DumpId(10))!);
        Assert.Empty(TakeAll(schedule));
        schedule.Finish(schedule.Find(new DumpId(11))!);
        Assert.Equal([20, 21], TakeAll(schedule).Select(Id));
    }

    [Fact]
    public void What_stands_on_a_partition_without_rows_waits_for_those_that_can_come_into_it()
    {
        Schedule schedule = Of([.. Tables(hasRoot: true), Rows(10, First, "first", "root"), Index(21, Second)]);

        Assert.Equal([10], TakeAll(schedule).Select(Id));
        schedule.Finish(schedule.Find(new DumpId(10))!);
        Assert.Equal([21], TakeAll(schedule).Select(Id));
    }

    [Fact]
    public void What_stands_on_a_partition_does_not_wait_for_rows_that_stay_in_another()
    {
        Schedule schedule = Of([
            .. Tables(hasRoot: true),
            Rows(10, First, "first", null),
            Rows(11, Second, "second", null),
            Index(20, First),
            Index(21, Second),
        ]);

        Assert.Equal([10, 11], TakeAll(schedule).Select(Id));
        schedule.Finish(schedule.Find(new DumpId(10))!);
        Assert.Equal([20], TakeAll(schedule).Select(Id));
    }

    [Fact]
    public void What_stands_on_a_table_waits_for_rows_that_are_statements()
    {
        TocEntry rows = Rows(10, First, "first", null) with { Rows = null };
        Schedule schedule = Of([.. Tables(hasRoot: false), rows, Key(20, First), Index(21, Second)]);

        Assert.Equal([10, 21], TakeAll(schedule).Select(Id).Order());
        schedule.Finish(schedule.Find(new DumpId(10))!);
        Assert.Equal([20], TakeAll(schedule).Select(Id));
    }

    [Fact]
    public void Indexes_of_a_table_that_alter_it_too_never_run_together()
    {
        TocEntry Altering(int id, string what) =>
            Index(id, First) with
            {
                CreateSql = $"CREATE INDEX index_{id} ON s.first (a);\n\nALTER TABLE {what} index_{id};\n",
            };
        Schedule schedule = Of([
            .. Tables(hasRoot: false),
            Altering(20, "s.first CLUSTER ON"),
            Altering(21, "ONLY s.first REPLICA IDENTITY USING INDEX"),
            Index(22, First),
        ]);

        List<int> together = [.. TakeAll(schedule).Select(Id)];
        Assert.Equal(2, together.Count);
        Assert.Contains(22, together);
        schedule.Finish(schedule.Find(new DumpId(together[0]))!);
        Assert.Single(TakeAll(schedule));
    }

    [Fact]
    public void The_table_with_most_work_left_goes_first()
    {
        // The second table is the larger one, but the first has three statements that wait for one another.
        TocEntry[] entries =
        [
            .. Tables(hasRoot: false), Rows(10, First, "first", null), Rows(11, Second, "second", null),
            Index(20, Second), Index(21, First), Key(22, First), Key(23, First),
        ];
        var sizes = new Dictionary<int, long> { [10] = 600 << 20, [11] = 1000 << 20 };
        Schedule schedule = Of(entries, partsMax: 1, statementsMax: 1, weightOf: entry => sizes[entry.Id.Value]);

        Assert.Equal([10, 11, 22, 23, 20, 21], Enumerable.Range(0, 6).Select(_ => Take(schedule)!.Value));
        Assert.True(schedule.IsDone);
    }

    [Theory]
    [InlineData(2, 600, 1)]
    [InlineData(2, 800, 4)]
    [InlineData(3, 600, 4)]
    public void A_table_is_loaded_by_one_worker_where_the_others_have_as_much_to_do(int loaderCount, long size, int partCount)
    {
        // The other table brings 500, and its index a third of that.
        TocEntry[] entries =
        [
            .. Tables(hasRoot: false),
            Rows(10, First, "first", null),
            Rows(11, Second, "second", null),
            Btree(20, Second),
        ];
        var origin = new DumpOrigin
        {
            Database = "d",
            ServerVersion = "18.0",
            ServerVersionNumber = 180000,
            Encoding = "UTF8",
            Producer = "test",
        };
        IReadOnlyList<RowPart> PartsOf(TocEntry entry) =>
            entry.Id.Value == 11
                ? [new RowPart(entry, 0, 1, 0, long.MaxValue, 500 << 20)]
                :
                [
                    .. Enumerable
                        .Range(0, 4)
                        .Select(i => new RowPart(entry, i, 4, i * 10, i == 3 ? long.MaxValue : (i + 1) * 10, (size << 20) / 4)),
                ];

        var schedule = new Schedule(
            new Toc(origin, entries),
            [.. entries.Where(static entry => entry.Section != Section.PreData)],
            PartsOf,
            loaderCount);

        var parts = new List<RowPart>();
        var running = new Queue<Job>();
        while (!schedule.IsDone)
        {
            while (running.Count < loaderCount && schedule.Take(out RowPart? part) is { } job)
            {
                parts.AddRange(part is null ? [] : [part]);
                running.Enqueue(job);
            }

            schedule.Finish(running.Dequeue());
        }

        RowPart[] first = [.. parts.Where(static part => part.Entry.Id.Value == 10).OrderBy(static part => part.Number)];
        Assert.Equal(partCount, first.Length);
        Assert.All(first, part => Assert.Equal(partCount, part.Count));
        Assert.Equal(0, first[0].First);
        Assert.Equal(long.MaxValue, first[^1].End);
    }

    [Fact]
    public void Nobody_waits_while_the_table_with_most_work_loads()
    {
        TocEntry[] entries =
        [
            .. Tables(hasRoot: false),
            Rows(10, First, "first", null),
            Rows(11, Second, "second", null),
            Btree(20, Second),
            Btree(21, Second),
            Key(22, First),
        ];
        Schedule schedule = Of(entries, weightOf: entry => (entry.Id.Value == 10 ? 1000L : 400) << 20, loaderCount: 2);

        Assert.Equal([10, 11], TakeAll(schedule).Select(Id));
        schedule.Finish(schedule.Find(new DumpId(11))!);
        Assert.Equal([20, 21], TakeAll(schedule).Select(Id));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(2000)]
    [InlineData(4000)]
    public void What_waits_for_one_table_is_looked_at_a_few_times_however_many_they_are(int keyCount)
    {
        TocEntry[] entries =
        [
            .. Tables(hasRoot: false),
            .. Enumerable.Range(20, keyCount).Select(static id => Key(id, First)),
            Index(20 + keyCount, Second),
        ];
        Schedule schedule = Of(entries, loaderCount: 4);

        int taken = 0;
        var running = new Queue<Job>();
        while (!schedule.IsDone)
        {
            while (schedule.Take(out _) is { } job)
            {
                running.Enqueue(job);
                taken++;
            }

            schedule.Finish(running.Dequeue());
        }

        Assert.Equal(keyCount + 1, taken);
        Assert.InRange(schedule.LookCount, taken, 3 * taken);
    }

    [Fact]
    public void Of_one_table_keys_go_first_then_indexes_then_what_points_to_others()
    {
        TocEntry foreignKey = Key(20, First) with { Kind = EntryKind.ForeignKey };
        Schedule schedule = Of([.. Tables(hasRoot: false), Rows(10, First, "first", null), foreignKey, Index(21, First), Key(22, First)]);

        Assert.Equal([10, 22, 21, 20], Enumerable.Range(0, 4).Select(_ => Take(schedule)!.Value));
        Assert.True(schedule.IsDone);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("root")]
    public void Statistics_of_a_table_wait_for_its_rows_whose_load_would_erase_them(string? into)
    {
        TocEntry statistics = Index(9, First) with { Kind = EntryKind.StatisticsData, Section = Section.Data };
        Schedule schedule = Of([.. Tables(hasRoot: into is not null), statistics, Rows(10, First, "first", into)]);

        Assert.Equal([10], TakeAll(schedule).Select(Id));
        schedule.Finish(schedule.Find(new DumpId(10))!);
        Assert.Equal([9], TakeAll(schedule).Select(Id));
    }

    [Fact]
    public void No_more_rows_and_statements_are_out_than_may_be()
    {
        TocEntry[] entries =
        [
            .. Tables(hasRoot: false),
            Rows(10, First, "first", null),
            Rows(11, Second, "second", null),
            Index(20, First),
            Index(21, First),
            Index(22, First),
        ];
        Schedule schedule = Of(entries, partsMax: 1, statementsMax: 2);

        Assert.Equal([10], TakeAll(schedule).Select(Id));
        schedule.Finish(schedule.Find(new DumpId(10))!);
        List<int> next = [.. TakeAll(schedule).Select(Id)];
        Assert.Equal([11, 20, 21], next);
        Assert.Empty(TakeAll(schedule));
        schedule.Finish(schedule.Find(new DumpId(20))!);
        Assert.Equal([22], TakeAll(schedule).Select(Id));
        Assert.False(schedule.IsStuck);
    }

    // By what it says or by what it needs.
    [Theory]
    [InlineData(EntryKind.Index, "CREATE INDEX i ON s.first USING btree (s.f(a));\n", null)]
    [InlineData(EntryKind.Index, "CREATE INDEX i ON s.first USING btree (a) WHERE (OPERATOR(s.!) a);\n", null)]
    [InlineData(EntryKind.Index, "CREATE INDEX i ON s.first USING btree (a);\n", EntryKind.OperatorClass)]
    [InlineData(EntryKind.Index, "CREATE INDEX i ON s.first USING btree (((a)::text));\n", EntryKind.Function)]
    [InlineData(EntryKind.Constraint, "ALTER TABLE ONLY s.first\n    ADD CONSTRAINT c EXCLUDE USING btree (s.f(a) WITH =);\n", null)]
    [InlineData(EntryKind.CheckConstraint, "ALTER TABLE s.first\n    ADD CONSTRAINT c CHECK (s.f(a));\n", EntryKind.Function)]
    public void What_calls_a_function_of_a_user_waits_for_the_rows_of_all_tables(string kind, string sql, string? need)
    {
        TocEntry calling = Index(20, First) with { Kind = kind, CreateSql = sql, Dependencies = need is null ? [First] : [First, Needed] };
        Schedule schedule = Of([
            .. Tables(hasRoot: false),
            Pre(Needed, need ?? EntryKind.Schema),
            Rows(10, First, "first", null),
            Rows(11, Second, "second", null),
            calling,
            Btree(21, First),
        ]);

        Assert.Equal([10, 11], TakeAll(schedule).Select(Id));
        schedule.Finish(schedule.Find(new DumpId(10))!);
        Assert.Equal([21], TakeAll(schedule).Select(Id));
        schedule.Finish(schedule.Find(new DumpId(21))!);
        Assert.Empty(TakeAll(schedule));
        schedule.Finish(schedule.Find(new DumpId(11))!);
        Assert.Equal([20], TakeAll(schedule).Select(Id));
    }

    [Fact]
    public void What_calls_a_function_of_an_extension_waits_only_where_rows_of_extensions_come_too()
    {
        TocEntry calling = Index(20, First) with
        {
            CreateSql = "CREATE INDEX i ON s.first USING gist (e.f(a));\n",
            Dependencies = [First, Needed],
        };
        TocEntry[] entries =
        [
            .. Tables(hasRoot: false),
            Pre(Needed, EntryKind.Extension),
            Rows(10, First, "first", null),
            Rows(11, Second, "second", null),
            calling,
        ];
        Schedule without = Of(entries);
        Schedule with = Of([
            .. entries,
            Rows(12, Second, "configuration", null) with
            {
                Rows = RowsOf("configuration", null, null),
                Dependencies = [],
            },
        ]);

        foreach (Schedule schedule in (Schedule[])[without, with])
        {
            TakeAll(schedule);
            schedule.Finish(schedule.Find(new DumpId(10))!);
        }

        Assert.Equal([20], TakeAll(without).Select(Id));
        Assert.Empty(TakeAll(with));
    }

    [Theory]
    [InlineData("CREATE TABLE s.first (\n    a integer,\n    CONSTRAINT c CHECK (s.f(a))\n);\n", null)]
    [InlineData("CREATE TABLE s.first (\n    a integer,\n    b integer GENERATED ALWAYS AS (s.f(a)) STORED\n);\n", null)]
    [InlineData("CREATE TABLE s.first (\n    a integer,\n    b integer GENERATED ALWAYS AS ((a)::text) STORED\n);\n", EntryKind.Function)]
    [InlineData("CREATE TABLE s.first (\n    a s.d\n);\n", EntryKind.Domain)]
    public void Rows_for_which_a_function_of_a_user_is_called_come_behind_all_others(string sql, string? need)
    {
        TocEntry table = Table(First, "first") with { CreateSql = sql, Dependencies = need is null ? [] : [Needed] };
        TocEntry needed = Pre(Needed, need ?? EntryKind.Schema) with
        {
            CreateSql = "CREATE DOMAIN s.d AS integer\n\tCONSTRAINT c CHECK (s.f(VALUE));\n",
        };
        TocEntry value = Index(12, Second) with { Kind = EntryKind.SequenceSet, Section = Section.Data };
        Schedule schedule = Of([
            needed,
            table,
            Table(Second, "second"),
            Rows(10, First, "first", null),
            Rows(11, Second, "second", null),
            value,
            Btree(20, Second),
        ]);

        Assert.Equal([11, 12], TakeAll(schedule).Select(Id));
        schedule.Finish(schedule.Find(new DumpId(11))!);
        Assert.Equal([20], TakeAll(schedule).Select(Id));
        schedule.Finish(schedule.Find(new DumpId(12))!);
        Assert.Equal([10], TakeAll(schedule).Select(Id));
    }

    [Fact]
    public void Rows_of_partitions_by_a_function_of_a_user_come_behind_all_others()
    {
        TocEntry root = Table(Root, "root") with { CreateSql = "CREATE TABLE s.root (\n    a integer\n)\nPARTITION BY LIST (s.f(a));\n" };
        Schedule schedule = Of([
            root,
            Table(First, "first"),
            Table(Second, "second"),
            Attach(4, "first", First),
            Rows(10, First, "first", null),
            Rows(11, Second, "second", null),
        ]);

        Assert.Equal([11], TakeAll(schedule).Select(Id));
        schedule.Finish(schedule.Find(new DumpId(11))!);
        Assert.Equal([10], TakeAll(schedule).Select(Id));
    }

    [Fact]
    public void Rows_do_not_wait_for_rows_that_wait_for_them()
    {
        TocEntry table = Table(First, "first") with
        {
            CreateSql = "CREATE TABLE s.first (\n    a integer,\n    CONSTRAINT c CHECK (s.f(a))\n);\n",
        };
        TocEntry second = Rows(11, Second, "second", null) with { Dependencies = [Second, new DumpId(10)] };
        Schedule schedule = Of([table, Table(Second, "second"), Rows(10, First, "first", null), second]);

        Assert.Equal([10], TakeAll(schedule).Select(Id));
        schedule.Finish(schedule.Find(new DumpId(10))!);
        Assert.Equal([11], TakeAll(schedule).Select(Id));
    }

    [Fact]
    public void Rows_that_name_an_index_wait_for_it()
    {
        TocEntry naming = Rows(10, First, "first", null) with { Dependencies = [First, new DumpId(21)] };
        Schedule schedule = Of([.. Tables(hasRoot: false), naming, Rows(11, Second, "second", null), Index(20, First), Index(21, Second)]);

        Assert.Equal([11], TakeAll(schedule).Select(Id));
        schedule.Finish(schedule.Find(new DumpId(11))!);
        Assert.Equal([21], TakeAll(schedule).Select(Id));
        schedule.Finish(schedule.Find(new DumpId(21))!);
        Assert.Equal([10], TakeAll(schedule).Select(Id));
    }

    // One of the table itself, one of a table whose rows name one of the first, one that waits for all rows.
    [Theory]
    [InlineData(1, null)]
    [InlineData(2, 20)]
    [InlineData(3, null)]
    public void Rows_do_not_wait_for_an_index_that_waits_for_them(int table, int? named)
    {
        TocEntry naming = Rows(10, First, "first", null) with { Dependencies = [First, new DumpId(21)] };
        TocEntry second = Rows(11, Second, "second", null) with { Dependencies = named is { } id ? [Second, new DumpId(id)] : [Second] };
        TocEntry index = table == 3
            ? Index(21, Second) with { CreateSql = "CREATE INDEX i ON s.second USING btree (s.f(a));\n" }
            : Index(21, table == 1 ? First : Second);
        Schedule schedule = Of([.. Tables(hasRoot: false), naming, second, Index(20, First), index]);

        while (TakeAll(schedule) is { Count: > 0 } taken)
        {
            taken.ForEach(entry => schedule.Finish(schedule.Find(entry.Id)!));
        }

        Assert.True(schedule.IsDone);
    }

    [Fact]
    public void A_foreign_key_waits_for_the_rows_of_tables_that_are_not_made()
    {
        TocEntry key = Key(20, First) with
        {
            Kind = EntryKind.ForeignKey,
            CreateSql = "ALTER TABLE ONLY s.first\n    ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES e.conf(a);\n",
        };
        TocEntry rows = Rows(11, Second, "conf", null) with { Rows = RowsOf("conf", null, null), Dependencies = [] };
        Schedule schedule = Of([Table(First, "first"), Rows(10, First, "first", null), rows, key]);

        Assert.Equal([10, 11], TakeAll(schedule).Select(Id));
        schedule.Finish(schedule.Find(new DumpId(10))!);
        Assert.Empty(TakeAll(schedule));
        schedule.Finish(schedule.Find(new DumpId(11))!);
        Assert.Equal([20], TakeAll(schedule).Select(Id));
    }

    [Theory]
    [InlineData(true, null, new[] { 11 })]
    [InlineData(true, 4, new[] { 11 })]
    [InlineData(false, 1, new[] { 11 })]
    [InlineData(false, 4, new[] { 11, 12 })]
    public void Rows_of_tables_that_are_not_made_come_in_the_order_of_the_Toc(bool hasExtension, int? loaderCount, int[] first)
    {
        TocEntry[] rows =
        [
            .. new[] { 11, 12 }.Select(id =>
                Rows(id, Second, $"conf_{id}", null) with
                {
                    Rows = RowsOf($"conf_{id}", null, null),
                    Dependencies = [],
                }
            ),
        ];
        Schedule schedule = Of(
            [.. hasExtension ? [Pre(Needed, EntryKind.Extension)] : (TocEntry[])[], .. rows],
            weightOf: static entry => entry.Id.Value,
            loaderCount: loaderCount);

        Assert.Equal(first, TakeAll(schedule).Select(Id));
    }

    [Fact]
    public void Rows_of_tables_that_are_not_made_come_as_they_say_themselves_where_they_do()
    {
        TocEntry child = Rows(11, Second, "child", null) with { Rows = RowsOf("child", null, null), Dependencies = [new DumpId(12)] };
        TocEntry parent = Rows(12, Second, "parent", null) with { Rows = RowsOf("parent", null, null), Dependencies = [] };
        Schedule schedule = Of([Pre(Needed, EntryKind.Extension), child, parent], loaderCount: 1);

        Assert.Equal([12], TakeAll(schedule).Select(Id));
        schedule.Finish(schedule.Find(new DumpId(12))!);
        Assert.Equal([11], TakeAll(schedule).Select(Id));
    }

    // ALTER TABLE without ONLY goes down to children, and waits for who loads them.
    [Theory]
    [InlineData(EntryKind.CheckConstraint, "CHECK ((a > 1)) NOT VALID", new[] { 11 })]
    [InlineData(EntryKind.Constraint, "NOT NULL a NOT VALID", new[] { 11 })]
    [InlineData(EntryKind.Constraint, "PRIMARY KEY (a)", new[] { 11, 20 })]
    public void What_goes_down_to_children_waits_for_their_rows(string kind, string constraint, int[] first)
    {
        TocEntry child = Table(Second, "second") with { Dependencies = [First] };
        TocEntry check = Index(20, First) with { Kind = kind, CreateSql = $"ALTER TABLE s.first\n    ADD CONSTRAINT c {constraint};\n" };
        Schedule schedule = Of([Table(First, "first"), child, Rows(11, Second, "second", null), check]);

        Assert.Equal(first, TakeAll(schedule).Select(Id));
        schedule.Finish(schedule.Find(new DumpId(11))!);
        Assert.Equal(first.Length == 1 ? [20] : [], TakeAll(schedule).Select(Id));
    }

    // A table of which nothing more is loaded, for it failed, is no reason to keep others waiting.
    [Fact]
    public void What_was_given_up_is_not_left_to_do()
    {
        TocEntry[] entries =
        [
            .. Tables(hasRoot: false),
            Rows(10, First, "first", null),
            .. Enumerable.Range(20, 6).Select(static id => Btree(id, Second)),
            Rows(11, Second, "second", null),
        ];
        var origin = new DumpOrigin
        {
            Database = "d",
            ServerVersion = "18.0",
            ServerVersionNumber = 180000,
            Encoding = "UTF8",
            Producer = "test",
        };
        var schedule = new Schedule(
            new Toc(origin, entries),
            [.. entries.Where(static entry => entry.Section != Section.PreData)],
            static entry =>
                [.. Enumerable.Range(0, 10).Select(i => new RowPart(entry, i, 10, i, i + 1, (entry.Id.Value == 10 ? 10_000L : 10) << 20))],
            loaderCount: 8);

        Job failing = schedule.Take(out _)!;
        Assert.Equal(10, failing.Entry.Id.Value);
        Schedule.GiveUpParts(failing);
        Assert.True(schedule.Finish(failing));
        Job rows = schedule.Find(new DumpId(11))!;
        while (!rows.IsEnded)
        {
            schedule.Finish(schedule.Take(out _)!);
        }

        Assert.Equal(6, TakeAll(schedule).Count);
    }

    // ALTER DOMAIN locks the tables with a column of it.
    [Fact]
    public void A_check_of_a_domain_does_not_run_beside_what_locks_its_tables()
    {
        TocEntry table = Table(First, "first") with { Dependencies = [Needed] };
        TocEntry check = Index(20, Needed) with
        {
            Kind = EntryKind.CheckConstraint,
            CreateSql = "ALTER DOMAIN s.d\n    ADD CONSTRAINT c CHECK ((VALUE > 0));\n",
        };
        Schedule schedule = Of([Pre(Needed, EntryKind.Domain), table, Table(Second, "second"), check, Key(21, First), Key(22, Second)]);

        Assert.Equal(2, TakeAll(schedule).Count);
        Assert.Empty(TakeAll(schedule));
    }

    // Neither a dependency nor a call in its text says of the second table that its index calls a function: its columns' type does.
    [Theory]
    [InlineData("    DEFAULT FOR TYPE s.word USING btree FAMILY s.c AS\n", true)]
    [InlineData("    FOR TYPE s.word USING btree FAMILY s.c AS\n", false)]
    public void An_index_waits_for_all_rows_where_the_type_of_its_table_is_compared_by_a_user(string rest, bool waits)
    {
        TocEntry type = Pre(Needed, EntryKind.Type) with { CreateSql = "CREATE TYPE s.word AS (\n\ta integer\n);\n" };
        TocEntry function = Pre(new DumpId(30), EntryKind.Function);
        TocEntry words = Pre(new DumpId(31), EntryKind.OperatorClass) with
        {
            CreateSql = $"CREATE OPERATOR CLASS s.c\n{rest}",
            Dependencies = [Needed, function.Id],
        };
        TocEntry second = Table(Second, "second") with
        {
            CreateSql = "CREATE TABLE s.second (\n    a s.word[]\n);\n",
            Dependencies = [Needed],
        };
        Schedule schedule = Of(
            [type, function, words, Table(First, "first"), second, Rows(10, First, "first", null), Btree(20, First), Btree(21, Second)]);

        Assert.Equal(waits ? [10] : [10, 21], TakeAll(schedule).Select(Id));
        schedule.Finish(schedule.Find(new DumpId(10))!);
        Assert.Equal(waits ? [20, 21] : [20], TakeAll(schedule).Select(Id));
    }

    [Theory]
    [InlineData(EntryKind.OperatorClass, true)]
    [InlineData(EntryKind.Function, true)]
    [InlineData(EntryKind.Extension, false)]
    public void Rows_with_ranges_wait_for_all_others_where_the_type_needs_a_function_of_a_user(string kind, bool waits)
    {
        TocEntry need = Pre(new DumpId(30), kind);
        TocEntry range = Pre(Needed, EntryKind.Type) with { CreateSql = "CREATE TYPE s.r AS RANGE (\n", Dependencies = [need.Id] };
        TocEntry pair = Pre(new DumpId(31), EntryKind.Type) with { CreateSql = "CREATE TYPE s.p AS (\n", Dependencies = [Needed] };
        TocEntry first = Table(First, "first") with { Dependencies = [pair.Id] };
        Schedule schedule = Of(
            [need, range, pair, first, Table(Second, "second"), Rows(10, First, "first", null), Rows(11, Second, "second", null)]);

        Assert.Equal(waits ? [11] : [10, 11], TakeAll(schedule).Select(Id));
        schedule.Finish(schedule.Find(new DumpId(11))!);
        Assert.Equal(waits ? [10] : [], TakeAll(schedule).Select(Id));
    }

    // What a child inherits does not stand in its own statement.
    [Fact]
    public void Rows_of_a_child_wait_where_its_parent_calls_a_function_of_a_user()
    {
        TocEntry parent = Table(Needed, "parent") with
        {
            CreateSql = "CREATE TABLE s.parent (\n    a integer,\n    b integer GENERATED ALWAYS AS (s.f(a)) STORED\n);\n",
        };
        TocEntry child = Table(First, "first") with
        {
            CreateSql = "CREATE TABLE s.first (\n)\nINHERITS (s.parent);\n",
            Dependencies = [Needed],
        };
        Schedule schedule = Of(
            [parent, child, Table(Second, "second"), Rows(10, First, "first", null), Rows(11, Second, "second", null)]);

        Assert.Equal([11], TakeAll(schedule).Select(Id));
    }

    // Which of them a function reads is not known: those that call one wait for all others, and for those that do before them.
    [Fact]
    public void A_materialized_view_that_calls_a_function_of_a_user_is_filled_behind_the_others()
    {
        TocEntry View(int id, string kind, string query, params int[] needs) => Pre(new DumpId(id), kind) with
        {
            CreateSql = $"CREATE {kind} s.v{id} AS\n SELECT {query}\n  WITH NO DATA;\n",
            Dependencies = [.. needs.Select(static need => new DumpId(need))],
        };
        TocEntry Refresh(int id, params int[] needs) => Index(id, new DumpId(id - 10)) with
        {
            Kind = EntryKind.MaterializedViewData,
            Dependencies = [new DumpId(id - 10), .. needs.Select(static need => new DumpId(need))],
        };
        Schedule schedule = Of([
            View(9, EntryKind.View, "s.f() AS a"),
            View(10, EntryKind.MaterializedView, "s.f() AS a"),
            View(11, EntryKind.MaterializedView, "v9.a FROM s.v9", 9),
            View(12, EntryKind.MaterializedView, "v11.a FROM s.v11"),
            View(13, EntryKind.MaterializedView, "1 AS a"),
            View(14, EntryKind.MaterializedView, "lower('s.f('::text) AS a"),
            Refresh(20),
            Refresh(21),
            Refresh(22, 21),
            Refresh(23),
            Refresh(24),
        ]);

        Assert.Equal([23, 24], TakeAll(schedule).Select(Id));
        schedule.Finish(schedule.Find(new DumpId(23))!);
        Assert.Empty(TakeAll(schedule));
        schedule.Finish(schedule.Find(new DumpId(24))!);
        foreach (int late in (int[])[20, 21, 22])
        {
            Assert.Equal([late], TakeAll(schedule).Select(Id));
            schedule.Finish(schedule.Find(new DumpId(late))!);
        }
    }

    private static Schedule Of(
        TocEntry[] entries,
        int partsMax = int.MaxValue,
        int statementsMax = int.MaxValue,
        Func<TocEntry, long>? weightOf = null,
        int? loaderCount = null)
    {
        var origin = new DumpOrigin
        {
            Database = "d",
            ServerVersion = "18.0",
            ServerVersionNumber = 180000,
            Encoding = "UTF8",
            Producer = "test",
        };
        return new Schedule(
            new Toc(origin, entries),
            [.. entries.Where(static entry => entry.Section != Section.PreData)],
            entry => [new RowPart(entry, 0, 1, 0, long.MaxValue, weightOf?.Invoke(entry) ?? 1)],
            loaderCount)
        { PartsMax = partsMax, StatementsMax = statementsMax };
    }

    [Fact]
    public void What_may_read_any_table_never_runs_beside_what_locks_one()
    {
        TocEntry first = Table(First, "first");
        TocEntry second = Table(Second, "second");
        TocEntry[] entries =
        [
            Calling(20, EntryKind.CheckConstraint, First, "ALTER TABLE s.first\n    ADD CONSTRAINT c CHECK (s.f(a));\n"),
            Calling(21, EntryKind.CheckConstraint, Second, "ALTER TABLE s.second\n    ADD CONSTRAINT c CHECK (s.f(a));\n"),
            Calling(22, EntryKind.Index, First, "CREATE INDEX i ON s.first USING btree (s.f(a));\n"),
            Calling(23, EntryKind.Index, Second, "CREATE INDEX i ON s.second USING btree (s.f(a));\n"),
        ];
        Schedule schedule = Of([first, second, .. entries]);

        // Two indexes are built side by side, for they only keep writers away; a constraint waits for both, and the other for it.
        var together = new List<List<int>>();
        while (!schedule.IsDone)
        {
            var running = new List<Job>();
            while (schedule.Take(out _) is { } job)
            {
                running.Add(job);
            }

            together.Add([.. running.Select(static job => job.Entry.Id.Value).Order()]);
            running.ForEach(job => schedule.Finish(job));
        }

        Assert.Equal(["20", "21", "22,23"], together.Select(static ids => string.Join(',', ids)).Order());
    }

    private static TocEntry Calling(int id, string kind, DumpId table, string sql) =>
        new()
        {
            Id = new DumpId(id),
            Kind = kind,
            Schema = "s",
            Name = $"e{id}",
            Section = Section.PostData,
            CreateSql = sql,
            Dependencies = [table],
        };

    // Takes one job and ends it.
    private static int? Take(Schedule schedule)
    {
        Job? job = schedule.Take(out _);
        if (job is not null)
        {
            schedule.Finish(job);
        }

        return job?.Entry.Id.Value;
    }

    private static List<TocEntry> TakeAll(Schedule schedule)
    {
        var result = new List<TocEntry>();
        while (schedule.Take(out _) is { } job)
        {
            result.Add(job.Entry);
        }

        return [.. result.OrderBy(static entry => entry.Id.Value)];
    }

    private static int Id(TocEntry entry) => entry.Id.Value;

    private static IEnumerable<TocEntry> Tables(bool hasRoot) =>
        hasRoot
            ? [Table(Root, "root"), Table(First, "first"), Table(Second, "second"), Attach(4, "first", First), Attach(5, "second", Second)]
            : [Table(First, "first"), Table(Second, "second")];

    private static TocEntry Table(DumpId id, string name) =>
        new()
        {
            Id = id,
            Kind = EntryKind.Table,
            Schema = "s",
            Name = name,
            Section = Section.PreData,
        };

    private static TocEntry Attach(int id, string name, DumpId partition) =>
        new()
        {
            Id = new DumpId(id),
            Kind = EntryKind.TableAttach,
            Schema = "s",
            Name = name,
            Section = Section.PreData,
            Dependencies = [Root, partition],
        };

    private static TocEntry Index(int id, DumpId table) =>
        new()
        {
            Id = new DumpId(id),
            Kind = EntryKind.Index,
            Schema = "s",
            Name = $"index_{id}",
            Section = Section.PostData,
            Dependencies = [table],
        };

    private static TocEntry Btree(int id, DumpId table) =>
        Index(id, table) with
        {
            CreateSql = $"CREATE INDEX i{id} ON s.t USING btree (a);\n",
        };

    private static TocEntry Key(int id, DumpId table) =>
        Index(id, table) with
        {
            Kind = EntryKind.Constraint,
            CreateSql = $"ALTER TABLE ONLY s.t\n    ADD CONSTRAINT k{id} PRIMARY KEY (a);\n",
        };

    private static TocEntry Rows(int id, DumpId table, string name, string? root) =>
        new()
        {
            Id = new DumpId(id),
            Kind = EntryKind.TableData,
            Schema = "s",
            Name = name,
            Section = Section.Data,
            Dependencies = [table],
            Rows = RowsOf(name, root, table),
        };

    private static TableRows RowsOf(string name, string? root, DumpId? table) =>
        new()
        {
            Schema = "s",
            Table = name,
            LoadInto = root is null ? null : ("s", root),
            Columns = [],
            Format = RowFormat.Text,
            TableEntry = table,
        };

    private static TocEntry Pre(DumpId id, string kind) =>
        new()
        {
            Id = id,
            Kind = kind,
            Schema = "s",
            Name = $"{kind} {id}",
            Section = Section.PreData,
        };
}
