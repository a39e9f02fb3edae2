using PureDump.Cli.Options;
using PureDump.Postgres.Catalog.Cluster;
using PureDump.Postgres.Catalog;

namespace PureDump.Cli.Commands;

/// <summary><c>pg_dumpall</c>: the options, defaults, messages and exit codes of PostgreSQL's own.</summary>
internal static class PgDumpAllCommand
{
    /// <summary>What it is.</summary>
    public static RunnableVerb Verb { get; } = new()
    {
        Name = "pg_dumpall",
        ClientName = "pg_dumpall",
        HelpStandsFirst = true,
        Synopses = ["[OPTION]..."],
        Summary = "dump a whole cluster as pg_dumpall does: its options, messages and exit codes",
        Description =
            "Dumps roles, tablespaces and every database of a server as pg_dumpall 18 does, into an SQL script. It is run by "
            + "\"puredump pg_dumpall\", and by a link to puredump that is called pg_dumpall.",
        Examples =
        [
            ("pg_dumpall > all.sql", "dump everything"),
            ("pg_dumpall -g --no-role-passwords -f globals.sql", "roles without their passwords and tablespaces, no databases"),
        ],
        Options =
        [
            .. OptionGroups.About, .. OptionGroups.Dumping, .. OptionGroups.Cluster, .. OptionGroups.Reading, .. OptionGroups.Parts,
            .. OptionGroups.Login, OptionTable.TablespacesOnly, OptionTable.ConnectionString, OptionTable.MaintenanceDatabase,
            OptionTable.BinaryUpgrade,
        ],
        Rules = DumpRules.PgDumpAll,
        Run = Run,
    };

    private static int Run(Invocation invocation)
    {
        GivenOptions options = invocation.Options;
        DumpSelection selection = DumpArguments.Selection(invocation);
        ClusterSelection cluster = ClusterOptions.Selection(invocation, selection);
        options.LimitOperands(0);
        options.Check(OptionScope.None);
        var target = new ClusterTarget
        {
            Path = options.Value(OptionTable.File) is var file and not "-" ? file : null,
            Sync = DumpArguments.Sync(options),
        };
        return ClusterDump.Write(invocation, cluster, selection, target, () =>
            (ConnectionOptions.Resolve(invocation, options.Value(OptionTable.ConnectionString), databaseCountsLess: true),
             options.Value(OptionTable.MaintenanceDatabase) is { Length: > 0 } database ? database : null));
    }
}
