using PureDump.Formats.Entries;
using PureDump.Formats.Script;
using PureDump.Formats.Values;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>The types of a catalog with whose values the server calls functions of users.</summary>
internal static class LateTypes
{
    /// <summary>Finds them. Dependencies have been read.</summary>
    public static CallingTypes<CatalogObject> Of(CatalogSet catalog)
    {
        var compared = new HashSet<CatalogObject>(ReferenceEqualityComparer.Instance);
        foreach (OperatorClassObject item in catalog.All<OperatorClassObject>().Where(static item => item.IsDefault && IsOfUser(item)))
        {
            if (!OperatorClassText.IsComparing(item.AccessMethod))
            {
                continue;
            }

            TypeObject[] types = [.. item.Needs.ToArray().OfType<TypeObject>()];
            compared.UnionWith(types);
            if (types.Length == 0)
            {
                // One of the system's: nothing depends on it.
                compared.UnionWith(
                    catalog
                        .All<TableObject>()
                        .Where(table => table.Columns.Exists(column => UserCalls.Name(column.TypeName, item.InputType))));
                compared.UnionWith(catalog.All<TypeObject>().Where(type => HasPart(type, item.InputType)));
            }
        }

        return new CallingTypes<CatalogObject>(
            [.. catalog.All<TypeObject>(), .. catalog.All<TableObject>()],
            static item => item.Needs.ToArray(),
            static item => item is TypeObject { TypeType: 'b' or 'r', IsDummy: false } && IsOfUser(item) && CallsItself(item),
            compared.Contains,
            static (item, isUsed) =>
                item is TypeObject { TypeType: 'd' } domain && domain.DomainConstraints.Exists(check =>
                    check.Type == 'c' && (isUsed || LateChecks.Reaches(check, IsUsersFunction, static below => below is not TableObject))));
    }

    private static bool IsOfUser(CatalogObject item) => item.Extension is null && !item.Id.Row.IsBuiltIn;

    private static bool IsUsersFunction(CatalogObject item) => item is FunctionObject && IsOfUser(item);

    private static bool CallsItself(CatalogObject type)
    {
        foreach (CatalogObject need in type.Needs)
        {
            if (need is FunctionObject or OperatorGroupObject && IsOfUser(need))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasPart(TypeObject type, string part) => type.Definition switch
    {
        CompositeDefinition composite => composite.Attributes.Any(attribute => UserCalls.Name(attribute.TypeName, part)),
        RangeDefinition range => UserCalls.Name(range.Subtype, part),
        DomainDefinition domain => UserCalls.Name(domain.BaseType, part),
        _ => false,
    };
}
