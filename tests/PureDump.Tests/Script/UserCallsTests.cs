using PureDump.Formats.Script;

namespace PureDump.Tests.Script;

/// <summary>What in a statement of a dump is a call of something that does not belong to the system.</summary>
public sealed class UserCallsTests
{
    [Theory]
    [InlineData("CREATE INDEX i ON public.t USING btree (public.f(a));")]
    [InlineData("CREATE INDEX i ON public.t USING btree (a) WHERE (b > s.\"F \"\"x\"\"\"(1));")]
    [InlineData("CREATE INDEX i ON public.t USING btree (lower(\"Odd \"\"S\".f(a)));")]
    [InlineData("ALTER TABLE public.t ADD CONSTRAINT c EXCLUDE USING gist (a WITH OPERATOR(public.&&));")]
    [InlineData("ALTER TABLE public.t ADD CONSTRAINT c CHECK (((a)::text OPERATOR(s.=) 'x'::text));")]
    [InlineData("CREATE INDEX i ON public.t USING btree (((a)::public.d(3) || étage.zählt(a)));")]
    public void A_call_is_found(string sql) => Assert.True(UserCalls.AreIn(sql));

    [Theory]
    [InlineData("CREATE INDEX i ON ONLY public.t USING btree (lower(a), b);")]
    [InlineData("CREATE INDEX i ON public.t USING gist (a public.gist_trgm_ops (siglen='32'));")]
    [InlineData("CREATE INDEX i ON public.t USING btree (((a)::public.geometry(Point,4326))) WHERE (s = 'x'::public.mood);")]
    [InlineData("CREATE INDEX i ON public.t USING btree (pg_catalog.lower(a), ((a OPERATOR(pg_catalog.+) 1.5)));")]
    [InlineData("ALTER TABLE public.t ADD CONSTRAINT c CHECK ((a <> 'public.f(1)'::text AND \"s.f(\" > 0));")]
    [InlineData("ALTER TABLE public.t ADD CONSTRAINT c CHECK ((a <> 'it''s public.f(1)'::text));")]
    [InlineData("ALTER TABLE public.\"OPERATOR\" ADD CONSTRAINT \"a.b(\" UNIQUE (a);")]
    [InlineData("")]
    [InlineData("'")]
    [InlineData("s.")]
    public void Nothing_else_is_one(string sql) => Assert.False(UserCalls.AreIn(sql));

    [Theory]
    [InlineData("CREATE TABLE s.t (\n    a integer DEFAULT s.f(),\n    CONSTRAINT c CHECK ((a > s.f()))\n);\n", "CHECK", true, true)]
    [InlineData("CREATE TABLE s.t (\n    a integer DEFAULT s.f(),\n    CONSTRAINT c CHECK ((a > 0))\n);\n", "CHECK", false, true)]
    [InlineData("CREATE TABLE s.t (\n    a integer DEFAULT s.f() NOT NULL, \"CHECK\" s.u(3)\n);\n", "CHECK", false, false)]
    [InlineData(
        "CREATE TABLE s.t (\n    a text DEFAULT 'CHECK (s.f())',\n    b integer GENERATED ALWAYS AS (s.f(a)) STORED\n);\n",
        "AS",
        true,
        true)]
    [InlineData("CREATE TABLE s.t (\n    a integer\n)\nPARTITION BY LIST (s.f(a), ((a + 1)));\n", "LIST", true, true)]
    [InlineData("CREATE TABLE s.t (CHECK ((a > ')'::text)), b s.u(3), CHECK (s.f(", "CHECK", true, true)]
    public void Only_what_stands_behind_the_word_is_looked_at(string sql, string word, bool areIn, bool hasAny)
    {
        Assert.Equal(areIn, UserCalls.AreBehind(sql, found => found == word, out bool hasOne));
        Assert.Equal(hasAny, hasOne);
    }

    [Theory]
    [InlineData("CREATE TABLE s.t (\n    a point[]\n);\n", "point", true)]
    [InlineData("CREATE TABLE s.t (\n    a timestamp(3) with time zone\n);\n", "timestamp with time zone", true)]
    [InlineData("CREATE TYPE s.t AS (\n\ta public.\"My Type\"\n);\n", "public.\"My Type\"", true)]
    [InlineData("CREATE TABLE s.t (\n    a public.ct\n);\n", "other.ct", true)]
    [InlineData("CREATE TABLE s.points (\n    a text DEFAULT 'point', \"a point\" integer, point2 integer\n);\n", "point", false)]
    [InlineData("", "point", false)]
    public void A_type_is_named_by_its_word(string sql, string type, bool isNamed) => Assert.Equal(isNamed, UserCalls.Name(sql, type));
}
