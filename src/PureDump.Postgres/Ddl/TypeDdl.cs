using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Pg;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Ddl;

/// <summary>Types and domains as SQL (pg_dump.c, dumpType and what it calls).</summary>
internal static class TypeDdl
{
    /// <summary>Adds the entries of one type; nothing for types that come with something else.</summary>
    public static void Emit(TypeObject type, DdlContext context)
    {
        if (type.IsDummy)
        {
            return;
        }

        if (type is { TypeType: 'p', IsDefined: true })
        {
            // No statement makes one of initdb's pseudo-types.
            if (type.Emits(Components.Definition))
            {
                context.Warn($"typtype of data type \"{type.Name}\" appears to be invalid");
            }

            return;
        }

        string name = SqlText.Name(type.Schema!.Name, type.Name);
        bool isDomain = type.TypeType == 'd';
        string target = $"{(isDomain ? "DOMAIN" : "TYPE")} {name}";
        if (type.Emits(Components.Definition) && CreateSql(type, name) is { } sql)
        {
            // The functions of a base type need the type and are needed by it: it can only go together with them.
            string cascade = type.Definition is BaseTypeDefinition ? " CASCADE" : "";
            context.Toc.Add(type, new TocEntry
            {
                Id = type.DumpId,
                CatalogId = type.Id,
                Kind = isDomain ? EntryKind.Domain : EntryKind.Type,
                Schema = type.Schema.Name,
                Name = type.Name,
                Owner = type.Owner,
                Section = Section.PreData,
                CreateSql = sql,
                DropSql = $"DROP {target}{cascade};\n",
                DropIfExistsSql = $"DROP {(isDomain ? "DOMAIN" : "TYPE")} IF EXISTS {name}{cascade};\n",
                OwnerTarget = target,
            });
        }

        CommentDdl.Emit(type, target, context);
        SecurityLabelDdl.Emit(type, target, context);
        AclDdl.Emit(type, "TYPE", name, context);
        if (type.Definition is CompositeDefinition composite)
        {
            CommentOnAttributes(type, composite, name, context);
        }

        foreach (ConstraintObject constraint in CommentedConstraints(type))
        {
            CommentOnConstraint(constraint, type, context);
        }
    }

    /// <summary>
    /// Adds the announcement of a type. It has no DROP and no owner: the backend lets a shell be given away only once it
    /// is filled (pg_dump.c, dumpShellType).
    /// </summary>
    public static void EmitShell(ShellTypeObject shell, DdlContext context)
    {
        if (shell.Emits(Components.Definition))
        {
            context.Toc.Add(shell, new TocEntry
            {
                Id = shell.DumpId,
                Kind = EntryKind.ShellType,
                Schema = shell.Schema!.Name,
                Name = shell.Name,
                Owner = shell.Owner,
                Section = Section.PreData,
                CreateSql = $"CREATE TYPE {SqlText.Name(shell.Schema.Name, shell.Name)};\n",
            });
        }
    }

    /// <summary>Adds a constraint of a domain that does not stand in its CREATE statement (pg_dump.c, dumpConstraint).</summary>
    public static void EmitConstraint(ConstraintObject constraint, DdlContext context)
    {
        if (!constraint.IsSeparate)
        {
            return;
        }

        TypeObject domain = constraint.Domain!;
        string domainName = SqlText.Name(domain.Schema!.Name, domain.Name);
        string name = SqlText.Name(constraint.Name);
        if (constraint.Emits(Components.Definition))
        {
            context.Toc.Add(constraint, new TocEntry
            {
                Id = constraint.DumpId,
                CatalogId = constraint.Id,
                Kind = constraint.Type == 'n' ? EntryKind.Constraint : EntryKind.CheckConstraint,
                Schema = domain.Schema.Name,
                Name = $"{domain.Name} {constraint.Name}",
                Owner = domain.Owner,
                Section = Section.PostData,
                CreateSql = $"ALTER DOMAIN {domainName}\n    ADD CONSTRAINT {name} {constraint.Definition};\n",
                DropSql = $"ALTER DOMAIN {domainName} DROP CONSTRAINT {name};\n",
                DropIfExistsSql = $"ALTER DOMAIN IF EXISTS {domainName} DROP CONSTRAINT IF EXISTS {name};\n",
            });
        }

        CommentOnConstraint(constraint, constraint, context);
    }

    private static string? CreateSql(TypeObject type, string name) => type.Definition switch
    {
        BaseTypeDefinition definition => BaseTypeSql(name, definition),
        EnumDefinition definition => EnumSql(name, definition),
        RangeDefinition definition => RangeSql(name, definition),
        CompositeDefinition definition => CompositeSql(name, definition),
        DomainDefinition definition => DomainSql(name, type, definition),
        _ => type.IsDefined ? null : $"CREATE TYPE {name};\n",
    };

    private static string BaseTypeSql(string name, BaseTypeDefinition type)
    {
        var sql = new StringBuilder();
        sql.Append($"CREATE TYPE {name} (\n    INTERNALLENGTH = {(type.Length == -1 ? "variable" : type.Length)}");
        Append(sql, "INPUT", type.Input);
        Append(sql, "OUTPUT", type.Output);
        Append(sql, "RECEIVE", type.Receive);
        Append(sql, "SEND", type.Send);
        Append(sql, "TYPMOD_IN", type.ModifierInput);
        Append(sql, "TYPMOD_OUT", type.ModifierOutput);
        Append(sql, "ANALYZE", type.Analyze);
        Append(sql, "COLLATABLE", type.IsCollatable ? "true" : null);
        Append(sql, "DEFAULT", DefaultSql(type.Default));
        Append(sql, "SUBSCRIPT", type.Subscript);
        Append(sql, "ELEMENT", type.Element);
        Append(sql, "CATEGORY", type.Category == 'U' ? null : SqlText.Literal(type.Category.ToString()));
        Append(sql, "PREFERRED", type.IsPreferred ? "true" : null);
        Append(sql, "DELIMITER", type.Delimiter == ',' ? null : SqlText.Literal(type.Delimiter.ToString()));
        Append(sql, "ALIGNMENT", type.Alignment switch { 'c' => "char", 's' => "int2", 'i' => "int4", 'd' => "double", _ => null });
        Append(sql, "STORAGE", type.Storage switch { 'p' => "plain", 'e' => "external", 'x' => "extended", 'm' => "main", _ => null });
        return sql.Append(type.IsPassedByValue ? ",\n    PASSEDBYVALUE" : "").Append("\n);\n").ToString();
    }

    private static string EnumSql(string name, EnumDefinition type) =>
        $"CREATE TYPE {name} AS ENUM ({string.Join(",", type.Labels.Select(label => $"\n    {SqlText.Literal(label)}"))}\n);\n";

    private static string RangeSql(string name, RangeDefinition type)
    {
        var sql = new StringBuilder();
        sql.Append($"CREATE TYPE {name} AS RANGE (\n    subtype = {type.Subtype}");
        Append(sql, "multirange_type_name", type.Multirange);
        Append(sql, "subtype_opclass", QualifiedOrNull(type.OperatorClass));
        Append(sql, "collation", QualifiedOrNull(type.Collation));
        Append(sql, "canonical", type.Canonical);
        Append(sql, "subtype_diff", type.SubtypeDifference);
        return sql.Append("\n);\n").ToString();
    }

    private static string CompositeSql(string name, CompositeDefinition type) =>
        $"CREATE TYPE {name} AS ({string.Join(",", type.Attributes.Select(AttributeSql))}\n);\n";

    private static string AttributeSql(CompositeAttribute attribute) =>
        $"\n\t{SqlText.Name(attribute.Name)} {attribute.TypeName}{CollateSql(attribute.Collation)}";

    private static string DomainSql(string name, TypeObject domain, DomainDefinition type)
    {
        var sql = new StringBuilder();
        sql.Append($"CREATE DOMAIN {name} AS {type.BaseType}{CollateSql(type.Collation)}");
        if (type.IsNotNull)
        {
            sql.Append(NotNullSql(domain));
        }

        if (DefaultSql(type.Default) is { } value)
        {
            sql.Append($" DEFAULT {value}");
        }

        foreach (ConstraintObject check in domain.DomainConstraints.Where(constraint => constraint.Type == 'c' && !constraint.IsSeparate))
        {
            sql.Append($"\n\tCONSTRAINT {SqlText.Name(check.Name)} {check.Definition}");
        }

        return sql.Append(";\n").ToString();
    }

    // Before 17 it has no name; after, the name is told where it is not the one that is made up for it.
    private static string NotNullSql(TypeObject domain)
    {
        ConstraintObject? constraint = domain.DomainConstraints.Find(constraint => constraint.Type == 'n');
        return constraint is { IsSeparate: true } ? ""
            : constraint is null || constraint.Name == $"{domain.Name}_not_null" ? " NOT NULL"
            : $" CONSTRAINT {SqlText.Name(constraint.Name)} {constraint.Definition}";
    }

    private static string? DefaultSql(TypeDefault value) =>
        value.Expression ?? (value.Text is null ? null : SqlText.Literal(value.Text));

    private static string CollateSql((string Schema, string Name)? collation) =>
        collation is null ? "" : $" COLLATE {QualifiedOrNull(collation)}";

    private static string? QualifiedOrNull((string Schema, string Name)? name) =>
        name is { } known ? SqlText.Name(known.Schema, known.Name) : null;

    private static void Append(StringBuilder sql, string option, string? value)
    {
        if (value is not null)
        {
            sql.Append($",\n    {option} = {value}");
        }
    }

    private static void CommentOnAttributes(TypeObject type, CompositeDefinition composite, string name, DdlContext context)
    {
        // Attributes are columns of the type's relation; pg_class has the oid 1259 on every server.
        var relation = new CatalogId(new Oid(1259), type.RelationOid);
        foreach (CompositeAttribute attribute in composite.Attributes)
        {
            string column = SqlText.Name(attribute.Name);
            CommentDdl.Emit(
                type,
                $"COLUMN {name}.{column}",
                $"COLUMN {SqlText.Name(type.Name)}.{column}",
                relation,
                attribute.Number,
                type.Schema!.Name,
                context);
        }
    }

    // pg_dump comments on the checks first, on the NOT NULL last.
    private static IEnumerable<ConstraintObject> CommentedConstraints(TypeObject domain) =>
        domain.DomainConstraints.Where(constraint => !constraint.IsSeparate).OrderBy(constraint => constraint.Type == 'n');

    private static void CommentOnConstraint(ConstraintObject constraint, CatalogObject needed, DdlContext context)
    {
        TypeObject domain = constraint.Domain!;
        string prefix = $"CONSTRAINT {SqlText.Name(constraint.Name)} ON DOMAIN";
        CommentDdl.Emit(
            needed,
            $"{prefix} {SqlText.Name(domain.Schema!.Name, domain.Name)}",
            $"{prefix} {SqlText.Name(domain.Name)}",
            constraint.Id,
            0,
            domain.Schema.Name,
            context);
    }
}
