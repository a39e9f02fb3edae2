namespace PureDump.Engine.Cluster;

/// <summary>What to restore of the archive of a cluster, where to, and how.</summary>
internal sealed record ClusterRestoreRequest
{
    /// <summary>
    /// How each database is restored. Its target is the server, and the database to connect to first; every database is made under its
    /// own name, but for postgres and template1, which are there and are only made anew with <see cref="RestoreRequest.Clean"/>.
    /// </summary>
    public required RestoreRequest Database { get; init; }

    /// <summary>What of the cluster.</summary>
    public ClusterChoice Choice { get; init; } = new();
}
