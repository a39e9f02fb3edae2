using System.Globalization;
using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Ddl;

/// <summary>Indexes as SQL (pg_dump.c, dumpIndex). The index of a constraint is made by the constraint.</summary>
internal static class IndexDdl
{
    /// <summary>Adds the entries of one index.</summary>
    public static void Emit(IndexObject index, DdlContext context)
    {
        string name = SqlText.Name(index.Schema!.Name, index.Name);
        if (index.Constraint is null && index.Emits(Components.Definition))
        {
            var sql = new StringBuilder(index.Definition).Append(";\n");
            AppendCluster(sql, index);
            foreach ((int number, int target) in index.StatisticsTargets)
            {
                sql.Append(CultureInfo.InvariantCulture, $"ALTER INDEX {name} ALTER COLUMN {number} SET STATISTICS {target};\n");
            }

            sql.Append(ExtensionDependence.Sql(index, $"INDEX {name}"));
            AppendReplicaIdentity(sql, index);
            // The index of a partition that belongs to an index of the partitioned table cannot be dropped by itself.
            bool isDroppable = index.ParentIndex.IsNone;
            context.Toc.Add(index, new TocEntry
            {
                Id = index.DumpId,
                CatalogId = index.Id,
                Kind = EntryKind.Index,
                Schema = index.Schema.Name,
                Name = index.Name,
                Owner = index.Owner,
                Section = Section.PostData,
                Tablespace = index.Tablespace,
                CreateSql = sql.ToString(),
                DropSql = isDroppable ? $"DROP INDEX {name};\n" : "",
                DropIfExistsSql = isDroppable ? $"DROP INDEX IF EXISTS {name};\n" : "",
            });
        }

        if (CommentDdl.IsThere(index, 0, context))
        {
            CommentDdl.Emit(
                index,
                $"INDEX {name}",
                $"INDEX {SqlText.Name(index.Name)}",
                index.Id,
                0,
                index.Schema.Name,
                context,
                index.Constraint?.DumpId);
        }
    }

    /// <summary>Adds the entry that attaches an index to that of the partitioned table.</summary>
    public static void Emit(IndexAttachObject attach, DdlContext context)
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
            Kind = EntryKind.IndexAttach,
            Schema = attach.Schema?.Name,
            Name = attach.Name,
            Owner = attach.Owner,
            Section = Section.PostData,
            CreateSql = $"ALTER INDEX {parent} ATTACH PARTITION {partition};\n",
        });
    }

    /// <summary>Appends what makes the index the table's clustering one.</summary>
    public static void AppendCluster(StringBuilder sql, IndexObject index)
    {
        if (index.IsClustered)
        {
            sql.Append($"\nALTER TABLE {TableName(index)} CLUSTER ON {SqlText.Name(index.Name)};\n");
        }
    }

    /// <summary>Appends what makes the index the table's replica identity.</summary>
    public static void AppendReplicaIdentity(StringBuilder sql, IndexObject index)
    {
        if (index.IsReplicaIdentity)
        {
            sql.Append($"\nALTER TABLE ONLY {TableName(index)} REPLICA IDENTITY USING INDEX {SqlText.Name(index.Name)};\n");
        }
    }

    private static string TableName(IndexObject index) => SqlText.Name(index.Table.Schema!.Name, index.Table.Name);
}
