using PureDump.Formats.Entries;
using PureDump.Postgres.Catalog.Cluster;

namespace PureDump.Postgres.Ddl.Cluster;

/// <summary>Collects the entries of a cluster's globals. Each needs only what was added before it.</summary>
internal sealed class ClusterTocBuilder
{
    private readonly List<TocEntry> _entries = [];
    private readonly Dictionary<string, DumpId> _roles = [];

    /// <summary>Adds an entry; its number and what it needs are set here.</summary>
    /// <returns>The number.</returns>
    public DumpId Add(TocEntry entry, params IEnumerable<DumpId?> needs)
    {
        var id = new DumpId(_entries.Count + 1);
        _entries.Add(entry with
        {
            Id = id,
            Dependencies = [.. needs.Where(static need => need is not null).Select(static need => need!.Value).Distinct().Order()],
        });
        return id;
    }

    /// <summary>Adds the entry of a role, which others find by its name.</summary>
    public DumpId AddRole(string name, TocEntry entry) => _roles[name] = Add(entry);

    /// <summary>The entry of a role; null for one of the server's own, or where roles are no part of the dump.</summary>
    public DumpId? Role(string name) => _roles.TryGetValue(name, out DumpId id) ? id : null;

    /// <summary>The entries, in an order in which they can be restored.</summary>
    public Toc Build(ClusterCatalog catalog) => new(catalog.Origin, _entries);
}
