namespace PureDump.Postgres.Catalog.Cluster;

/// <summary>A database of a cluster.</summary>
/// <param name="Name">As the connection holds it that the globals were read through.</param>
/// <param name="ConnectionName">The name to connect with, the same bytes (<see cref="Formats.Pg.TypedText"/>).</param>
internal sealed record ClusterDatabase(string Name, string ConnectionName)
{
    /// <summary>True for the names of those that every cluster has: they are there already where a dump is restored.</summary>
    public static bool IsInitial(string name) => name is "template1" or "postgres";
}
