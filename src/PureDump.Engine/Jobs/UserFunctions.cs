using PureDump.Formats.Entries;
using PureDump.Formats.Script;

namespace PureDump.Engine.Jobs;

/// <summary>
/// Says for which entries of a Toc the target calls functions of users. Such a function may read any table, whatever it is declared to do;
/// so it is called when all rows are there. Where a dump does not say it by dependencies it does by its text (<see cref="UserCalls"/>).
/// </summary>
internal sealed class UserFunctions
{
    private readonly Toc _toc;
    private readonly Dictionary<DumpId, bool> _domains = [];
    private readonly bool _countsExtensions;

    /// <summary>Looks at nothing yet.</summary>
    public UserFunctions(Toc toc)
    {
        _toc = toc;
        // What an extension brings reads nothing but tables of its own; if at all, those whose rows are dumped.
        _countsExtensions = toc.Entries.Any(entry => entry.Kind == EntryKind.TableData && toc.TableOf(entry) is null);
    }

    /// <summary>True where the statement of an entry, one of post-data, makes the target call one: for an index, for a CHECK.</summary>
    public bool AreCalledBy(TocEntry entry) =>
        entry.Kind is EntryKind.Index or EntryKind.Constraint or EntryKind.CheckConstraint
        && (NeedsFunction(entry) || NeedsDomain(entry) || (UserCalls.AreIn(entry.CreateSql) && !IsOfExtension(entry)));

    /// <summary>
    /// True where the target calls one for each row that comes into a table: for a CHECK that stands inside it, a generated column, a
    /// domain, the key by which it is a partition.
    /// </summary>
    /// <param name="id">The table.</param>
    /// <param name="tree">Which tables it is a partition of.</param>
    public bool AreCalledByRowsOf(DumpId id, PartitionTree tree)
    {
        TocEntry table = _toc[id];
        return NeedsDomain(table)
            || IsCalledBehind(table, static word => word is "CHECK" or "AS")
            || tree.Above(id).Append(id).Any(above => IsCalledBehind(_toc[above], static word => word is "RANGE" or "LIST" or "HASH"));
    }

    /// <summary>The tables with columns of a domain to which an entry adds a CHECK: the target locks them all, and looks through their
    /// rows.</summary>
    public IEnumerable<DumpId> TablesOfDomain(TocEntry entry)
    {
        HashSet<DumpId> domains = [.. entry.Dependencies.Where(id => _toc[id].Kind == EntryKind.Domain)];
        if (entry.Kind is not (EntryKind.CheckConstraint or EntryKind.Constraint) || domains.Count == 0 || entry.Dependencies.Any(IsTable))
        {
            return [];
        }

        // Entries stand behind what they need.
        domains.UnionWith(
            _toc.Entries.Where(other => other.Kind == EntryKind.Domain && other.Dependencies.Any(domains.Contains))
                .Select(static other => other.Id));
        return _toc
            .Entries.Where(table => table.Kind == EntryKind.Table && table.Dependencies.Any(domains.Contains))
            .Select(static table => table.Id);
    }

    private bool IsCalledBehind(TocEntry table, Func<string, bool> isWanted) =>
        (UserCalls.AreBehind(table.CreateSql, isWanted, out bool hasAny) && !IsOfExtension(table)) || (hasAny && NeedsFunction(table));

    private bool IsTable(DumpId id) => _toc[id].Kind == EntryKind.Table;

    private bool NeedsFunction(TocEntry entry) =>
        entry.Dependencies.Any(id =>
            _toc[id].Kind
                is EntryKind.Function
                    or EntryKind.Procedure
                    or EntryKind.Aggregate
                    or EntryKind.Operator
                    or EntryKind.OperatorClass
                    or EntryKind.OperatorFamily
                    or EntryKind.Cast);

    // A call in its text of what no other entry makes: where it needs an extension, that does.
    private bool IsOfExtension(TocEntry entry) =>
        !_countsExtensions && !NeedsFunction(entry) && entry.Dependencies.Any(id => _toc[id].Kind == EntryKind.Extension);

    // Types may contain themselves only by way of tables, which are not gone through.
    private bool NeedsDomain(TocEntry entry) =>
        entry.Dependencies.Any(id => _toc[id] is { Kind: EntryKind.Domain or EntryKind.Type } type && IsDomain(type));

    private bool IsDomain(TocEntry type)
    {
        if (!_domains.TryGetValue(type.Id, out bool isOne))
        {
            // For an archive in which types need one another in a circle.
            _domains[type.Id] = false;
            isOne = (type.Kind == EntryKind.Domain && IsCalledBehind(type, static word => word is "CHECK")) || NeedsDomain(type);
            _domains[type.Id] = isOne;
        }

        return isOne;
    }
}
