using PureDump.Formats.Entries;
using PureDump.Formats.Script;

namespace PureDump.Engine.Jobs;

/// <summary>
/// Says for which entries of a Toc the target calls functions of users. Such a function may read any table, whatever it is declared to do;
/// so it is called when all rows are there. Where a dump does not say it by dependencies it does by its text (<see cref="UserCalls"/>),
/// and where neither does, by the types of what is there (<see cref="CallingTypes{T}"/>).
/// </summary>
/// <remarks>
/// <para>What calls a function of a user waits for all rows, seen by dependencies, by the text and by types: the catalog does not know
/// which tables a function reads. Text that is written with an empty search_path names what is not the system's with its schema; no format
/// has to say more, and archives of pg_dump get the same.</para>
/// <para>Materialized views whose queries call functions of users are filled behind all others, one after the other in the order of the
/// Toc: the function may read any of them. An index that calls one is built before any is filled, as by pg_restore: what is filled comes
/// behind the privileges, indexes and keys before.</para>
/// </remarks>
internal sealed class UserFunctions
{
    private readonly Toc _toc;
    private readonly CallingTypes<DumpId> _types;
    private readonly Dictionary<DumpId, bool> _views = [];
    private readonly bool _countsExtensions;

    /// <summary>Looks at the types alone.</summary>
    public UserFunctions(Toc toc)
    {
        _toc = toc;
        // What an extension brings reads nothing but tables of its own; if at all, those whose rows are dumped.
        _countsExtensions = toc.Entries.Any(entry => entry.Kind == EntryKind.TableData && toc.TableOf(entry) is null);
        _types = FindTypes();
    }

    /// <summary>True where the statement of an entry, one of post-data, makes the target call one: for an index, for a CHECK; for a
    /// constant, which becomes a value as the statement is read.</summary>
    public bool AreCalledBy(TocEntry entry) => entry.Kind switch
    {
        EntryKind.Index or EntryKind.Constraint or EntryKind.CheckConstraint =>
            NeedsFunction(entry) || NeedsType(entry) || entry.Dependencies.Any(_types.AreCalledToUse)
                || (UserCalls.AreIn(entry.CreateSql) && !IsOfExtension(entry)),
        EntryKind.Rule or EntryKind.Policy or EntryKind.Trigger or EntryKind.Statistics => NeedsType(entry),
        _ => false,
    };

    /// <summary>
    /// True where the target calls one for each row that comes into a table: for a CHECK that stands inside it, a generated column, a
    /// type of its columns, the key by which it is a partition.
    /// </summary>
    /// <param name="id">The table.</param>
    /// <param name="tree">Which tables it is a partition of.</param>
    public bool AreCalledByRowsOf(DumpId id, PartitionTree tree) =>
        _types.AreCalledToMake(id)
        || WithParents(id).Any(above => IsCalledBehind(_toc[above], static word => word is "CHECK" or "AS"))
        || tree.Above(id).Append(id).Any(above => IsCalledBehind(_toc[above], static word => word is "RANGE" or "LIST" or "HASH"));

    /// <summary>True where a materialized view is filled with what one gives, called by its query or by that of a view in it.</summary>
    /// <param name="refresh">The entry that fills it.</param>
    public bool AreCalledByQueryOf(TocEntry refresh) =>
        refresh.Dependencies.Any(id => _toc[id].Kind == EntryKind.MaterializedView && IsViewCalling(_toc[id]));

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

    private CallingTypes<DumpId> FindTypes()
    {
        List<DumpId> holders = [.. _toc.Entries.Where(IsHolder).Select(static entry => entry.Id)];
        var compared = new HashSet<DumpId>();
        foreach (TocEntry entry in _toc.Entries.Where(static entry => entry.Kind == EntryKind.OperatorClass))
        {
            if (OperatorClassText.ComparedType(entry.CreateSql) is not { } type)
            {
                continue;
            }

            int before = compared.Count;
            compared.UnionWith(entry.Dependencies.Where(id => IsHolder(_toc[id])));
            if (compared.Count == before)
            {
                // One of the system's: nothing depends on it.
                compared.UnionWith(holders.Where(id => UserCalls.Name(_toc[id].CreateSql, type)));
            }
        }

        return new CallingTypes<DumpId>(
            holders,
            id => _toc[id].Dependencies,
            id => _toc[id].Kind == EntryKind.Type && NeedsFunction(_toc[id]),
            compared.Contains,
            (id, isUsed) =>
                _toc[id] is { Kind: EntryKind.Domain } domain && IsCalledBehind(domain, static word => word is "CHECK", isUsed));
    }

    private static bool IsHolder(TocEntry entry) =>
        entry.Kind
            is EntryKind.Type
                or EntryKind.Domain
                or EntryKind.Table
                or EntryKind.ForeignTable
                or EntryKind.View
                or EntryKind.MaterializedView;

    private bool IsCalledBehind(TocEntry table, Func<string, bool> isWanted) =>
        IsCalledBehind(table, isWanted, _types.AreCalledToUse(table.Id));

    private bool IsCalledBehind(TocEntry entry, Func<string, bool> isWanted, bool isUsed) =>
        (UserCalls.AreBehind(entry.CreateSql, isWanted, out bool hasAny) && !IsOfExtension(entry))
        || (hasAny && (isUsed || NeedsFunction(entry)));

    // What a table inherits is not in its own statement.
    private HashSet<DumpId> WithParents(DumpId table)
    {
        HashSet<DumpId> result = [table];
        var open = new Stack<DumpId>(result);
        while (open.TryPop(out DumpId id))
        {
            foreach (DumpId parent in _toc[id].Dependencies.Where(IsTable).Where(result.Add))
            {
                open.Push(parent);
            }
        }

        return result;
    }

    private bool IsViewCalling(TocEntry view)
    {
        if (!_views.TryGetValue(view.Id, out bool isCalling))
        {
            // For an archive in which views need one another in a circle.
            _views[view.Id] = false;
            isCalling = NeedsFunction(view) || NeedsType(view) || view.Dependencies.Any(_types.AreCalledToUse)
                || (UserCalls.AreIn(view.CreateSql) && !IsOfExtension(view))
                || view.Dependencies.Any(id => _toc[id].Kind == EntryKind.View && IsViewCalling(_toc[id]));
            _views[view.Id] = isCalling;
        }

        return isCalling;
    }

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

    private bool NeedsType(TocEntry entry) =>
        entry.Dependencies.Any(id => _toc[id].Kind is EntryKind.Domain or EntryKind.Type && _types.AreCalledToMake(id));
}
