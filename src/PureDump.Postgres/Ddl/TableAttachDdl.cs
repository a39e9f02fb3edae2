using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Ddl;

/// <summary>
/// Partitions put into their place (pg_dump.c, dumpTableAttach). A partition is made as a table of its own, so that its
/// column order, tablespace and so on stay as they are; it goes with its table, so there is nothing to drop.
/// </summary>
internal static class TableAttachDdl
{
    /// <summary>Adds the entry.</summary>
    public static void Emit(TableAttachObject attach, DdlContext context)
    {
        if (!attach.Emits(Components.Definition))
        {
            return;
        }

        string parent = SqlText.Name(attach.Parent.Schema!.Name, attach.Parent.Name);
        string partition = SqlText.Name(attach.Partition.Schema!.Name, attach.Partition.Name);
        context.Toc.Add(attach, new TocEntry
        {
            Id = attach.DumpId,
            Kind = EntryKind.TableAttach,
            Schema = attach.Schema?.Name,
            Name = attach.Name,
            Owner = attach.Owner,
            Section = Section.PreData,
            CreateSql = $"ALTER TABLE ONLY {parent} ATTACH PARTITION {partition} {attach.Bound};\n",
        });
    }
}
