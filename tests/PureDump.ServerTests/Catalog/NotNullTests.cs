using System.Text;
using PureDump.Postgres.Catalog;
using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Catalog;

/// <summary>
/// NOT NULL constraints in trees of tables, in every combination of what a first parent, a second one and the child itself say, are
/// written as pg_dump writes them, whether the parents are dumped too or not.
/// </summary>
public sealed class NotNullTests
{
    // {0} is the table. What comes last is refused by servers before 18.
    private static readonly (string Columns, string Then)[] s_parents =
    [
        ("a int", ""),
        ("a int NOT NULL", ""),
        ("a int, CONSTRAINT named NOT NULL a", ""),
        ("a int", "ALTER TABLE {0} ADD NOT NULL a NOT VALID"),
        ("a int", "ALTER TABLE {0} ADD CONSTRAINT named NOT NULL a NOT VALID"),
        ("a int, NOT NULL a NO INHERIT", ""),
        ("a int, CONSTRAINT named NOT NULL a NO INHERIT", ""),
    ];

    private static readonly (string Columns, string Then)[] s_children =
    [
        ("", ""),
        ("a int", ""),
        ("a int NOT NULL", ""),
        ("NOT NULL a", ""),
        ("CONSTRAINT own NOT NULL a", ""),
        ("CONSTRAINT own NOT NULL a NO INHERIT", ""),
        ("NOT NULL a NO INHERIT", ""),
        ("a int, CONSTRAINT own NOT NULL a NO INHERIT", ""),
        ("", "ALTER TABLE {0} ADD NOT NULL a NOT VALID"),
        ("", "ALTER TABLE {0} VALIDATE CONSTRAINT named"),
        ("", "ALTER TABLE {0} ADD CONSTRAINT own NOT NULL a"),
        ("b int NOT NULL", "COMMENT ON CONSTRAINT named ON {0} IS 'remarked'"),
    ];

    [Theory, EveryMajor]
    public void Trees_of_tables_say_what_pg_dump_says(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = server.CreateDatabase();
        server.Execute(database, Trees());

        AssertSame(new(), "");
        AssertSame(new() { ExcludedTables = ["first_*", "second_*"] }, "-T", "first_*", "-T", "second_*");
        AssertSame(new() { ExcludedTables = ["top_*", "second_*"] }, "-T", "top_*", "-T", "second_*");
        AssertSame(new() { Tables = ["child_*"] }, "-t", "child_*");
        server.DropDatabase(database);

        void AssertSame(DumpSelection selection, params string[] options)
        {
            IReadOnlyList<string> differences = PlainTextComparison.Differences(
                CatalogDump.Oracle(server, database, [.. options.Where(static option => option.Length > 0)]),
                CatalogDump.PlainText(server, database, selection with { WithData = false }));
            Assert.True(
                differences.Count == 0,
                $"pg_dump {string.Join(' ', options)}: {differences.Count} differences\n{string.Join("\n", differences.Take(12))}");
        }
    }

    // Each statement by itself: what a server refuses is not there.
    private static string Trees()
    {
        var sql = new StringBuilder("SET client_min_messages = error;\n");
        int number = 0;
        foreach ((string Columns, string Then) first in s_parents)
        {
            foreach ((string Columns, string Then)? second in (IEnumerable<(string, string)?>)[null, .. s_parents])
            {
                foreach ((string Columns, string Then) child in s_children)
                {
                    number++;
                    Add(sql, $"first_{number}", first, "");
                    if (second is { } other)
                    {
                        Add(sql, $"second_{number}", other, "");
                    }

                    Add(sql, $"child_{number}", child, $" INHERITS (first_{number}{(second is null ? "" : $", second_{number}")})");
                }
            }

            // A diamond, and a partition.
            foreach ((string Columns, string Then) child in s_children)
            {
                number++;
                Add(sql, $"top_{number}", first, "");
                Add(sql, $"first_{number}", ("", ""), $" INHERITS (top_{number})");
                Add(sql, $"second_{number}", ("b int", ""), $" INHERITS (top_{number})");
                Add(sql, $"child_{number}", child, $" INHERITS (first_{number}, second_{number})");
                Add(sql, $"root_{number}", first, " PARTITION BY LIST (a)");
                if (child.Columns.Length == 0)
                {
                    Try(sql, $"CREATE TABLE part_{number} PARTITION OF root_{number} FOR VALUES IN (1)");
                }
                else
                {
                    Add(sql, $"part_{number}", child.Columns.StartsWith('a') ? child : ($"a int, {child.Columns}", child.Then), "");
                    Try(sql, $"ALTER TABLE root_{number} ATTACH PARTITION part_{number} FOR VALUES IN (1)");
                }
            }
        }

        AddDropped(sql);
        return sql.ToString();
    }

    // A parent that has lost its column, or that is none any more: what the child has from it stays.
    private static void AddDropped(StringBuilder sql)
    {
        int number = 10_000;
        foreach ((string Columns, string Then) first in s_parents)
        {
            foreach ((string Columns, string Then)? second in (IEnumerable<(string, string)?>)[null, s_parents[0], s_parents[1]])
            {
                foreach ((string Columns, string Then) child in s_children)
                {
                    foreach (
                        string change in (string[])
                            [
                                "ALTER TABLE first_{0} DROP COLUMN a",
                                "ALTER TABLE ONLY first_{0} DROP COLUMN a",
                                "ALTER TABLE child_{0} NO INHERIT first_{0}",
                                "ALTER TABLE ONLY first_{0} DROP CONSTRAINT named",
                            ])
                    {
                        number++;
                        Add(sql, $"first_{number}", (first.Columns + ", c int", first.Then), "");
                        if (second is { } other)
                        {
                            Add(sql, $"second_{number}", other, "");
                        }

                        Add(sql, $"child_{number}", child, $" INHERITS (first_{number}{(second is null ? "" : $", second_{number}")})");
                        Try(sql, string.Format(System.Globalization.CultureInfo.InvariantCulture, change, number));
                    }
                }
            }
        }
    }

    private static void Add(StringBuilder sql, string name, (string Columns, string Then) table, string end)
    {
        Try(sql, $"CREATE TABLE {name} ({table.Columns}){end}");
        if (table.Then.Length > 0)
        {
            Try(sql, table.Then.Replace("{0}", name, StringComparison.Ordinal));
        }
    }

    private static void Try(StringBuilder sql, string statement) =>
        sql.Append($"DO $do$ BEGIN EXECUTE $sql${statement}$sql$; EXCEPTION WHEN OTHERS THEN NULL; END $do$;\n");
}
