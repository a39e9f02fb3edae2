namespace PureDump.Postgres.Catalog;

/// <summary>A database of a cluster.</summary>
/// <param name="Name">As the connection holds it that the globals were read through.</param>
/// <param name="ConnectionName">The name to connect with, the same bytes read as UTF-8; null where they are none.</param>
internal sealed record ClusterDatabase(string Name, string? ConnectionName)
{
    /// <summary>True for those that every cluster has: they are there already where a script is run.</summary>
    public bool IsInitial => Name is "template1" or "postgres";
}
