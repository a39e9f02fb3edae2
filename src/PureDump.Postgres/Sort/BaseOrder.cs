using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Sort;

/// <summary>
/// The order objects have when no dependency says otherwise: kind, schema, name, then what else makes the object
/// unique, so that databases with the same contents are dumped the same whatever their OIDs are
/// (pg_dump_sort.c, DOTypeNameCompare).
/// </summary>
internal sealed class BaseOrder(CatalogSet catalog) : IComparer<CatalogObject>
{
    public int Compare(CatalogObject? x, CatalogObject? y)
    {
        if (ReferenceEquals(x, y) || x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        int order = x.Kind - y.Kind;
        order = order != 0 ? order : CompareSchemas(x.Schema, y.Schema);
        order = order != 0 ? order : Utf8Order.Compare(x.Name, y.Name);
        order = order != 0 ? order : ClassRank(x) - ClassRank(y);
        order = order != 0 ? order : CompareNaturalKeys(x, y);
        order = order != 0 ? order : x.Id.Row.CompareTo(y.Id.Row);
        return order != 0 ? order : x.DumpId.CompareTo(y.DumpId);
    }

    private static int CompareSchemas(SchemaObject? x, SchemaObject? y) =>
        x is not null && y is not null
            ? Utf8Order.Compare(x.Name, y.Name)
            : (x is null ? 1 : 0) - (y is null ? 1 : 0);

    // Kinds that share a place in the order without sharing a name space: the shell stands behind its type, the family
    // behind its class (which needs it, so that in the end it is the other way round).
    private static int ClassRank(CatalogObject item) => item is ShellTypeObject or OperatorFamilyObject ? 1 : 0;

    private int CompareNaturalKeys(CatalogObject x, CatalogObject y) => (x, y) switch
    {
        (FunctionObject a, FunctionObject b) => CompareArguments(a.ArgumentTypes, b.ArgumentTypes),
        (OperatorObject a, OperatorObject b) => CompareOperators(a, b),
        (OperatorGroupObject a, OperatorGroupObject b) => Utf8Order.Compare(a.AccessMethod, b.AccessMethod),
        (CollationObject a, CollationObject b) => a.Encoding - b.Encoding,
        (DefaultObject a, DefaultObject b) => a.ColumnNumber - b.ColumnNumber,
        (PolicyObject a, PolicyObject b) => Utf8Order.Compare(a.Table.Name, b.Table.Name),
        (RuleObject a, RuleObject b) => Utf8Order.Compare(a.Table.Name, b.Table.Name),
        (TriggerObject a, TriggerObject b) => Utf8Order.Compare(a.Table.Name, b.Table.Name),
        (ConstraintObject a, ConstraintObject b) => CompareConstraints(a, b),
        (PublicationTableObject a, PublicationTableObject b) => Utf8Order.Compare(a.Publication.Name, b.Publication.Name),
        (PublicationSchemaObject a, PublicationSchemaObject b) => Utf8Order.Compare(a.Publication.Name, b.Publication.Name),
        (DefaultAclObject a, DefaultAclObject b) => Utf8Order.Compare(a.Owner ?? "", b.Owner ?? ""),
        _ => 0,
    };

    private int CompareArguments(IReadOnlyList<uint> x, IReadOnlyList<uint> y)
    {
        int order = x.Count - y.Count;
        for (int i = 0; order == 0 && i < x.Count; i++)
        {
            order = CompareTypes(new Oid(x[i]), new Oid(y[i]));
        }

        return order;
    }

    // Postfix, prefix, infix: the letters r, l, b.
    private int CompareOperators(OperatorObject x, OperatorObject y)
    {
        int order = y.OperatorKind - x.OperatorKind;
        order = order != 0 ? order : CompareTypes(x.LeftType, y.LeftType);
        return order != 0 ? order : CompareTypes(x.RightType, y.RightType);
    }

    // A type that was not collected decides nothing; the next argument does.
    private int CompareTypes(Oid x, Oid y)
    {
        if (x == y || catalog.FindType(x) is not { } a || catalog.FindType(y) is not { } b)
        {
            return 0;
        }

        int order = CompareSchemas(a.Schema, b.Schema);
        return order != 0 ? order : Utf8Order.Compare(a.Name, b.Name);
    }

    // Those of domains first, as domains stand before tables.
    private static int CompareConstraints(ConstraintObject x, ConstraintObject y)
    {
        int order = (x.Domain is null ? 1 : 0) - (y.Domain is null ? 1 : 0);
        return order != 0 ? order
            : Utf8Order.Compare((x.Domain?.Name ?? x.Table?.Name) ?? "", (y.Domain?.Name ?? y.Table?.Name) ?? "");
    }
}
