using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Ddl;

/// <summary>Privileges as GRANT and REVOKE statements (dumputils.c, buildACLCommands; pg_dump.c, dumpACL).</summary>
internal static class AclDdl
{
    /// <summary>Adds the ACL entry of an object, where its privileges differ from what a restore would give it.</summary>
    /// <param name="item">The object, with its <see cref="CatalogObject.Acl"/>.</param>
    /// <param name="type">What stands after ON, e.g. <c>TABLE</c>.</param>
    /// <param name="name">The qualified, quoted name with its signature.</param>
    /// <param name="context">Where to.</param>
    /// <returns>The entry's number, or null where none was needed.</returns>
    public static DumpId? Emit(CatalogObject item, string type, string name, DdlContext context) =>
        item.Acl is { } acl && IsWanted(item, context)
            ? Add(item, $"{type} {Bare(item, name)}", Statements(acl, type, name, null, item.Owner), [item.DumpId], context)
            : null;

    /// <summary>Adds the ACL entry of one column; its type is always TABLE (pg_dump.c, dumpTable).</summary>
    /// <param name="table">The relation.</param>
    /// <param name="column">The bare column name.</param>
    /// <param name="acl">The column's privileges; their default is empty.</param>
    /// <param name="qualifiedTable">The qualified, quoted name of the relation.</param>
    /// <param name="context">Where to.</param>
    /// <param name="tableAcl">The relation's own ACL entry, which must be restored before, or null.</param>
    /// <returns>The entry's number, or null where none was needed.</returns>
    public static DumpId? EmitColumn(
        TableObject table, string column, AclFacts acl, string qualifiedTable, DdlContext context, DumpId? tableAcl)
    {
        if (!IsWanted(table, context))
        {
            return null;
        }

        string name = SqlText.Name(column);
        return Add(
            table,
            $"COLUMN {Bare(table, qualifiedTable)}.{name}",
            Statements(acl, "TABLE", qualifiedTable, name, table.Owner),
            tableAcl is { } id ? [table.DumpId, id] : [table.DumpId],
            context);
    }

    /// <summary>Adds an ACL entry whose statements were put together by the caller; nothing where they are empty.</summary>
    public static DumpId? Add(CatalogObject item, string tag, string statements, DumpId[] needs, DdlContext context) =>
        statements.Length == 0
            ? null
            : context.Toc.AddDependent(
                new TocEntry
                {
                    Id = context.Toc.NextId(),
                    Kind = EntryKind.Acl,
                    Schema = item.Schema?.Name,
                    Name = tag,
                    Owner = item.Owner,
                    Section = Section.None,
                    CreateSql = statements,
                },
                needs);

    /// <summary>Whether privileges are dumped at all and are wanted of this object.</summary>
    public static bool IsWanted(CatalogObject item, DdlContext context) =>
        context.WithPrivileges && (item.Wanted & Components.Acl) != 0;

    /// <summary>
    /// The statements that turn the privileges a fresh object has (the initial ones of initdb or its extension, else the
    /// default ones) into the current ones. Empty where they are the same.
    /// </summary>
    /// <param name="acl">What the catalog says.</param>
    /// <param name="type">What stands after ON; decides which privileges are ALL.</param>
    /// <param name="name">The qualified, quoted name; empty for default privileges.</param>
    /// <param name="column">The quoted column name, or null.</param>
    /// <param name="owner">The bare owner: what others granted is granted in their name.</param>
    /// <param name="prefix">Stands before every GRANT and REVOKE.</param>
    /// <exception cref="PureDumpException">A privilege cannot be read (<see cref="ErrorKind.Catalog"/>).</exception>
    public static string Statements(AclFacts acl, string type, string name, string? column, string? owner, string prefix = "")
    {
        // Null means the default privileges and is not the same as an empty list, where all are revoked.
        IReadOnlyList<string>? current = acl.Current ?? (acl.Initial is null ? null : acl.Default);
        if (current is null)
        {
            return "";
        }

        IReadOnlyList<string> before = acl.Initial ?? acl.Default;
        string target = name.Length == 0 ? type : $"{type} {name}";
        var first = new StringBuilder();
        var second = new StringBuilder();

        // Items are compared as text: both sides are the work of aclitemout.
        foreach (string text in before.Except(current, StringComparer.Ordinal))
        {
            AclItem item = AclItem.Parse(text);
            (string plain, _) = Privileges(item.Privileges.Replace("*", "", StringComparison.Ordinal), type, column);
            if (plain.Length > 0)
            {
                first.Append($"{prefix}REVOKE {plain} ON {target} FROM {Role(item.Grantee)};\n");
            }
        }

        // In the array's order, because what was granted on needs its grant option first; only the owner's own
        // privileges are put before all others.
        foreach (string text in current.Except(before, StringComparer.Ordinal))
        {
            AclItem item = AclItem.Parse(text);
            (string plain, string withOption) = Privileges(item.Privileges, type, column);
            if (plain.Length == 0 && withOption.Length == 0)
            {
                continue;
            }

            bool byOwner = item.Grantor == owner;
            StringBuilder sql = byOwner && item.Grantee == owner ? first : second;
            if (!byOwner)
            {
                sql.Append($"SET SESSION AUTHORIZATION {SqlText.Name(item.Grantor)};\n");
            }

            if (plain.Length > 0)
            {
                sql.Append($"{prefix}GRANT {plain} ON {target} TO {Role(item.Grantee)};\n");
            }

            if (withOption.Length > 0)
            {
                sql.Append($"{prefix}GRANT {withOption} ON {target} TO {Role(item.Grantee)} WITH GRANT OPTION;\n");
            }

            if (!byOwner)
            {
                sql.Append("RESET SESSION AUTHORIZATION;\n");
            }
        }

        return first.Append(second).ToString();
    }

    // The keywords of an item's letters, those without and those with grant option; ALL where every privilege of the
    // type is among them (dumputils.c, parseAclItem). Letters the type does not know are left out, as pg_dump does.
    private static (string Plain, string WithOption) Privileges(string letters, string type, string? column)
    {
        var plain = new StringBuilder();
        var withOption = new StringBuilder();
        bool allPlain = true;
        bool allWithOption = true;
        foreach ((char letter, string keyword) in PrivilegesOf(type, column is not null))
        {
            int at = letters.IndexOf(letter, StringComparison.Ordinal);
            if (at < 0)
            {
                allPlain = allWithOption = false;
            }
            else if (at + 1 < letters.Length && letters[at + 1] == '*')
            {
                Append(withOption, keyword, column);
                allPlain = false;
            }
            else
            {
                Append(plain, keyword, column);
                allWithOption = false;
            }
        }

        string all = column is null ? "ALL" : $"ALL({column})";
        return allWithOption ? ("", all) : allPlain ? (all, "") : (plain.ToString(), withOption.ToString());
    }

    private static void Append(StringBuilder list, string keyword, string? column)
    {
        list.Append(list.Length == 0 ? "" : ",").Append(keyword);
        if (column is not null)
        {
            list.Append($"({column})");
        }
    }

    // In the order pg_dump lists them.
    private static (char Letter, string Keyword)[] PrivilegesOf(string type, bool ofColumn) => type switch
    {
        "TABLE" when ofColumn => [('r', "SELECT"), ('a', "INSERT"), ('x', "REFERENCES"), ('w', "UPDATE")],
        "TABLE" or "TABLES" =>
        [
            ('r', "SELECT"), ('a', "INSERT"), ('x', "REFERENCES"), ('d', "DELETE"), ('t', "TRIGGER"), ('D', "TRUNCATE"),
            ('m', "MAINTAIN"), ('w', "UPDATE"),
        ],
        "SEQUENCE" or "SEQUENCES" => [('r', "SELECT"), ('U', "USAGE"), ('w', "UPDATE")],
        "FUNCTION" or "FUNCTIONS" or "PROCEDURE" or "PROCEDURES" => [('X', "EXECUTE")],
        "SCHEMA" or "SCHEMAS" => [('C', "CREATE"), ('U', "USAGE")],
        "DATABASE" => [('C', "CREATE"), ('c', "CONNECT"), ('T', "TEMPORARY")],
        "LARGE OBJECT" or "LARGE OBJECTS" => [('r', "SELECT"), ('w', "UPDATE")],
        "TABLESPACE" => [('C', "CREATE")],
        "PARAMETER" => [('s', "SET"), ('A', "ALTER SYSTEM")],
        "LANGUAGE" or "TYPE" or "TYPES" or "FOREIGN DATA WRAPPER" or "FOREIGN SERVER" => [('U', "USAGE")],
        _ => throw new PureDumpException(ErrorKind.Internal, $"privileges on a {type} are not known"),
    };

    private static string Role(string name) => name.Length == 0 ? "PUBLIC" : SqlText.Name(name);

    // The tag shows the name without its schema.
    private static string Bare(CatalogObject item, string name)
    {
        string prefix = item.Schema is null ? "" : SqlText.Name(item.Schema.Name) + ".";
        return name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;
    }
}
