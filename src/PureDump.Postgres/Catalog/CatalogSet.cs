using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// Everything that was read of one database: the objects, findable by catalog id, numbered in the order they were
/// registered. Readers register; nothing is ever removed (what is not dumped still carries dependencies).
/// </summary>
internal sealed class CatalogSet(Selection selection)
{
    private readonly List<CatalogObject> _objects = [];
    private readonly Dictionary<CatalogId, CatalogObject> _byId = [];
    private readonly Dictionary<Type, List<CatalogObject>> _byClass = [];
    private readonly Dictionary<Oid, SchemaObject> _schemas = [];
    private readonly Dictionary<Oid, TableObject> _tables = [];
    private readonly Dictionary<Oid, TypeObject> _types = [];
    private int _lastDumpId;

    /// <summary>All objects, in the order of their <see cref="CatalogObject.DumpId"/>s.</summary>
    public IReadOnlyList<CatalogObject> Objects => _objects;

    /// <summary>The database itself; numbered with <see cref="NextDumpId"/>, not among <see cref="Objects"/>.</summary>
    public DatabaseObject? Database { get; set; }

    /// <summary>What is true of the whole dump; known once the database was read.</summary>
    public DumpOrigin? Origin { get; set; }

    /// <summary>What the user wants dumped; marks every object as it is registered.</summary>
    public Selection Selection { get; } = selection;

    /// <summary>The members of extensions, read before anything that can be one.</summary>
    public Dictionary<CatalogId, ExtensionObject> ExtensionMembers { get; } = [];

    /// <summary>What somebody made and added to an extension: it is dumped as what it was, and added again.</summary>
    public Dictionary<CatalogId, ExtensionObject> AddedToExtensions { get; } = [];

    /// <summary>All comments by catalog id and column number (0 = the object itself); filled by <see cref="Catalog.Comments"/>.</summary>
    public Dictionary<(CatalogId Id, int Column), string> Comments { get; } = [];

    /// <summary>All security labels, like <see cref="Comments"/>; filled by <see cref="Catalog.SecurityLabels"/>.</summary>
    public Dictionary<(CatalogId Id, int Column), List<SecurityLabel>> SecurityLabels { get; } = [];

    /// <summary>Numbers and keeps an object, tells its extension and marks what is wanted of it. Returns it.</summary>
    public T Register<T>(T item)
        where T : CatalogObject
    {
        item.DumpId = NextDumpId();
        _objects.Add(item);
        Type type = item.GetType();
        if (!_byClass.TryGetValue(type, out List<CatalogObject>? ofClass))
        {
            ofClass = [];
            _byClass.Add(type, ofClass);
        }

        ofClass.Add(item);
        if (!item.Id.Catalog.IsNone)
        {
            _byId.TryAdd(item.Id, item);
        }

        item.Extension = ExtensionMembers.GetValueOrDefault(item.Id);
        if (item.Extension is not null)
        {
            item.AddNeed(item.Extension);
        }

        item.AddedTo = AddedToExtensions.GetValueOrDefault(item.Id);
        if (item.AddedTo is not null)
        {
            item.AddNeed(item.AddedTo);

            // What it had when it was added is no default that comes back with it.
            item.Acl = item.Acl is { InitialKind: 'e' } acl ? acl with { Initial = null, InitialKind = '\0' } : item.Acl;
        }

        if (item.Acl?.Current is not null || item.Acl?.Initial is not null)
        {
            item.Present |= Components.Acl;
        }

        Selection.Mark(item, this);
        switch (item)
        {
            case SchemaObject schema:
                _schemas.Add(schema.Id.Row, schema);
                break;
            case TableObject table:
                _tables.Add(table.Id.Row, table);
                break;
            case TypeObject dataType:
                _types.Add(dataType.Id.Row, dataType);
                break;
        }

        return item;
    }

    /// <summary>A number for an entry that is not an object of its own (comment, ACL).</summary>
    public DumpId NextDumpId() => new(++_lastDumpId);

    /// <summary>The object with that catalog id, or null where it was not collected.</summary>
    public CatalogObject? Find(CatalogId id) => _byId.GetValueOrDefault(id);

    /// <summary>The relation (any relkind) with that <c>pg_class</c> oid, or null.</summary>
    public TableObject? FindTable(Oid oid) => _tables.GetValueOrDefault(oid);

    /// <summary>The relation with that oid, which is in the catalog: what was asked for was about those that are.</summary>
    /// <exception cref="PureDumpException">It was not asked for (<see cref="ErrorKind.Catalog"/>).</exception>
    public TableObject TableOf(Oid oid) =>
        FindTable(oid)
        ?? throw new PureDumpException(
            ErrorKind.Catalog,
            $"the server tells of a relation with the oid {oid}, which it was not asked about");

    /// <summary>The type with that oid, or null.</summary>
    public TypeObject? FindType(Oid oid) => _types.GetValueOrDefault(oid);

    /// <summary>The schema with that oid.</summary>
    /// <exception cref="PureDumpException">It was not in the snapshot (<see cref="ErrorKind.Catalog"/>).</exception>
    public SchemaObject SchemaOf(Oid oid) =>
        _schemas.GetValueOrDefault(oid)
        ?? throw new PureDumpException(
            ErrorKind.Catalog,
            $"there is no schema with the oid {oid}",
            "the catalog changed while it was read; run the dump again");

    /// <summary>All objects of one class, which has no subclasses, in registration order.</summary>
    public IEnumerable<T> All<T>()
        where T : CatalogObject => _byClass.TryGetValue(typeof(T), out List<CatalogObject>? items) ? items.Cast<T>() : [];
}
