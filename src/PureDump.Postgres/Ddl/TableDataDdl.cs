using PureDump.Formats.Entries;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Ddl;

/// <summary>The entries that stand for the rows of tables (pg_dump.c, dumpTableData).</summary>
internal static class TableDataDdl
{
    /// <summary>Adds the entry of one table's rows. Rows that other rows reference come first where the keys stand already, and so do
    /// indexes that they name.</summary>
    public static void Emit(TableDataObject data, DdlContext context)
    {
        if (!data.Emits(Components.Data))
        {
            return;
        }

        context.Toc.AddDependent(
            new TocEntry
            {
                Id = data.DumpId,
                CatalogId = data.Id,
                Kind = EntryKind.TableData,
                Schema = data.Schema?.Name,
                Name = data.Name,
                Owner = data.Owner,
                Section = Section.Data,
                Rows = data.Rows,
                RelKind = data.Table.RelKind == 'f' ? 'f' : '\0',
            },
            [data.Table.DumpId, .. Before(data)]);
    }

    private static List<DumpId> Before(TableDataObject data)
    {
        var result = new List<DumpId>();
        foreach (CatalogObject need in data.Needs)
        {
            if (need is TableDataObject or IndexObject or ConstraintObject)
            {
                result.Add(need.DumpId);
            }
        }

        return result;
    }
}
