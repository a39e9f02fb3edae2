using PureDump.Formats.Script;

namespace PureDump.Postgres.Catalog.Cluster;

/// <summary>What the user asked to have of a cluster beside what each database is to hold, as pg_dumpall's options say it.</summary>
internal sealed record ClusterSelection
{
    /// <summary><c>-g</c>, <c>-r</c>, <c>-t</c>, and without definitions the globals are no part either.</summary>
    public ClusterParts Parts { get; init; } = ClusterParts.All;

    /// <summary>False for <c>--no-role-passwords</c>; only superusers may read passwords.</summary>
    public bool WithRolePasswords { get; init; } = true;

    /// <summary>False for <c>--no-privileges</c>.</summary>
    public bool WithPrivileges { get; init; } = true;

    /// <summary>False for <c>--no-comments</c>.</summary>
    public bool WithComments { get; init; } = true;

    /// <summary>False for <c>--no-security-labels</c>.</summary>
    public bool WithSecurityLabels { get; init; } = true;

    /// <summary><c>--exclude-database</c>: no database that matches one of these. Patterns are psql's.</summary>
    public IReadOnlyList<string> ExcludedDatabases { get; init; } = [];
}
