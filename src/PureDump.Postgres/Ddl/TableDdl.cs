using System.Globalization;
using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Server;

namespace PureDump.Postgres.Ddl;

/// <summary>Tables, partitioned tables and foreign tables as SQL (pg_dump.c, dumpTable and dumpTableSchema).</summary>
internal static class TableDdl
{
    /// <summary>Adds the entries of one table: itself, its comments, its privileges.</summary>
    public static void Emit(TableObject table, DdlContext context)
    {
        string name = SqlText.Name(table.Schema!.Name, table.Name);
        string keyword = table.RelKind == 'f' ? "FOREIGN TABLE" : "TABLE";
        if (table.Emits(Components.Definition))
        {
            var sql = new StringBuilder();
            AppendCreate(sql, table, keyword, name, context.Features);
            AppendColumnProperties(sql, table, name, context);
            AppendTableProperties(sql, table, name);
            context.Toc.Add(table, new TocEntry
            {
                Id = table.DumpId,
                CatalogId = table.Id,
                Kind = keyword,
                Schema = table.Schema.Name,
                Name = table.Name,
                Owner = table.Owner,
                Section = Section.PreData,
                CreateSql = sql.ToString(),
                DropSql = $"DROP {keyword} {name};\n",
                DropIfExistsSql = $"DROP {keyword} IF EXISTS {name};\n",
                OwnerTarget = $"{keyword} {name}",
                // Empty means the default one; foreign tables have no storage at all.
                Tablespace = table.RelKind == 'f' ? null : table.Tablespace,
                TableAccessMethod = table.AccessMethod,
                RelKind = table.RelKind,
            });
        }

        EmitComments(table, keyword, context);
        SecurityLabelDdl.EmitRelation(table, keyword, context);
        EmitPrivileges(table, context);
    }

    /// <summary>Adds the comments on a relation of any kind, its columns, and the constraints that stand inside it.</summary>
    public static void EmitComments(TableObject table, string keyword, DdlContext context)
    {
        string name = SqlText.Name(table.Schema!.Name, table.Name);
        string bareName = SqlText.Name(table.Name);
        CommentDdl.Emit(table, $"{keyword} {name}", $"{keyword} {bareName}", table.Id, 0, table.Schema.Name, context);
        foreach (TableColumn column in table.Columns)
        {
            if (CommentDdl.IsThere(table, column.Number, context))
            {
                string columnName = SqlText.Name(column.Name);
                CommentDdl.Emit(
                    table,
                    $"COLUMN {name}.{columnName}",
                    $"COLUMN {bareName}.{columnName}",
                    table.Id,
                    column.Number,
                    table.Schema.Name,
                    context);
            }
        }

        if (table.Emits(Components.Definition))
        {
            EmitNotNullComments(table, name, bareName, context);
        }

        foreach (ConstraintObject check in table.Checks)
        {
            if (!check.IsSeparate && check.IsLocal)
            {
                ConstraintDdl.EmitComment(check, context);
            }
        }
    }

    /// <summary>Adds the privileges on a relation of any kind and on its columns.</summary>
    public static void EmitPrivileges(TableObject table, DdlContext context)
    {
        if (table.Acl is null && table.ColumnAcls.Count == 0)
        {
            return;
        }

        string name = SqlText.Name(table.Schema!.Name, table.Name);
        DumpId? tableAcl = AclDdl.Emit(table, table.IsSequence ? "SEQUENCE" : "TABLE", name, context);
        foreach ((string column, AclFacts acl) in table.ColumnAcls)
        {
            AclDdl.EmitColumn(table, column, acl, name, context, tableAcl);
        }
    }

    /// <summary>Appends the properties of columns that only ALTER TABLE can give; materialized views have them too.</summary>
    public static void AppendColumnProperties(StringBuilder sql, TableObject table, string name, DdlContext context)
    {
        string foreign = Foreign(table);
        foreach (TableColumn column in table.Columns)
        {
            if (column.IsDropped)
            {
                continue;
            }

            string Alter() => $"ALTER {foreign}TABLE ONLY {name} ALTER COLUMN {SqlText.Name(column.Name)} ";
            if (column.StatisticsTarget >= 0)
            {
                sql.Append(CultureInfo.InvariantCulture, $"{Alter()}SET STATISTICS {column.StatisticsTarget};\n");
            }

            string? storage = column.Storage == column.TypeStorage ? null : column.Storage switch
            {
                'p' => "PLAIN",
                'e' => "EXTERNAL",
                'x' => "EXTENDED",
                'm' => "MAIN",
                _ => null,
            };
            if (storage is not null)
            {
                sql.Append($"{Alter()}SET STORAGE {storage};\n");
            }

            string? compression = !context.Catalog.Selection.Options.WithToastCompression
                ? null
                : column.Compression switch
                {
                    'p' => "pglz",
                    'l' => "lz4",
                    _ => null,
                };
            if (compression is not null)
            {
                sql.Append($"{Alter()}SET COMPRESSION {compression};\n");
            }

            if (column.Options.Count > 0)
            {
                sql.Append($"{Alter()}SET ({string.Join(", ", column.Options)});\n");
            }

            if (table.RelKind == 'f' && column.ForeignOptions.Length > 0)
            {
                sql.Append($"{Alter()}OPTIONS (\n    {column.ForeignOptions}\n);\n");
            }
        }
    }

    /// <summary>Appends the properties of a table or materialized view that only ALTER TABLE can give.</summary>
    public static void AppendTableProperties(StringBuilder sql, TableObject table, string name)
    {
        // 'i' goes with the index it names.
        string? identity = table.RelKind is not ('r' or 'p' or 'm') ? null : table.ReplicaIdentity switch
        {
            'n' => "NOTHING",
            'f' => "FULL",
            _ => null,
        };
        if (identity is not null)
        {
            sql.Append($"\nALTER TABLE ONLY {name} REPLICA IDENTITY {identity};\n");
        }

        if (table.ForcesRowSecurity)
        {
            sql.Append($"\nALTER TABLE ONLY {name} FORCE ROW LEVEL SECURITY;\n");
        }
    }

    /// <summary>Appends <c>WITH (…)</c> on a line of its own where the relation or its TOAST table has storage parameters.</summary>
    public static void AppendOptions(StringBuilder sql, TableObject table)
    {
        if (table.Options.Count + table.ToastOptions.Count == 0)
        {
            return;
        }

        string separator = table.Options.Count > 0 && table.ToastOptions.Count > 0 ? ", " : "";
        sql.Append($"\nWITH ({RelOptions.Format(table.Options)}{separator}{RelOptions.Format(table.ToastOptions, "toast.")})");
    }

    /// <summary><c>FOREIGN </c> for foreign tables, else nothing.</summary>
    public static string Foreign(TableObject table) => table.RelKind == 'f' ? "FOREIGN " : "";

    private static void AppendCreate(StringBuilder sql, TableObject table, string keyword, string name, ServerFeatures features)
    {
        var definition = table.Definition as TableDefinition;
        // From 18 on a partitioned table cannot be UNLOGGED; what older ones say there had no effect.
        string unlogged = table.Persistence == 'u' && table.RelKind != 'p' ? "UNLOGGED " : "";
        sql.Append($"CREATE {unlogged}{keyword} {name}");
        if (definition?.OfType is not null)
        {
            sql.Append($" OF {definition.OfType}");
        }

        List<TableColumn> laterNotNulls = AppendElements(sql, table, definition?.OfType is not null, features);
        if (table.Parents.Count > 0 && !table.IsPartition)
        {
            sql.Append("\nINHERITS (")
                .AppendJoin(", ", table.Parents.Select(parent => SqlText.Name(parent.Schema!.Name, parent.Name)))
                .Append(')');
        }

        if (definition?.PartitionKey is not null)
        {
            sql.Append($"\nPARTITION BY {definition.PartitionKey}");
        }

        if (definition?.ForeignServer is not null)
        {
            sql.Append($"\nSERVER {SqlText.Name(definition.ForeignServer)}");
        }

        AppendOptions(sql, table);
        if (!string.IsNullOrEmpty(definition?.ForeignOptions))
        {
            sql.Append($"\nOPTIONS (\n    {definition.ForeignOptions}\n)");
        }

        sql.Append(";\n");
        foreach (TableColumn column in laterNotNulls)
        {
            sql.Append($"ALTER {Foreign(table)}TABLE ONLY {name} ALTER COLUMN {SqlText.Name(column.Name)} SET NOT NULL;\n");
        }
    }

    // The columns and constraints in parentheses; a typed table needs none where its type says it all. Returns the columns
    // whose NOT NULL no server of the source's kind could read there.
    private static List<TableColumn> AppendElements(StringBuilder sql, TableObject table, bool isTyped, ServerFeatures features)
    {
        int count = 0;
        List<TableColumn> laterNotNulls = [];
        StringBuilder Next() => sql.Append(count++ == 0 ? " (\n    " : ",\n    ");

        foreach (TableColumn column in table.Columns)
        {
            bool printsNotNull = column.IsNotNull && !column.IsNotNullSeparate && (column.IsNotNullLocal || table.IsPartition);
            if (table.Prints(column))
            {
                DefaultObject? value =
                    column.Default is { IsSeparate: false } inside && inside.Emits(Components.Definition) ? inside : null;
                if (!isTyped || value is not null || printsNotNull)
                {
                    Next();
                    AppendColumn(sql, column, value, printsNotNull, isTyped);
                }
            }
            else if (!column.IsDropped && printsNotNull && !features.HasTableNotNullConstraints)
            {
                // pg_dump 18 writes this as a constraint of the table too, which only servers from 18 on can read.
                laterNotNulls.Add(column);
            }
            else if (!column.IsDropped && printsNotNull)
            {
                // The column is left to the parents, but not this constraint.
                Next();
                sql.Append(column.NotNullName is null ? "" : $"CONSTRAINT {SqlText.Name(column.NotNullName)} ")
                    .Append($"NOT NULL {SqlText.Name(column.Name)}")
                    .Append(column.IsNotNullNoInherit ? " NO INHERIT" : "");
            }
        }

        foreach (ConstraintObject check in table.Checks)
        {
            // Attaching a partition wants to find the constraints of its parent there.
            if (!check.IsSeparate && (check.IsLocal || table.IsPartition))
            {
                Next();
                sql.Append($"CONSTRAINT {SqlText.Name(check.Name)} {check.Definition}");
            }
        }

        sql.Append(count > 0 ? "\n)" : isTyped ? "" : " (\n)");
        return laterNotNulls;
    }

    private static void AppendColumn(StringBuilder sql, TableColumn column, DefaultObject? value, bool printsNotNull, bool isTyped)
    {
        sql.Append(SqlText.Name(column.Name));
        if (!isTyped)
        {
            sql.Append(' ').Append(column.TypeName);
        }

        if (value is not null)
        {
            sql.Append(column.Generated switch
            {
                's' => $" GENERATED ALWAYS AS ({value.Expression}) STORED",
                'v' => $" GENERATED ALWAYS AS ({value.Expression})",
                _ => $" DEFAULT {value.Expression}",
            });
        }

        if (printsNotNull)
        {
            sql.Append(column.NotNullName is null ? "" : $" CONSTRAINT {SqlText.Name(column.NotNullName)}")
                .Append(" NOT NULL")
                .Append(column.IsNotNullNoInherit ? " NO INHERIT" : "");
        }

        if (column.Collation is not null)
        {
            sql.Append($" COLLATE {column.Collation}");
        }
    }

    private static void EmitNotNullComments(TableObject table, string name, string bareName, DdlContext context)
    {
        if (!context.Catalog.Selection.Options.WithComments)
        {
            return;
        }

        foreach (TableColumn column in table.Columns)
        {
            if (column is not { NotNullName: { } constraint, NotNullComment: { } comment, IsNotNullSeparate: false })
            {
                continue;
            }

            context.Toc.AddDependent(
                new TocEntry
                {
                    Id = context.Toc.NextId(),
                    Kind = EntryKind.Comment,
                    Schema = table.Schema!.Name,
                    Name = $"CONSTRAINT {SqlText.Name(constraint)} ON {bareName}",
                    Owner = table.Owner,
                    Section = Section.None,
                    CreateSql = $"COMMENT ON CONSTRAINT {SqlText.Name(constraint)} ON {name} IS {SqlText.Literal(comment)};\n",
                },
                table.DumpId);
        }
    }
}
