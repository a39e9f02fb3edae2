using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Ddl;

/// <summary>Rewrite rules as SQL (pg_dump.c, dumpRule).</summary>
internal static class RuleDdl
{
    /// <summary>Adds the entries of one rule; none for an ON SELECT rule that is part of its view.</summary>
    public static void Emit(RuleObject rule, DdlContext context)
    {
        if (!rule.IsSeparate)
        {
            return;
        }

        TableObject table = rule.Table;
        string name = SqlText.Name(rule.Name);
        string tableName = SqlText.Name(table.Schema?.Name, table.Name);
        if (rule.Emits(Components.Definition))
        {
            // The query of a view that stands as a dummy until now. It cannot be dropped, only replaced by the dummy.
            bool isQuery = rule is { Event: '1', IsInstead: true };
            string dummy = isQuery ? ViewDdl.DummySql(table, "CREATE OR REPLACE VIEW") : "";
            context.Toc.Add(
                rule,
                new TocEntry
                {
                    Id = rule.DumpId,
                    CatalogId = rule.Id,
                    Kind = EntryKind.Rule,
                    Schema = table.Schema?.Name,
                    Name = $"{table.Name} {rule.Name}",
                    Owner = table.Owner,
                    Section = Section.PostData,
                    CreateSql =
                        (isQuery ? ViewDdl.QuerySql(table, "CREATE OR REPLACE VIEW") : $"{rule.Definition}\n") + StateSql(rule, tableName),
                    DropSql = isQuery ? dummy : $"DROP RULE {name} ON {tableName};\n",
                    DropIfExistsSql = isQuery ? dummy : $"DROP RULE IF EXISTS {name} ON {tableName};\n",
                }
            );
        }

        CommentDdl.Emit(
            rule, $"RULE {name} ON {tableName}", $"RULE {name} ON {SqlText.Name(table.Name)}", rule.Id, 0, table.Schema?.Name, context);
    }

    private static string StateSql(RuleObject rule, string tableName) => rule.Enabled switch
    {
        'A' => $"ALTER TABLE {tableName} ENABLE ALWAYS RULE {SqlText.Name(rule.Name)};\n",
        'R' => $"ALTER TABLE {tableName} ENABLE REPLICA RULE {SqlText.Name(rule.Name)};\n",
        'D' => $"ALTER TABLE {tableName} DISABLE RULE {SqlText.Name(rule.Name)};\n",
        _ => "",
    };
}
