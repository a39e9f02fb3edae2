using System.Text;
using PureDump.Formats;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Ddl;

/// <summary>Views and materialized views as SQL (pg_dump.c, dumpTableSchema).</summary>
internal static class ViewDdl
{
    /// <summary>Adds the entries of one view or materialized view.</summary>
    public static void Emit(TableObject view, DdlContext context)
    {
        string name = SqlText.Name(view.Schema?.Name, view.Name);
        string kind = view.IsView ? EntryKind.View : EntryKind.MaterializedView;
        if (view.Emits(Components.Definition))
        {
            context.Toc.Add(view, new TocEntry
            {
                Id = view.DumpId,
                CatalogId = view.Id,
                Kind = kind,
                Schema = view.Schema?.Name,
                Name = view.Name,
                Owner = view.Owner,
                Section = view.IsPostponed ? Section.PostData : Section.PreData,
                CreateSql = view.IsView ? ViewSql(view) : MaterializedViewSql(view, name),
                DropSql = $"DROP {kind} {name};\n",
                DropIfExistsSql = $"DROP {kind} IF EXISTS {name};\n",
                OwnerTarget = $"{kind} {name}",
                Tablespace = view.IsView ? null : view.Tablespace,
                TableAccessMethod = view.IsView ? null : view.AccessMethod,
                RelKind = view.RelKind,
            });
        }

        EmitComments(view, kind, name, context);
        TableDdl.EmitPrivileges(view, context);
    }

    /// <summary>The statement that gives a view its query; as CREATE OR REPLACE it takes the place of a dummy.</summary>
    public static string QuerySql(TableObject view, string create)
    {
        var sql = new StringBuilder($"{create} {SqlText.Name(view.Schema?.Name, view.Name)}");
        AppendOptions(sql, view, " ");
        sql.Append($" AS\n{QueryOf(view)}");
        if (view.CheckOption is not null)
        {
            sql.Append($"\n  WITH {view.CheckOption} CHECK OPTION");
        }

        return sql.Append(";\n").ToString();
    }

    /// <summary>
    /// The view as others see it, columns and types, without what its query needs: it stands in where the query needs
    /// what needs the view. The collation has to be given, CREATE OR REPLACE VIEW does not change it (pg_dump.c,
    /// createDummyViewAsClause).
    /// </summary>
    public static string DummySql(TableObject view, string create)
    {
        var sql = new StringBuilder($"{create} {SqlText.Name(view.Schema?.Name, view.Name)} AS\nSELECT");
        string separator = "";
        foreach (TableColumn column in view.Columns)
        {
            sql.Append($"{separator}\n    NULL::{column.TypeName}");
            if (column.Collation is not null)
            {
                sql.Append($" COLLATE {column.Collation}");
            }

            sql.Append($" AS {SqlText.Name(column.Name)}");
            separator = ",";
        }

        return sql.Append(";\n").ToString();
    }

    private static string ViewSql(TableObject view) =>
        view.IsDummyView ? DummySql(view, "CREATE VIEW") : QuerySql(view, "CREATE VIEW");

    private static string MaterializedViewSql(TableObject view, string name)
    {
        string unlogged = view.Persistence == 'u' ? "UNLOGGED " : "";
        var sql = new StringBuilder($"CREATE {unlogged}MATERIALIZED VIEW {name}");
        AppendOptions(sql, view, "\n");
        sql.Append($" AS\n{QueryOf(view)}\n  WITH NO DATA;\n");
        sql.Append(ExtensionDependence.Sql(view, $"MATERIALIZED VIEW {name}"));
        foreach (TableColumn column in view.Columns)
        {
            AppendColumnProperties(sql, name, column);
        }

        sql.Append(view.ReplicaIdentity switch
        {
            'n' => $"\nALTER TABLE ONLY {name} REPLICA IDENTITY NOTHING;\n",
            'f' => $"\nALTER TABLE ONLY {name} REPLICA IDENTITY FULL;\n",
            _ => "",
        });
        return sql.ToString();
    }

    private static void AppendOptions(StringBuilder sql, TableObject view, string before)
    {
        var options = new List<string>();
        if (view.Options.Count > 0)
        {
            options.Add(RelOptions.Format(view.Options));
        }

        if (view.ToastOptions.Count > 0)
        {
            options.Add(RelOptions.Format(view.ToastOptions, "toast."));
        }

        if (options.Count > 0)
        {
            sql.Append($"{before}WITH ({string.Join(", ", options)})");
        }
    }

    private static void AppendColumnProperties(StringBuilder sql, string name, TableColumn column)
    {
        if (column.IsDropped)
        {
            return;
        }

        string alter = $"ALTER TABLE ONLY {name} ALTER COLUMN {SqlText.Name(column.Name)} SET";
        if (column.StatisticsTarget >= 0)
        {
            sql.Append($"{alter} STATISTICS {column.StatisticsTarget};\n");
        }

        string storage = column.Storage switch
        {
            'p' => "PLAIN",
            'e' => "EXTERNAL",
            'x' => "EXTENDED",
            'm' => "MAIN",
            _ => "",
        };
        if (column.Storage != column.TypeStorage && storage.Length > 0)
        {
            sql.Append($"{alter} STORAGE {storage};\n");
        }

        string compression = column.Compression switch { 'p' => "pglz", 'l' => "lz4", _ => "" };
        if (compression.Length > 0)
        {
            sql.Append($"{alter} COMPRESSION {compression};\n");
        }

        if (column.Options.Length > 0)
        {
            sql.Append($"{alter} ({column.Options});\n");
        }
    }

    private static void EmitComments(TableObject view, string kind, string name, DdlContext context)
    {
        string bare = SqlText.Name(view.Name);
        CommentDdl.Emit(view, $"{kind} {name}", $"{kind} {bare}", view.Id, 0, view.Schema?.Name, context);
        foreach (TableColumn column in view.Columns)
        {
            string quoted = SqlText.Name(column.Name);
            CommentDdl.Emit(
                view, $"COLUMN {name}.{quoted}", $"COLUMN {bare}.{quoted}", view.Id, column.Number, view.Schema?.Name, context);
        }
    }

    private static string QueryOf(TableObject view) =>
        view.Definition is ViewDefinition definition
            ? definition.Query
            : throw new PureDumpException(ErrorKind.Internal, $"the query of {view} was not read");
}
