using PureDump.Postgres.Catalog;
using PureDump.Postgres.Ddl;
using Xunit;

namespace PureDump.Tests.Ddl;

public sealed class AclStatementTests
{
    [Fact]
    public void Privileges_that_are_not_stored_give_no_statement() =>
        Assert.Equal("", Statements(new AclFacts(null, ["o=arwdDxtm/o"]), "TABLE"));

    [Fact]
    public void An_empty_list_revokes_what_is_there_by_default() =>
        Assert.Equal(
            "REVOKE ALL ON FUNCTION x FROM PUBLIC;\nREVOKE ALL ON FUNCTION x FROM o;\n",
            Statements(new AclFacts([], ["=X/o", "o=X/o"]), "FUNCTION"));

    [Fact]
    public void Only_the_difference_is_granted() =>
        Assert.Equal(
            "GRANT SELECT,INSERT ON TABLE x TO a;\n",
            Statements(new AclFacts(["o=arwdDxtm/o", "a=ar/o"], ["o=arwdDxtm/o"]), "TABLE"));

    [Fact]
    public void Every_privilege_of_the_type_is_ALL() =>
        Assert.Equal(
            "GRANT ALL ON TABLE x TO a;\nGRANT ALL ON TABLE x TO b WITH GRANT OPTION;\n",
            Statements(new AclFacts(["a=arwdDxtm/o", "b=a*r*w*d*D*x*t*m*/o"], []), "TABLE"));

    [Fact]
    public void All_privileges_of_a_server_without_MAINTAIN_are_listed_one_by_one() =>
        Assert.Equal(
            "GRANT SELECT,INSERT,REFERENCES,DELETE,TRIGGER,TRUNCATE,UPDATE ON TABLE x TO a;\n",
            Statements(new AclFacts(["a=arwdDxt/o"], []), "TABLE"));

    [Fact]
    public void Plain_privileges_stand_before_those_with_grant_option() =>
        Assert.Equal(
            "GRANT SELECT ON SEQUENCE x TO a;\nGRANT USAGE ON SEQUENCE x TO a WITH GRANT OPTION;\n",
            Statements(new AclFacts(["a=rU*/o"], []), "SEQUENCE"));

    [Fact]
    public void What_another_role_granted_is_granted_in_its_name_and_in_the_order_of_the_list() =>
        Assert.Equal(
            """
            GRANT ALL ON SCHEMA x TO a WITH GRANT OPTION;
            SET SESSION AUTHORIZATION a;
            GRANT USAGE ON SCHEMA x TO "B b";
            RESET SESSION AUTHORIZATION;

            """.ReplaceLineEndings("\n"),
            Statements(new AclFacts(["a=U*C*/o", "\"B b\"=U/a"], []), "SCHEMA"));

    [Fact]
    public void The_owners_own_privileges_come_before_all_others() =>
        Assert.Equal(
            "REVOKE ALL ON TABLE x FROM o;\nGRANT SELECT ON TABLE x TO o;\nGRANT SELECT ON TABLE x TO PUBLIC;\n",
            Statements(new AclFacts(["=r/o", "o=r/o"], ["o=arwdDxtm/o"]), "TABLE"));

    [Fact]
    public void A_revoke_ignores_grant_options() =>
        Assert.Equal("REVOKE USAGE ON SCHEMA x FROM a;\n", Statements(new AclFacts([], [], ["a=U*/o"], 'i'), "SCHEMA"));

    [Fact]
    public void Initial_privileges_are_the_baseline_and_nothing_stored_means_the_default_ones() =>
        Assert.Equal(
            "REVOKE ALL ON FUNCTION x FROM a;\nGRANT ALL ON FUNCTION x TO PUBLIC;\n",
            Statements(new AclFacts(null, ["=X/o", "o=X/o"], ["o=X/o", "a=X/o"], 'e'), "FUNCTION"));

    [Fact]
    public void Column_privileges_name_the_column_each_time() =>
        Assert.Equal(
            "GRANT SELECT(\"B b\"),UPDATE(\"B b\") ON TABLE x TO a;\nGRANT ALL(\"B b\") ON TABLE x TO b WITH GRANT OPTION;\n",
            AclDdl.Statements(new AclFacts(["a=rw/o", "b=a*r*w*x*/o"], []), "TABLE", "x", "\"B b\"", "o"));

    [Fact]
    public void Default_privileges_have_a_prefix_and_no_name() =>
        Assert.Equal(
            "ALTER DEFAULT PRIVILEGES FOR ROLE o REVOKE ALL ON FUNCTIONS FROM PUBLIC;\n",
            AclDdl.Statements(
                new AclFacts(["o=X/o"], ["=X/o", "o=X/o"]), "FUNCTIONS", "", null, "o", "ALTER DEFAULT PRIVILEGES FOR ROLE o "));

    [Fact]
    public void Privileges_the_type_does_not_have_give_no_statement() =>
        Assert.Equal("", Statements(new AclFacts(["a=X/o"], []), "TABLE"));

    private static string Statements(AclFacts acl, string type) => AclDdl.Statements(acl, type, "x", null, "o");
}
