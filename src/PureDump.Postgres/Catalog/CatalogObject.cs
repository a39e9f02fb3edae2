using PureDump.Formats.Entries;
using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// A thing the catalog knows and the dump may hold. Subclasses hold the catalog's facts as they were read; what they
/// look like as SQL is the business of Ddl/.
/// </summary>
internal abstract class CatalogObject
{
    private static readonly List<ExtensionObject> s_noExtensions = [];

    // An array of its own rather than a List: a large catalog has some hundred thousand of these.
    private CatalogObject[] _needs = [];
    private int _needCount;
    private List<ExtensionObject>? _dependsOnExtensions;

    /// <summary>Where the sort puts it when nothing else decides.</summary>
    public abstract ObjectKind Kind { get; }

    /// <summary>The catalog row, zeros where there is none of its own.</summary>
    public CatalogId Id { get; init; }

    /// <summary>The bare name.</summary>
    public required string Name { get; init; }

    /// <summary>The schema it lives in, or null.</summary>
    public SchemaObject? Schema { get; init; }

    /// <summary>The bare name of the owner, or null where it has none.</summary>
    public string? Owner { get; init; }

    /// <summary>Its number in the dump; set when it is registered with the <see cref="CatalogSet"/>.</summary>
    public DumpId DumpId { get; set; }

    /// <summary>What is wanted of it by the selection.</summary>
    public Components Wanted { get; set; }

    /// <summary>What it has: definition and dependants always, the rest is set by the readers that find some.</summary>
    public Components Present { get; set; } = Components.Definition;

    /// <summary>What to dump of it.</summary>
    public Components Dumped => Wanted & Present;

    /// <summary>The extension it is a member of, or null.</summary>
    public ExtensionObject? Extension { get; set; }

    /// <summary>The extension that somebody has added it to, or null.</summary>
    public ExtensionObject? AddedTo { get; set; }

    /// <summary>The extensions it was declared to depend on (<c>DEPENDS ON EXTENSION</c>).</summary>
    public IReadOnlyList<ExtensionObject> DependsOnExtensions => _dependsOnExtensions ?? s_noExtensions;

    /// <summary>Its current privileges, null where none are stored.</summary>
    public AclFacts? Acl { get; set; }

    /// <summary>The objects that must come before it.</summary>
    public ReadOnlySpan<CatalogObject> Needs => _needs.AsSpan(0, _needCount);

    /// <summary>True where the object stands in the dump as an entry of its own.</summary>
    public bool Emits(Components component) => (Dumped & component) != 0;

    /// <summary>Adds an edge: <paramref name="other"/> must come before this object.</summary>
    public void AddNeed(CatalogObject other)
    {
        if (_needCount == _needs.Length)
        {
            Array.Resize(ref _needs, Math.Max(2, 2 * _needCount));
        }

        _needs[_needCount++] = other;
    }

    /// <summary>Removes every edge to <paramref name="other"/>; loop repairs do that.</summary>
    public void RemoveNeed(CatalogObject other)
    {
        int kept = 0;
        for (int i = 0; i < _needCount; i++)
        {
            if (!ReferenceEquals(_needs[i], other))
            {
                _needs[kept++] = _needs[i];
            }
        }

        _needs.AsSpan(kept, _needCount - kept).Clear();
        _needCount = kept;
    }

    /// <summary>Notes that it was declared to depend on an extension.</summary>
    public void AddExtension(ExtensionObject extension) => (_dependsOnExtensions ??= []).Add(extension);

    /// <inheritdoc/>
    public override string ToString() =>
        Schema is null ? $"{Kind} {Name} ({Id})" : $"{Kind} {Schema.Name}.{Name} ({Id})";
}
