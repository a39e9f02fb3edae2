using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Ddl;

/// <summary>Constraints of tables that do not stand in CREATE TABLE (pg_dump.c, dumpConstraint).</summary>
internal static class ConstraintDdl
{
    /// <summary>Adds the entries of one constraint of a table.</summary>
    public static void Emit(ConstraintObject constraint, DdlContext context)
    {
        TableObject table = constraint.Table!;
        // Inherited ones come with the parent's.
        bool isEntry = constraint.IsSeparate && (constraint.IsLocal || constraint.Type is not ('c' or 'n'));
        if (isEntry && constraint.Emits(Components.Definition))
        {
            string name = SqlText.Name(constraint.Name);
            string foreign = TableDdl.Foreign(table);
            // Foreign keys of partitioned tables are always handed down, checks should be.
            string only = constraint.Type is 'c' or 'n' || (constraint.Type == 'f' && table.RelKind == 'p') ? "" : "ONLY ";
            string tableName = $"{only}{SqlText.Name(table.Schema!.Name, table.Name)}";
            context.Toc.Add(constraint, new TocEntry
            {
                Id = constraint.DumpId,
                CatalogId = constraint.Id,
                Kind = constraint.Type switch
                {
                    'c' => EntryKind.CheckConstraint,
                    'f' => EntryKind.ForeignKey,
                    _ => EntryKind.Constraint,
                },
                Schema = table.Schema.Name,
                Name = $"{table.Name} {constraint.Name}",
                Owner = table.Owner,
                Section = Section.PostData,
                Tablespace = constraint.Index?.Tablespace,
                CreateSql = $"ALTER {foreign}TABLE {tableName}\n    ADD CONSTRAINT {name} {Body(constraint)}",
                DropSql = $"ALTER {foreign}TABLE {tableName} DROP CONSTRAINT {name};\n",
                DropIfExistsSql = $"ALTER {foreign}TABLE IF EXISTS {tableName} DROP CONSTRAINT IF EXISTS {name};\n",
            });
        }

        if (constraint.IsSeparate)
        {
            EmitComment(constraint, context);
        }
    }

    /// <summary>Adds the comment on a constraint of a table, wherever that is made.</summary>
    public static void EmitComment(ConstraintObject constraint, DdlContext context)
    {
        if (!CommentDdl.IsThere(constraint, 0, context))
        {
            return;
        }

        TableObject table = constraint.Table!;
        string name = SqlText.Name(constraint.Name);
        CommentDdl.Emit(
            constraint,
            $"CONSTRAINT {name} ON {SqlText.Name(table.Schema!.Name, table.Name)}",
            $"CONSTRAINT {name} ON {SqlText.Name(table.Name)}",
            constraint.Id,
            0,
            table.Schema.Name,
            context,
            constraint.IsSeparate ? constraint.DumpId : table.DumpId);
    }

    private static string Body(ConstraintObject constraint)
    {
        var sql = new StringBuilder();
        if (constraint.Definition is not null)
        {
            sql.Append(constraint.Definition).Append(";\n");
        }
        else
        {
            AppendKey(sql, constraint);
        }

        if (constraint.Index is not null)
        {
            IndexObject index = constraint.Index;
            IndexDdl.AppendCluster(sql, index);
            IndexDdl.AppendReplicaIdentity(sql, index);
            sql.Append(ExtensionDependence.Sql(index, $"INDEX {SqlText.Name(index.Schema!.Name, index.Name)}"));
        }

        return sql.ToString();
    }

    // pg_get_constraintdef would do, but for the USING INDEX TABLESPACE it adds: the entry's tablespace says that.
    private static void AppendKey(StringBuilder sql, ConstraintObject constraint)
    {
        IndexObject index = constraint.Index
            ?? throw new PureDumpException(ErrorKind.Internal, $"{constraint} has neither a definition nor an index");
        bool isPrimary = constraint.Type == 'p';
        sql.Append(isPrimary ? "PRIMARY KEY" : "UNIQUE")
            .Append(index.NullsNotDistinct && !isPrimary ? " NULLS NOT DISTINCT" : "")
            .Append(" (")
            .AppendJoin(", ", ColumnNames(index, 0, index.KeyColumnCount))
            .Append(constraint.HasPeriod ? " WITHOUT OVERLAPS" : "");
        if (index.KeyColumnCount < index.ColumnNumbers.Count)
        {
            sql.Append(") INCLUDE (").AppendJoin(", ", ColumnNames(index, index.KeyColumnCount, index.ColumnNumbers.Count));
        }

        sql.Append(')');
        if (index.Options.Count > 0)
        {
            sql.Append($" WITH ({RelOptions.Format(index.Options)})");
        }

        sql.Append(constraint.IsDeferrable ? " DEFERRABLE" : "")
            .Append(constraint.IsDeferrable && constraint.IsDeferred ? " INITIALLY DEFERRED" : "")
            .Append(";\n");
    }

    private static IEnumerable<string> ColumnNames(IndexObject index, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            yield return SqlText.Name(index.Table.Columns[index.ColumnNumbers[i] - 1].Name);
        }
    }
}
