using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Ddl;

/// <summary>Triggers as SQL (pg_dump.c, dumpTrigger).</summary>
internal static class TriggerDdl
{
    /// <summary>Adds the entries of one trigger.</summary>
    public static void Emit(TriggerObject trigger, DdlContext context)
    {
        TableObject table = trigger.Table;
        string name = SqlText.Name(trigger.Name);
        string tableName = SqlText.Name(table.Schema?.Name, table.Name);
        if (trigger.Emits(Components.Definition))
        {
            context.Toc.Add(trigger, new TocEntry
            {
                Id = trigger.DumpId,
                CatalogId = trigger.Id,
                Kind = EntryKind.Trigger,
                Schema = table.Schema?.Name,
                Name = $"{table.Name} {trigger.Name}",
                Owner = table.Owner,
                Section = Section.PostData,
                CreateSql = CreateSql(trigger, name, tableName),

                // The trigger of the partitioned table makes and drops its clones.
                DropSql = trigger.IsPartitionClone ? "" : $"DROP TRIGGER {name} ON {tableName};\n",
                DropIfExistsSql = trigger.IsPartitionClone ? "" : $"DROP TRIGGER IF EXISTS {name} ON {tableName};\n",
            });
        }

        CommentDdl.Emit(
            trigger,
            $"TRIGGER {name} ON {tableName}",
            $"TRIGGER {name} ON {SqlText.Name(table.Name)}",
            trigger.Id,
            0,
            table.Schema?.Name,
            context);
    }

    /// <summary>What puts a trigger of any kind into the state that <c>tgenabled</c> or <c>evtenabled</c> says.</summary>
    public static string State(char enabled) => enabled switch
    {
        'D' => "DISABLE",
        'A' => "ENABLE ALWAYS",
        'R' => "ENABLE REPLICA",
        _ => "ENABLE",
    };

    private static string CreateSql(TriggerObject trigger, string name, string tableName)
    {
        string foreign = trigger.Table.RelKind == 'f' ? "FOREIGN " : "";
        string stateSql = $"\nALTER {foreign}TABLE {tableName} {State(trigger.Enabled)} TRIGGER {name};\n";
        if (trigger.IsPartitionClone)
        {
            return stateSql;
        }

        return $"{trigger.Definition};\n"
            + ExtensionDependence.Sql(trigger, $"TRIGGER {name} ON {tableName}")
            + (trigger.Enabled == 'O' ? "" : stateSql);
    }
}
