using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Ddl;

/// <summary>Defaults that do not stand in CREATE TABLE (pg_dump.c, dumpAttrDef).</summary>
internal static class DefaultDdl
{
    /// <summary>Adds the entry of a separate default.</summary>
    public static void Emit(DefaultObject item, DdlContext context)
    {
        if (!item.IsSeparate || !item.Emits(Components.Definition))
        {
            return;
        }

        string foreign = TableDdl.Foreign(item.Table);
        string name = SqlText.Name(item.Table.Schema!.Name, item.Table.Name);
        string column = item.Table.Columns[item.ColumnNumber - 1].Name;
        string columnName = SqlText.Name(column);
        context.Toc.Add(item, new TocEntry
        {
            Id = item.DumpId,
            CatalogId = item.Id,
            Kind = EntryKind.Default,
            Schema = item.Schema?.Name,
            Name = $"{item.Table.Name} {column}",
            Owner = item.Owner,
            Section = Section.PreData,
            CreateSql = $"ALTER {foreign}TABLE ONLY {name} ALTER COLUMN {columnName} SET DEFAULT {item.Expression};\n",
            DropSql = $"ALTER {foreign}TABLE {name} ALTER COLUMN {columnName} DROP DEFAULT;\n",
            DropIfExistsSql = $"ALTER {foreign}TABLE IF EXISTS {name} ALTER COLUMN {columnName} DROP DEFAULT;\n",
        });
    }
}
