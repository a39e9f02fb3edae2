using PureDump.Engine.Jobs;
using PureDump.Formats.Entries;

namespace PureDump.Tests.Jobs;

/// <summary>What the statements of pg_dump's entries say of themselves, whatever stands in names and literals.</summary>
public sealed class StatementFactsTests
{
    private const string Misleading = "\" USING gin (x) WHERE (\"\" ; ALTER TABLE\"";

    public static TheoryData<string, string, string?, string?, string?, bool> Statements =>
        new()
        {
            { EntryKind.Index, "CREATE INDEX i ON s.t USING btree (a, lower(b));\n", "btree", "a, lower(b)", null, false },
            {
                EntryKind.Index,
                "CREATE UNIQUE INDEX i ON ONLY s.t USING hash (a) WITH (fillfactor='70') WHERE (a > 1);\n",
                "hash",
                "a",
                null,
                true
            },
            {
                EntryKind.Index,
                $"CREATE INDEX i ON s.{Misleading} USING gist (a gist_ops (siglen='32'), \"c)\") INCLUDE (d);\n",
                "gist",
                "a gist_ops (siglen='32'), \"c)\"",
                null,
                false
            },
            {
                EntryKind.Index,
                "CREATE INDEX i ON s.t USING gin (to_tsvector('english; ) WHERE ('::regconfig, x));\n",
                "gin",
                "to_tsvector('english; ) WHERE ('::regconfig, x)",
                null,
                false
            },
            {
                EntryKind.Constraint,
                "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT k PRIMARY KEY (a, b) INCLUDE (c);\n",
                "btree",
                "a, b",
                "c",
                false
            },
            {
                EntryKind.Constraint,
                $"ALTER TABLE ONLY s.{Misleading}\n    ADD CONSTRAINT \"EXCLUDE USING\" UNIQUE NULLS NOT DISTINCT (a) DEFERRABLE;\n",
                "btree",
                "a",
                null,
                false
            },
            {
                EntryKind.Constraint,
                "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT k EXCLUDE USING gist (r WITH &&) WHERE ((a > 1));\n",
                "gist",
                "r WITH &&",
                "(a > 1)",
                true
            },
            {
                EntryKind.ForeignKey,
                "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT f FOREIGN KEY (a, b) REFERENCES s.u(c, d) ON DELETE CASCADE NOT VALID;\n",
                null,
                "a, b",
                "c, d",
                false
            },
            { EntryKind.Trigger, "CREATE TRIGGER t AFTER INSERT ON s.t EXECUTE FUNCTION f('USING btree (a)');\n", null, null, null, false },
            { EntryKind.Index, "", null, null, null, false },
            { EntryKind.Index, "CREATE INDEX i ON s.t USING", "", null, null, false },
            { EntryKind.Constraint, "ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY (\"a", "btree", null, null, false },
        };

    [Theory, MemberData(nameof(Statements))]
    public void An_index_and_a_key_say_what_they_are(string kind, string sql, string? method, string? columns, string? more, bool isPartial)
    {
        var facts = StatementFacts.Of(Entry(kind, sql));

        Assert.Equal((method, columns, more, isPartial), (facts.IndexMethod, facts.Columns, facts.ReferencedColumns, facts.IsPartial));
    }

    [Theory]
    [InlineData("CREATE INDEX i ON s.t USING btree (a);\n\nALTER TABLE s.t CLUSTER ON i;\n", true)]
    [InlineData("CREATE INDEX i ON s.t USING btree (a);\n\n\nALTER INDEX i ALTER COLUMN 1 SET STATISTICS 100;\n", false)]
    [InlineData("CREATE INDEX \"i;\n\nALTER TABLE s.t\" ON s.t USING btree (a);\n", false)]
    public void An_index_that_alters_its_table_says_so(string sql, bool isAltering) =>
        Assert.Equal(isAltering, StatementFacts.Of(Entry(EntryKind.Index, sql)).AltersTable);

    [Theory]
    [InlineData("ALTER TABLE ONLY s.t\n    ADD CONSTRAINT k PRIMARY KEY (a, b WITHOUT OVERLAPS);\n", true, false)]
    [InlineData("ALTER TABLE ONLY s.t\n    ADD CONSTRAINT k UNIQUE (\"b WITHOUT OVERLAPS\");\n", false, false)]
    [InlineData("ALTER TABLE s.t\n    ADD CONSTRAINT c CHECK ((a > 1)) NOT VALID;\n", false, true)]
    public void A_constraint_says_how_it_is_checked(string sql, bool isTemporal, bool isNotValid)
    {
        var facts = StatementFacts.Of(Entry(EntryKind.Constraint, sql));

        Assert.Equal((isTemporal, isNotValid), (facts.IsTemporal, facts.IsNotValid));
    }

    private static TocEntry Entry(string kind, string sql) =>
        new() { Id = new DumpId(1), Kind = kind, Schema = "s", Name = "n", Section = Section.PostData, CreateSql = sql };
}
