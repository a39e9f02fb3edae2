using PureDump.Engine.Sinks;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Server;

namespace PureDump.Tests.Transfer;

public sealed class CreateSubscriptionSqlTests
{
    // Hostile on purpose: what looks like options stands in the connection string and in a name.
    private const string Head =
        "CREATE SUBSCRIPTION s CONNECTION ' WITH (connect = false, streaming = off, run_as_owner = true);' PUBLICATION \" WITH (connect "
            + "= false, streaming = off\"";

    [Theory]
    [InlineData(130000, "")]
    [InlineData(140000, ", streaming = off")]
    [InlineData(150000, ", streaming = off")]
    [InlineData(160000, ", streaming = off, run_as_owner = true")]
    [InlineData(180000, ", streaming = off, run_as_owner = true")]
    public void What_a_target_does_anyway_is_said_only_where_it_can_be_said(int version, string left) => Assert.Equal(
        $"{Head} WITH (connect = false, slot_name = 's'{left}, synchronous_commit = local);\n",
        For(version, ", slot_name = 's', streaming = off, run_as_owner = true, synchronous_commit = local"));

    [Theory]
    [InlineData(", streaming = on")]
    [InlineData(", streaming = parallel")]
    [InlineData(", binary = true")]
    [InlineData(", two_phase = on, disable_on_error = true")]
    [InlineData(", password_required = false")]
    [InlineData(", failover = true")]
    [InlineData(", origin = none")]
    public void What_a_target_would_do_otherwise_stays_for_its_error_to_name(string options) =>
        Assert.Equal($"{Head} WITH (connect = false{options});\n", For(ServerFeatures.OldestVersion, options));

    [Fact]
    public void A_statement_of_another_form_is_left_as_it_is()
    {
        const string sql = "CREATE SUBSCRIPTION s CONNECTION 'x, streaming = off' PUBLICATION p;\n";
        Assert.Equal(
            sql,
            CreateSubscriptionSql.For(Entry(sql), new ServerFeatures(ServerFeatures.OldestVersion), new ServerFeatures(180000)));
    }

    // What such a server does anyway a newer one has to be told.
    [Theory]
    [InlineData(150000, 190000, "", ", run_as_owner = true")]
    [InlineData(130000, 190000, "", ", run_as_owner = true, streaming = off")]
    [InlineData(130000, 150000, "", ", streaming = off")]
    [InlineData(160000, 190000, "", "")]
    [InlineData(150000, 190000, ", run_as_owner = true", ", run_as_owner = true")]
    [InlineData(0, 190000, "", "")]
    public void What_an_older_server_leaves_out_is_said_to_a_newer_one(int source, int target, string options, string due) =>
        Assert.EndsWith($" WITH (connect = false{due});\n", For(target, options, source), StringComparison.Ordinal);

    private static string For(int version, string options, int source = 180000) =>
        CreateSubscriptionSql.For(
            Entry($"{Head} WITH (connect = false{options});\n"),
            new ServerFeatures(version),
            new ServerFeatures(source));

    private static TocEntry Entry(string sql) =>
        new() { Id = new DumpId(1), Kind = EntryKind.Subscription, Name = "s", Section = Section.PostData, CreateSql = sql };
}
