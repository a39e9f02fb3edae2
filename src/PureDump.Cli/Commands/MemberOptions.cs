using PureDump.Cli.Options;
using PureDump.Engine.Cluster;
using PureDump.Engine.Reading;
using PureDump.Formats.Errors;

namespace PureDump.Cli.Commands;

/// <summary>Reads what chooses parts of the archive of a cluster.</summary>
internal static class MemberOptions
{
    /// <summary>True where one of them was given.</summary>
    public static bool AreGiven(GivenOptions options) => ClusterRules.OfMembers.Any(options.Has);

    /// <summary>For what reads one member alone: which.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="input">The archive.</param>
    /// <returns>The name of the database, empty for the globals; null where the archive is that of one database.</returns>
    /// <exception cref="PureDumpException">None is named of a cluster, or several are, or it is no cluster.</exception>
    public static string? Of(GivenOptions options, ArchiveInput input)
    {
        options.Check(OptionScope.Member);
        if (!input.IsOfCluster)
        {
            options.Check(OptionScope.DatabaseArchive);
            return null;
        }

        if (options.Has(OptionTable.ArchivedGlobals))
        {
            return "";
        }

        return options.Values(OptionTable.OnlyDatabase) switch
        {
            [var only] => only,
            [] => throw new PureDumpException(
                ErrorKind.Usage,
                $"{input.Name} is the archive of a cluster, not of one database",
                $"name one of its databases with {OptionTable.OnlyDatabase.Label}; puredump list shows them"),
            _ => throw options.Unusable($"{OptionTable.OnlyDatabase.Label} can only be given once here"),
        };
    }

    /// <summary>For a restore: what of a cluster.</summary>
    /// <exception cref="PureDumpException">The options contradict each other.</exception>
    public static ClusterChoice Choice(GivenOptions options)
    {
        options.Check(OptionScope.ClusterArchive);
        return new ClusterChoice
        {
            GlobalsOnly = options.Has(OptionTable.ArchivedGlobals),
            Databases = options.Values(OptionTable.OnlyDatabase),
            ExcludedDatabases = options.Values(OptionTable.ExcludeArchivedDatabase),
        };
    }

    /// <summary>The one database that is restored as an archive of its own would be; null where it is the cluster that is
    /// restored.</summary>
    /// <exception cref="PureDumpException">Several are named, and are not to be made (<see cref="ErrorKind.Usage"/>).</exception>
    public static string? OnlyOne(GivenOptions options, ClusterChoice choice)
    {
        if (choice.Databases.Count == 0 || options.Has(OptionTable.Create))
        {
            return null;
        }

        return choice.Databases is [var only]
            ? only
            : throw options.Unusable($"several databases are only restored under their own names: add {OptionTable.Create.Label}");
    }
}
