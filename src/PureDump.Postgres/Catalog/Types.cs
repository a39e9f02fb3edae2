using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads all types, and the definitions of those that are dumped: one query per kind of type.</summary>
internal static class Types
{
    /// <summary>Has them read meanwhile.</summary>
    public static void Ask(CatalogAhead? ahead, CatalogSet catalog) => ahead?.Ask("Types.sql", MapOf(catalog));

    /// <summary>Registers every type, the shells of base and range types and the constraints of domains.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        List<TypeObject> types = session.Query("Types.sql", MapOf(catalog));
        foreach (TypeObject type in types)
        {
            catalog.Register(type);
        }

        List<TypeObject> defined = types.FindAll(type => !type.IsDummy && type.IsDefined && type.Emits(Components.Definition));
        foreach (TypeObject type in defined)
        {
            if (type.TypeType is 'b' or 'r')
            {
                RegisterShell(type, catalog);
            }
        }

        ReadDefinitions(session, "BaseTypes.sql", defined, 'b', MapBaseType);
        ReadDefinitions(session, "EnumTypes.sql", defined, 'e', MapEnum);
        ReadDefinitions(session, "RangeTypes.sql", defined, 'r', MapRange);
        ReadDefinitions(session, "Domains.sql", defined, 'd', MapDomain);
        ReadAttributes(session, defined);
        ReadDomainConstraints(session, catalog, defined);
    }

    // Looks schemas up and registers nothing: it may run while the leader reads on.
    private static RowMap<TypeObject> MapOf(CatalogSet catalog)
    {
        return Map;

        TypeObject Map(ref CatalogRow row) => new()
        {
            Id = new CatalogId(row.Oid(), row.Oid()),
            Name = row.Text(),
            Schema = catalog.SchemaOf(row.Oid()),
            Owner = row.Text(),
            Acl = AclFacts.Take(ref row),
            TypeType = row.Char(),
            IsDefined = row.Bool(),
            IsArray = row.Bool(),
            RelationOid = row.Oid(),
            RelationKind = row.Char(),
            ElementOid = row.Oid(),
        };
    }

    // It has no catalog id: it must not get the type's dependencies. Whether it is dumped is decided by the sort, which
    // wants it where a function that is dumped takes or returns the type (pg_dump.c, getTypes).
    private static void RegisterShell(TypeObject type, CatalogSet catalog) =>
        type.Shell = catalog.Register(new ShellTypeObject
        {
            Name = type.Name,
            Schema = type.Schema,
            Owner = type.Owner,
            Base = type,
        });

    private static void ReadDefinitions(
        CatalogSession session, string query, List<TypeObject> types, char typeType, RowMap<(Oid Type, TypeDefinition Definition)> map)
    {
        Dictionary<Oid, TypeObject> ofKind = OfKind(types, typeType);
        if (ofKind.Count == 0)
        {
            return;
        }

        foreach ((Oid oid, TypeDefinition definition) in session.Query(query, map, Oids(ofKind)))
        {
            ofKind[oid].Definition = definition;
        }
    }

    private static void ReadAttributes(CatalogSession session, List<TypeObject> types)
    {
        Dictionary<Oid, TypeObject> composites = OfKind(types, 'c');
        if (composites.Count == 0)
        {
            return;
        }

        ILookup<Oid, CompositeAttribute> attributes = session.Query("CompositeTypes.sql", MapAttribute, Oids(composites))
            .ToLookup(row => row.Type, row => row.Attribute);
        foreach ((Oid oid, TypeObject type) in composites)
        {
            type.Definition = new CompositeDefinition([.. attributes[oid]]);
        }
    }

    private static void ReadDomainConstraints(CatalogSession session, CatalogSet catalog, List<TypeObject> types)
    {
        Dictionary<Oid, TypeObject> domains = OfKind(types, 'd');
        if (domains.Count == 0)
        {
            return;
        }

        foreach (ConstraintObject constraint in session.Query("DomainConstraints.sql", Map, Oids(domains)))
        {
            TypeObject domain = constraint.Domain!;
            domain.DomainConstraints.Add(catalog.Register(constraint));
            if (constraint.IsValidated)
            {
                // What the constraint needs, the domain needs too; one that is not validated comes after it anyway.
                domain.AddNeed(constraint);
            }
        }

        ConstraintObject Map(ref CatalogRow row)
        {
            TypeObject domain = domains[row.Oid()];
            var id = new CatalogId(row.Oid(), row.Oid());
            string name = row.Text();
            char type = row.Char();
            string definition = row.Text();
            bool isValidated = row.Bool();
            return new ConstraintObject
            {
                Id = id,
                Name = name,
                Schema = domain.Schema,
                Owner = domain.Owner,
                Type = type,
                Domain = domain,
                Definition = definition,
                IsValidated = isValidated,
                IsSeparate = !isValidated,
            };
        }
    }

    private static Dictionary<Oid, TypeObject> OfKind(List<TypeObject> types, char typeType) =>
        types.Where(type => type.TypeType == typeType).ToDictionary(type => type.Id.Row);

    private static uint[] Oids(Dictionary<Oid, TypeObject> types) => [.. types.Keys.Select(oid => oid.Value)];

    private static (Oid Type, TypeDefinition Definition) MapBaseType(ref CatalogRow row) =>
        (row.Oid(), new BaseTypeDefinition
        {
            Length = row.Int16(),
            Input = row.Text(),
            Output = row.Text(),
            Receive = row.TextOrNull(),
            Send = row.TextOrNull(),
            ModifierInput = row.TextOrNull(),
            ModifierOutput = row.TextOrNull(),
            Analyze = row.TextOrNull(),
            Subscript = row.TextOrNull(),
            IsCollatable = row.Bool(),
            Default = new TypeDefault(row.TextOrNull(), row.TextOrNull()),
            Element = row.TextOrNull(),
            Category = row.Char(),
            IsPreferred = row.Bool(),
            Delimiter = row.Char(),
            Alignment = row.Char(),
            Storage = row.Char(),
            IsPassedByValue = row.Bool(),
        });

    private static (Oid Type, TypeDefinition Definition) MapEnum(ref CatalogRow row) =>
        (row.Oid(), new EnumDefinition(row.TextsOrNull() ?? []));

    private static (Oid Type, TypeDefinition Definition) MapRange(ref CatalogRow row) =>
        (
            row.Oid(),
            new RangeDefinition(
                row.Text(),
                row.TextOrNull(),
                QualifiedOrNull(ref row),
                QualifiedOrNull(ref row),
                row.TextOrNull(),
                row.TextOrNull()));

    private static (Oid Type, TypeDefinition Definition) MapDomain(ref CatalogRow row) =>
        (row.Oid(),
        new DomainDefinition(row.Text(), QualifiedOrNull(ref row), row.Bool(), new TypeDefault(row.TextOrNull(), row.TextOrNull())));

    private static (Oid Type, CompositeAttribute Attribute) MapAttribute(ref CatalogRow row) =>
        (row.Oid(), new CompositeAttribute(row.Text(), row.Int16(), row.Text(), QualifiedOrNull(ref row)));

    private static (string Schema, string Name)? QualifiedOrNull(ref CatalogRow row)
    {
        string? schema = row.TextOrNull();
        string? name = row.TextOrNull();
        return schema is null || name is null ? null : (schema, name);
    }
}
