using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Ddl;

/// <summary>Row security as SQL (pg_dump.c, dumpPolicy). It is enabled after the data, or it would filter the load.</summary>
internal static class PolicyDdl
{
    /// <summary>Adds the entries of one policy, or of the ENABLE itself.</summary>
    public static void Emit(PolicyObject policy, DdlContext context)
    {
        TableObject table = policy.Table;
        string name = SqlText.Name(policy.Name);
        string tableName = SqlText.Name(table.Schema?.Name, table.Name);
        if (policy.Command == '\0')
        {
            EmitEnable(policy, tableName, context);
            return;
        }

        if (policy.Emits(Components.Definition))
        {
            context.Toc.Add(policy, new TocEntry
            {
                Id = policy.DumpId,
                CatalogId = policy.Id,
                Kind = EntryKind.Policy,
                Schema = policy.Schema?.Name,
                Name = $"{table.Name} {policy.Name}",
                Owner = table.Owner,
                Section = Section.PostData,
                CreateSql = CreateSql(policy, name, tableName),
                DropSql = $"DROP POLICY {name} ON {tableName};\n",
                DropIfExistsSql = $"DROP POLICY IF EXISTS {name} ON {tableName};\n",
            });
        }

        CommentDdl.Emit(
            policy,
            $"POLICY {name} ON {tableName}",
            $"POLICY {name} ON {SqlText.Name(table.Name)}",
            policy.Id,
            0,
            table.Schema?.Name,
            context);
    }

    private static void EmitEnable(PolicyObject policy, string tableName, DdlContext context)
    {
        if (!policy.Emits(Components.Definition))
        {
            return;
        }

        context.Toc.Add(policy, new TocEntry
        {
            Id = policy.DumpId,
            CatalogId = policy.Id,
            Kind = EntryKind.RowSecurity,
            Schema = policy.Schema?.Name,
            Name = policy.Name,
            Owner = policy.Owner,
            Section = Section.PostData,

            // Without a line feed, as pg_dump has it: scripts are compared byte for byte.
            CreateSql = $"ALTER TABLE {tableName} ENABLE ROW LEVEL SECURITY;",
        });
    }

    private static string CreateSql(PolicyObject policy, string name, string tableName)
    {
        string command = policy.Command switch
        {
            '*' => "",
            'r' => " FOR SELECT",
            'a' => " FOR INSERT",
            'w' => " FOR UPDATE",
            'd' => " FOR DELETE",
            _ => throw new PureDumpException(
                ErrorKind.Catalog,
                $"policy {name} on {tableName} is for the unknown command '{policy.Command}'"),
        };
        var sql = new StringBuilder($"CREATE POLICY {name} ON {tableName}");
        sql.Append(policy.IsPermissive ? "" : " AS RESTRICTIVE").Append(command);
        if (policy.Roles is not null)
        {
            sql.Append($" TO {policy.Roles}");
        }

        if (policy.Using is not null)
        {
            sql.Append($" USING ({policy.Using})");
        }

        if (policy.WithCheck is not null)
        {
            sql.Append($" WITH CHECK ({policy.WithCheck})");
        }

        return sql.Append(";\n").ToString();
    }
}
