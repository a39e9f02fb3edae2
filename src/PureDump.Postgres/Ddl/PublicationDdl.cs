using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Ddl;

/// <summary>Publications as SQL (pg_dump.c, dumpPublication, dumpPublicationTable, dumpPublicationNamespace).</summary>
internal static class PublicationDdl
{
    /// <summary>Adds the entries of one publication, without what is in it.</summary>
    public static void Emit(PublicationObject publication, DdlContext context)
    {
        string name = SqlText.Name(publication.Name);
        string target = $"PUBLICATION {name}";
        if (publication.Emits(Components.Definition))
        {
            context.Toc.Add(publication, new TocEntry
            {
                Id = publication.DumpId,
                CatalogId = publication.Id,
                Kind = EntryKind.Publication,
                Name = publication.Name,
                Owner = publication.Owner,
                Section = Section.PostData,
                CreateSql = CreateSql(publication, target),
                DropSql = $"DROP {target};\n",
                DropIfExistsSql = $"DROP PUBLICATION IF EXISTS {name};\n",
                OwnerTarget = target,
            });
        }

        CommentDdl.Emit(publication, target, context);
        SecurityLabelDdl.Emit(publication, target, context);
    }

    /// <summary>Adds the entry that puts a table into a publication. It goes with its table, so nothing drops it.</summary>
    public static void Emit(PublicationTableObject member, DdlContext context)
    {
        if (!member.Emits(Components.Definition))
        {
            return;
        }

        var sql = new StringBuilder($"ALTER PUBLICATION {SqlText.Name(member.Publication.Name)} ADD TABLE ONLY ");
        sql.Append(SqlText.Name(member.Table.Schema?.Name, member.Table.Name));
        if (member.Columns is { } columns)
        {
            sql.Append(" (").AppendJoin(", ", columns.Select(SqlText.Name)).Append(')');
        }

        if (member.Filter is not null)
        {
            // A bare condition like true is printed without the parentheses the statement wants.
            sql.Append($" WHERE ({member.Filter})");
        }

        context.Toc.Add(member, new TocEntry
        {
            Id = member.DumpId,
            CatalogId = member.Id,
            Kind = EntryKind.PublicationTable,
            Schema = member.Schema?.Name,
            Name = $"{member.Publication.Name} {member.Name}",
            Owner = member.Owner,
            Section = Section.PostData,
            CreateSql = sql.Append(";\n").ToString(),
        });
    }

    /// <summary>Adds the entry that puts a schema into a publication.</summary>
    public static void Emit(PublicationSchemaObject member, DdlContext context)
    {
        if (!member.Emits(Components.Definition))
        {
            return;
        }

        context.Toc.Add(member, new TocEntry
        {
            Id = member.DumpId,
            CatalogId = member.Id,
            Kind = EntryKind.PublicationSchema,
            Schema = member.Published.Name,
            Name = $"{member.Publication.Name} {member.Name}",
            Owner = member.Owner,
            Section = Section.PostData,
            CreateSql = $"ALTER PUBLICATION {SqlText.Name(member.Publication.Name)} ADD TABLES IN SCHEMA {SqlText.Name(member.Name)};\n",
        });
    }

    private static string CreateSql(PublicationObject publication, string target) =>
        $"CREATE {target}"
        + (publication.IsForAllTables ? " FOR ALL TABLES" : "")
        + (
            publication.ExceptedTables.Count > 0
                ? $" EXCEPT ({string.Join(", ", publication.ExceptedTables.Select(static table => $"TABLE ONLY {table}"))})"
                : "")
        + (publication.IsForAllSequences ? $"{(publication.IsForAllTables ? "," : " FOR")} ALL SEQUENCES" : "")
        + $" WITH (publish = '{string.Join(", ", publication.Actions)}'"
        + (publication.PublishesViaRoot ? ", publish_via_partition_root = true" : "")
        + (publication.PublishesGeneratedColumns ? ", publish_generated_columns = stored" : "")
        + ");\n";
}
