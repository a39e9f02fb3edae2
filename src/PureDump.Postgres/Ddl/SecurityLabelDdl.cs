using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Pg;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Ddl;

/// <summary>Security labels as SQL (pg_dump.c, dumpSecLabel and dumpTableSecLabel).</summary>
internal static class SecurityLabelDdl
{
    /// <summary>Adds the labels of an object, where it has some and they are wanted: one entry for all providers.</summary>
    /// <param name="item">The object.</param>
    /// <param name="target">What stands after ON, e.g. <c>FUNCTION public.area(integer)</c>.</param>
    /// <param name="context">Where to.</param>
    public static void Emit(CatalogObject item, string target, DdlContext context) =>
        Emit(item, target, CommentDdl.Tag(item, target), item.Id, context);

    /// <summary>As <see cref="Emit(CatalogObject, string, DdlContext)"/>, for one of many that share an object (a large object).</summary>
    public static void Emit(CatalogObject item, string target, string tag, CatalogId id, DdlContext context)
    {
        if (IsWanted(item))
        {
            var sql = new StringBuilder();
            Append(sql, target, id, 0, context);
            Add(item, tag, sql, context);
        }
    }

    /// <summary>Adds the labels of a relation and of its columns, all in one entry.</summary>
    /// <param name="table">The relation.</param>
    /// <param name="keyword">What stands after ON, e.g. <c>MATERIALIZED VIEW</c>.</param>
    /// <param name="context">Where to.</param>
    public static void EmitRelation(TableObject table, string keyword, DdlContext context)
    {
        if (!IsWanted(table) || context.Catalog.SecurityLabels.Count == 0)
        {
            return;
        }

        string name = SqlText.Name(table.Schema?.Name, table.Name);
        var sql = new StringBuilder();
        Append(sql, $"{keyword} {name}", table.Id, 0, context);
        foreach (TableColumn column in table.Columns)
        {
            Append(sql, $"COLUMN {name}.{SqlText.Name(column.Name)}", table.Id, column.Number, context);
        }

        Add(table, $"{keyword} {SqlText.Name(table.Name)}", sql, context);
    }

    private static bool IsWanted(CatalogObject item) => (item.Wanted & Components.SecurityLabel) != 0;

    private static void Append(StringBuilder sql, string target, CatalogId id, int column, DdlContext context)
    {
        foreach (SecurityLabel label in context.Catalog.SecurityLabels.GetValueOrDefault((id, column)) ?? [])
        {
            sql.Append($"SECURITY LABEL FOR {SqlText.Name(label.Provider)} ON {target} IS {SqlText.Literal(label.Text)};\n");
        }
    }

    private static void Add(CatalogObject item, string tag, StringBuilder sql, DdlContext context)
    {
        if (sql.Length > 0)
        {
            context.Toc.AddDependent(
                new TocEntry
                {
                    Id = context.Toc.NextId(),
                    Kind = EntryKind.SecurityLabel,
                    Schema = item.Schema?.Name,
                    Name = tag,
                    Owner = item.Owner ?? "",
                    Section = Section.None,
                    CreateSql = sql.ToString(),
                },
                item.DumpId);
        }
    }
}
