using System.Runtime.InteropServices;
using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Ddl;

/// <summary>
/// Collects the entries of a Toc in the order of the sort and turns the edges between objects into edges between
/// entries: what an object needs but what is not in the Toc is replaced by what that needs in turn, except across the
/// boundaries (pg_dump.c, BuildArchiveDependencies).
/// </summary>
internal sealed class TocBuilder(CatalogSet catalog)
{
    private readonly List<(TocEntry Entry, CatalogObject? Source, DumpId[]? Needs)> _drafts = [];

    /// <summary>How many entries there are so far.</summary>
    public int Count => _drafts.Count;

    /// <summary>Adds the entry of an object itself: <c>entry.Id == source.DumpId</c>; its edges are the object's.</summary>
    public void Add(CatalogObject source, TocEntry entry) => _drafts.Add((Added(source, entry), source, null));

    /// <summary>Adds an entry that hangs on others (a comment, an ACL, an OWNED BY): it needs just those.</summary>
    /// <returns>The number of the new entry.</returns>
    public DumpId AddDependent(TocEntry entry, params DumpId[] needs)
    {
        _drafts.Add((entry, null, needs));
        return entry.Id;
    }

    private static TocEntry Added(CatalogObject source, TocEntry entry) =>
        source.AddedTo is { } extension
        && extension.Emits(Components.Definition)
        && entry is { IsDefinition: true, OwnerTarget: { } target }
            ? entry with
            {
                CreateSql = $"{entry.CreateSql}ALTER EXTENSION {SqlText.Name(extension.Name)} ADD {target};\n",
            }
            : entry;

    /// <summary>A number for a dependent entry.</summary>
    public DumpId NextId() => catalog.NextDumpId();

    /// <summary>The entries with their dependencies resolved, and without what they are to keep silent about.</summary>
    public List<TocEntry> Build()
    {
        var present = new HashSet<DumpId>(_drafts.Count);
        foreach ((TocEntry entry, _, _) in _drafts)
        {
            present.Add(entry.Id);
        }

        DumpSelection options = catalog.Selection.Options;
        var result = new List<TocEntry>(_drafts.Count);
        var edges = new Edges(present);
        foreach ((TocEntry entry, CatalogObject? source, DumpId[]? needs) in _drafts)
        {
            result.Add(entry with
            {
                Dependencies = edges.Of(entry.Id, source, needs),
                Tablespace = options.WithTablespaces ? entry.Tablespace : null,
                TableAccessMethod = options.WithTableAccessMethods ? entry.TableAccessMethod : null,
            });
        }

        return result;
    }

    /// <summary>Finds the entries that one needs; its collections serve for all of them.</summary>
    private sealed class Edges(HashSet<DumpId> present)
    {
        // An explicit stack: chains of objects that are not dumped can be as long as the catalog is large.
        private readonly Stack<CatalogObject> _open = [];
        private readonly HashSet<CatalogObject> _seen = new(ReferenceEqualityComparer.Instance);
        private readonly List<DumpId> _ids = [];

        public DumpId[] Of(DumpId entry, CatalogObject? source, DumpId[]? needs)
        {
            _ids.Clear();
            foreach (DumpId id in needs ?? [])
            {
                if (present.Contains(id))
                {
                    _ids.Add(id);
                }
            }

            if (source is not null)
            {
                Collect(source);
            }

            _ids.Sort();
            int count = 0;
            Span<DumpId> ids = CollectionsMarshal.AsSpan(_ids);
            foreach (DumpId id in ids)
            {
                if (id != entry && (count == 0 || ids[count - 1] != id))
                {
                    ids[count++] = id;
                }
            }

            return ids[..count].ToArray();
        }

        private void Collect(CatalogObject source)
        {
            _seen.Clear();
            _seen.Add(source);
            _open.Push(source);
            while (_open.TryPop(out CatalogObject? item))
            {
                foreach (CatalogObject need in item.Needs)
                {
                    if (need is BoundaryObject || !_seen.Add(need))
                    {
                        continue;
                    }

                    if (present.Contains(need.DumpId))
                    {
                        _ids.Add(need.DumpId);
                    }
                    else
                    {
                        _open.Push(need);
                    }
                }
            }
        }
    }
}
