using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog.Cluster;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Ddl.Cluster;
using PureDump.Postgres.Ddl;
using PureDump.Postgres.Server;

namespace PureDump.Tests.Ddl;

/// <summary>The globals of a cluster as a Toc: what a real server is hard to bring to, and what a script does not show.</summary>
public sealed class ClusterTocTests
{
    private readonly List<string> _warnings = [];

    [Fact]
    public void A_membership_needs_its_roles_and_what_gave_its_grantor_the_right_to_grant()
    {
        Toc toc = Build(
            160000,
            ["a", "b", "c", "g"],
            [Member("g", "a", "b"), Member("g", "b", "c", withAdmin: true), Member("g", "c", "boot", 10, withAdmin: true)]);

        TocEntry[] memberships = [.. toc.Entries.Where(entry => entry.Kind == EntryKind.RoleMembership)];
        Assert.Equal(["g TO c", "g TO b", "g TO a"], memberships.Select(entry => entry.Name));
        Assert.Equal(["c", "g"], Needed(0));
        Assert.Equal(["b", "c", "g", "g TO c"], Needed(1));
        Assert.Equal(["a", "b", "g", "g TO b"], Needed(2));
        Assert.All(toc.Entries, entry => Assert.All(entry.Dependencies, need => Assert.True(need.CompareTo(entry.Id) < 0)));

        string[] Needed(int at) => [.. memberships[at].Dependencies.Select(id => toc[id].Name)];
    }

    [Fact]
    public void Grantors_in_a_circle_are_an_error()
    {
        PureDumpException error = Assert.Throws<PureDumpException>(() =>
            Build(160000, ["a", "b", "g"], [Member("g", "a", "b", withAdmin: true), Member("g", "b", "a", withAdmin: true)]));

        Assert.Equal(ErrorKind.Catalog, error.Kind);
        Assert.Equal("could not find a legal dump ordering for memberships in role \"g\"", error.Message);
    }

    [Fact]
    public void Memberships_of_roles_that_are_gone_are_named_and_left_out()
    {
        Toc toc = Build(150000, ["a", "g"], [Member("g", null, "a"), Member("g", "a", null, 77), Member(null, "a", "g")]);

        Assert.Equal("GRANT g TO a;\n", Assert.Single(toc.Entries, entry => entry.Kind == EntryKind.RoleMembership).CreateSql);
        Assert.Equal(["ignoring role grant to missing role with OID 2", "ignoring role grant for missing role with OID 1"], _warnings);
    }

    [Fact]
    public void A_grantor_that_is_gone_is_named_and_the_grant_made_without()
    {
        Toc toc = Build(160000, ["a", "g"], [Member("g", "a", null, 77)]);

        Assert.Equal(
            "GRANT g TO a WITH INHERIT TRUE;\n",
            Assert.Single(toc.Entries, entry => entry.Kind == EntryKind.RoleMembership).CreateSql);
        Assert.Equal(["grant of role \"g\" to \"a\" has invalid grantor OID 77; it is dumped without GRANTED BY"], _warnings);
    }

    [Fact]
    public void Passwords_stand_in_literals_that_mean_the_same_everywhere()
    {
        ClusterRole role = Role("r") with { Password = @"odd '\", ValidUntil = "infinity", ConnectionLimit = 3 };

        Toc toc = ClusterToc.Build(Catalog(180000) with { Roles = [role] }, new ClusterSelection(), _warnings.Add);

        Assert.Equal(
            "ALTER ROLE r WITH NOSUPERUSER INHERIT NOCREATEROLE NOCREATEDB LOGIN NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 3 PASSWORD "
                + "E'odd ''\\\\' VALID UNTIL 'infinity';\n",
            toc.Entries[1].CreateSql);
    }

    [Fact]
    public void A_script_of_nothing_has_the_blank_lines_of_the_parts_it_could_have()
    {
        var text = new StringWriter { NewLine = "\n" };
        var writer = new ClusterScriptWriter(
            text,
            new Toc(Catalog(180000).Origin with { StandardConformingStrings = false }, []),
            new ClusterScriptOptions { Clean = true, RestrictKey = "K" }
        );

        writer.WriteGlobals(["postgres"]);
        writer.BeginDatabase("a\nb", connects: true);
        writer.WriteTail();

        Assert.Equal(
            "--\n-- PostgreSQL database cluster dump\n--\n\n\\restrict K\n\nSET default_transaction_read_only = off;\n\n"
                + "SET client_encoding = 'UTF8';\nSET standard_conforming_strings = off;\nSET escape_string_warning = off;\n\n"
                + "--\n-- Drop databases (except postgres and template1)\n--\n\n\n\n"
                + "\n\n"
                + "\n\n"
                + "\n\n\n\n\n\n\n\n"
                + "\\unrestrict K\n\n"
                + "--\n-- Database \"a b\" dump\n--\n\n\\connect \"a\nb\"\n\n--\n-- PostgreSQL database cluster dump complete\n--\n\n",
            text.ToString());
    }

    private Toc Build(int version, string[] roles, RoleMembership[] memberships) =>
        ClusterToc.Build(
            Catalog(version) with
            {
                Roles = [.. roles.Select(Role)],
                Memberships = memberships,
            },
            new ClusterSelection(),
            _warnings.Add);

    private static ClusterCatalog Catalog(int version) =>
        new()
        {
            Origin = new DumpOrigin
            {
                Database = "postgres",
                ServerVersion = "x",
                ServerVersionNumber = version,
                Encoding = "UTF8",
                Producer = "x",
            },
            Features = new ServerFeatures(version),
        };

    private static ClusterRole Role(string name) =>
        new()
        {
            Id = new CatalogId(1260, (uint)name[0]),
            Name = name,
            IsSuperuser = false,
            Inherits = true,
            CreatesRoles = false,
            CreatesDatabases = false,
            CanLogIn = true,
            Replicates = false,
            BypassesRowSecurity = false,
            ConnectionLimit = -1,
            ValidUntil = null,
            Comment = null,
        };

    private static RoleMembership Member(string? role, string? member, string? grantor, uint grantorOid = 3, bool withAdmin = false) =>
        new()
        {
            Role = role,
            Member = member,
            Grantor = grantor,
            RoleOid = new Oid(1),
            MemberOid = new Oid(2),
            GrantorOid = new Oid(grantorOid),
            WithAdmin = withAdmin,
            WithInherit = true,
            WithSet = true,
        };
}
