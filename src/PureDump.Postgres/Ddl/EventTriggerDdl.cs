using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Ddl;

/// <summary>Event triggers as SQL (pg_dump.c, dumpEventTrigger). Made last of all, or they would fire during the restore.</summary>
internal static class EventTriggerDdl
{
    /// <summary>Adds the entries of one event trigger.</summary>
    public static void Emit(EventTriggerObject trigger, DdlContext context)
    {
        string name = SqlText.Name(trigger.Name);
        string target = $"EVENT TRIGGER {name}";
        if (trigger.Emits(Components.Definition))
        {
            context.Toc.Add(trigger, new TocEntry
            {
                Id = trigger.DumpId,
                CatalogId = trigger.Id,
                Kind = EntryKind.EventTrigger,
                Name = trigger.Name,
                Owner = trigger.Owner,
                Section = Section.PostData,
                CreateSql = CreateSql(trigger, target),
                DropSql = $"DROP {target};\n",
                DropIfExistsSql = $"DROP EVENT TRIGGER IF EXISTS {name};\n",
                OwnerTarget = target,
            });
        }

        CommentDdl.Emit(trigger, target, context);
        SecurityLabelDdl.Emit(trigger, target, context);
    }

    private static string CreateSql(EventTriggerObject trigger, string target)
    {
        var sql = new StringBuilder($"CREATE {target} ON {SqlText.Name(trigger.Event)}");
        if (trigger.Tags.Length > 0)
        {
            sql.Append($"\n         WHEN TAG IN ({trigger.Tags})");
        }

        sql.Append($"\n   EXECUTE FUNCTION {trigger.Function}();\n");
        if (trigger.Enabled != 'O')
        {
            sql.Append($"\nALTER {target} {TriggerDdl.State(trigger.Enabled)};\n");
        }

        return sql.ToString();
    }
}
