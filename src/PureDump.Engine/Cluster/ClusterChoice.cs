using System.Text.RegularExpressions;
using PureDump.Engine.Selection;
using PureDump.Formats.Archive.Cluster;
using PureDump.Postgres.Catalog;

namespace PureDump.Engine.Cluster;

/// <summary>Which parts of the archive of a cluster are wanted.</summary>
internal sealed record ClusterChoice
{
    /// <summary><c>--globals-only</c>: no database.</summary>
    public bool GlobalsOnly { get; init; }

    /// <summary><c>--only-database</c>: these and no globals; empty: all.</summary>
    public IReadOnlyList<string> Databases { get; init; } = [];

    /// <summary><c>--exclude-database</c>: none that matches one of these. Patterns are psql's.</summary>
    public IReadOnlyList<string> ExcludedDatabases { get; init; } = [];

    /// <summary>True where the globals are wanted.</summary>
    public bool WithGlobals => Databases.Count == 0;

    /// <summary>The databases that are wanted of those there are.</summary>
    /// <exception cref="PureDumpException">One that is asked for by name is not there (<see
    /// cref="ErrorKind.NotFound"/>), or a pattern is malformed (<see cref="ErrorKind.Usage"/>).</exception>
    public IReadOnlySet<string> Of(IReadOnlyList<string> databases)
    {
        Regex[] excluded = [.. ExcludedDatabases.Select(static text => LocalPattern.Of(NamePattern.ForName(text).Name))];
        foreach (string name in Databases)
        {
            _ = ClusterFile.Find(databases, name);
        }

        return databases
            .Where(name =>
                !GlobalsOnly && (Databases.Count == 0 || Databases.Contains(name)) && !excluded.Any(pattern => pattern.IsMatch(name)))
            .ToHashSet(StringComparer.Ordinal);
    }
}
