using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;

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
                CreateSql = view.IsView ? ViewSql(view) : MaterializedViewSql(view, name, context),
                DropSql = $"DROP {kind} {name};\n",
                DropIfExistsSql = $"DROP {kind} IF EXISTS {name};\n",
                OwnerTarget = $"{kind} {name}",
                Tablespace = view.IsView ? null : view.Tablespace,
                TableAccessMethod = view.IsView ? null : view.AccessMethod,
                RelKind = view.RelKind,
            });
        }

        TableDdl.EmitComments(view, kind, context);
        SecurityLabelDdl.EmitRelation(view, kind, context);
        TableDdl.EmitPrivileges(view, context);
    }

    /// <summary>The statement that gives a view its query; as CREATE OR REPLACE it takes the place of a dummy.</summary>
    public static string QuerySql(TableObject view, string create)
    {
        var sql = new StringBuilder($"{create} {SqlText.Name(view.Schema?.Name, view.Name)}");
        if (view.Options.Count > 0)
        {
            sql.Append($" WITH ({RelOptions.Format(view.Options)})");
        }

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

    private static string MaterializedViewSql(TableObject view, string name, DdlContext context)
    {
        string unlogged = view.Persistence == 'u' ? "UNLOGGED " : "";
        var sql = new StringBuilder($"CREATE {unlogged}MATERIALIZED VIEW {name}");
        TableDdl.AppendOptions(sql, view);
        sql.Append($" AS\n{QueryOf(view)}\n  WITH NO DATA;\n");
        sql.Append(ExtensionDependence.Sql(view, $"MATERIALIZED VIEW {name}"));
        TableDdl.AppendColumnProperties(sql, view, name, context);
        TableDdl.AppendTableProperties(sql, view, name);
        return sql.ToString();
    }

    private static string QueryOf(TableObject view) =>
        view.Definition is ViewDefinition definition
            ? definition.Query
            : throw new PureDumpException(ErrorKind.Internal, $"the query of {view} was not read");
}
