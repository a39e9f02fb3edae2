using PureDump.Formats.Entries;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// CHECKs that call functions of users: such a function may look up rows that are not there yet while those of the table are loaded. Each
/// becomes an entry of its own behind all rows, as one that is not validated is. Where the text is to be pg_dump's they stay inside.
/// </summary>
/// <remarks>
/// A CHECK that calls one stands behind the rows in a <c>.pdump</c> and in a copy, not in pg_dump's formats: pg_dump's text is the promise
/// there; its restore loses all rows of such a table where those it looks up come later. Where it stays inside, the rows of its table come
/// last.
/// </remarks>
internal sealed class LateChecks
{
    private readonly CatalogSet _catalog;
    private readonly Dictionary<ConstraintObject, bool> _known = new(ReferenceEqualityComparer.Instance);
    private readonly bool _countsExtensions;
    private readonly CallingTypes<CatalogObject> _types;

    private LateChecks(CatalogSet catalog)
    {
        _catalog = catalog;
        // What an extension brings reads nothing but tables of its own.
        _types = LateTypes.Of(catalog);
        _countsExtensions = catalog.All<TableDataObject>().Any(static data => data.Table.Extension is not null);
    }

    /// <summary>Takes them out of their tables and domains. Dependencies have been read.</summary>
    public static void Separate(CatalogSet catalog)
    {
        var checks = new LateChecks(catalog);
        foreach (ConstraintObject check in catalog.All<ConstraintObject>().Where(checks.IsLate).ToList())
        {
            CatalogObject whole = (CatalogObject?)check.Table ?? check.Domain!;
            whole.RemoveNeed(check);
            check.IsSeparate = true;
            check.AddNeed(whole);
        }
    }

    private bool IsLate(ConstraintObject check)
    {
        if (!_known.TryGetValue(check, out bool isLate))
        {
            isLate = check is { Type: 'c', IsSeparate: false }
                && (check.Table is { } table ? MayLeave(check, table) : check.Domain is not null)
                && CallsUserFunction(check)
                && (check.Domain is not { } domain || !IsInContainers(domain));
            _known.Add(check, isLate);
        }

        return isLate;
    }

    // A foreign table's is never looked at. One that a partition has from its parent comes back with that of the parent.
    private bool MayLeave(ConstraintObject check, TableObject table) =>
        table.RelKind is 'r' or 'p'
        && (
            check.IsLocal
            || !table.IsPartition
            || table.Parents.All(parent =>
                parent.Emits(Components.Definition) && parent.Checks.Exists(above => above.Name == check.Name && IsLate(above))));

    // By itself or by an operator, a cast, a domain; by what it is about, or by a constant in it.
    private bool CallsUserFunction(ConstraintObject check) =>
        _types.AreCalledToUse((CatalogObject?)check.Table ?? check.Domain!)
        || check.Needs.ToArray().Any(need => need is TypeObject && (_types.AreCalledToUse(need) || _types.AreCalledToMake(need)))
        || Reaches(
            check,
            item => item is FunctionObject && (item.Extension is null || _countsExtensions),
            static item => item is not TableObject);

    // A domain gets no constraint where a column holds it inside another type (tablecmds.c, find_composite_type_dependencies).
    private bool IsInContainers(TypeObject domain) => _catalog.All<TableObject>().Any(table =>
    {
        foreach (CatalogObject need in table.Needs)
        {
            if (need is TypeObject type && type != domain
                && Reaches(type, item => item == domain, static item => item is TypeObject or TableObject)
                && !Reaches(type, item => item == domain, static item => item is TypeObject { TypeType: 'd' }))
            {
                return true;
            }
        }

        return false;
    });

    // Whether something is found on the way through what passes, the start included.
    internal static bool Reaches(CatalogObject start, Func<CatalogObject, bool> isFound, Func<CatalogObject, bool> passes)
    {
        var seen = new HashSet<CatalogObject>(ReferenceEqualityComparer.Instance);
        var open = new Stack<CatalogObject>([start]);
        while (open.TryPop(out CatalogObject? item))
        {
            if (isFound(item))
            {
                return true;
            }

            if (passes(item) && seen.Add(item))
            {
                foreach (CatalogObject need in item.Needs)
                {
                    open.Push(need);
                }
            }
        }

        return false;
    }
}
