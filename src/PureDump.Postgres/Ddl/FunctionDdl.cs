using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Ddl;

/// <summary>Functions and procedures as SQL (pg_dump.c, dumpFunc).</summary>
internal static class FunctionDdl
{
    /// <summary>Adds the entries of one function.</summary>
    public static void Emit(FunctionObject function, DdlContext context)
    {
        if (function.Definition is not FunctionDefinition definition)
        {
            return;
        }

        string keyword = definition.Kind == 'p' ? "PROCEDURE" : "FUNCTION";
        string name = $"{SqlText.Name(function.Schema!.Name, function.Name)}({definition.IdentityArguments})";
        string target = $"{keyword} {name}";
        if (function.Emits(Components.Definition))
        {
            context.Toc.Add(function, new TocEntry
            {
                Id = function.DumpId,
                CatalogId = function.Id,
                Kind = keyword,
                Schema = function.Schema.Name,
                Name = $"{function.Name}({string.Join(", ", definition.ArgumentTypeNames)})",
                Owner = function.Owner,
                Section = function.IsPostponed ? Section.PostData : Section.PreData,
                CreateSql = CreateSql(function, definition, keyword, target, context.Catalog.Selection.Options.WithDollarQuoting),
                DropSql = $"DROP {target};\n",
                DropIfExistsSql = $"DROP {keyword} IF EXISTS {name};\n",
                OwnerTarget = target,
            });
        }

        CommentDdl.Emit(function, target, context);
        SecurityLabelDdl.Emit(function, target, context);
        AclDdl.Emit(function, keyword, name, context);
    }

    private static string CreateSql(FunctionObject function, FunctionDefinition definition, string keyword, string target, bool withDollars)
    {
        var sql = new StringBuilder();
        sql.Append($"CREATE {keyword} {SqlText.Name(function.Schema!.Name, function.Name)}({definition.Arguments})");
        if (definition.Kind != 'p' && definition.Result is not null)
        {
            sql.Append($" RETURNS {definition.Result}");
        }

        sql.Append($"\n    LANGUAGE {SqlText.Name(definition.Language)}");
        AppendAttributes(sql, definition);
        foreach (string setting in definition.Settings)
        {
            if (SettingDdl.Assignment(setting, SqlText.Literal) is { } assignment)
            {
                sql.Append($"\n    SET {assignment}");
            }
        }

        sql.Append($"\n    {Body(definition, withDollars)};\n");
        sql.Append(ExtensionDependence.Sql(function, target));
        return sql.ToString();
    }

    // Cost and rows only where they are not the defaults of functioncmds.c, which depend on the language.
    private static void AppendAttributes(StringBuilder sql, FunctionDefinition definition)
    {
        if (definition.TransformTypes.Count > 0)
        {
            sql.Append(" TRANSFORM ").AppendJoin(", ", definition.TransformTypes.Select(type => $"FOR TYPE {type}"));
        }

        sql.Append(definition.Kind == 'w' ? " WINDOW" : "");
        sql.Append(definition.Volatility switch { 'i' => " IMMUTABLE", 's' => " STABLE", _ => "" });
        sql.Append(definition.IsStrict ? " STRICT" : "");
        sql.Append(definition.IsSecurityDefiner ? " SECURITY DEFINER" : "");
        sql.Append(definition.IsLeakproof ? " LEAKPROOF" : "");
        string usualCost = definition.Language is "internal" or "c" ? "1" : "100";
        if (definition.Cost != "0" && definition.Cost != usualCost)
        {
            sql.Append($" COST {definition.Cost}");
        }

        if (definition.ReturnsSet && definition.Rows is not ("0" or "1000"))
        {
            sql.Append($" ROWS {definition.Rows}");
        }

        if (definition.Support is not null)
        {
            sql.Append($" SUPPORT {definition.Support}");
        }

        sql.Append(definition.Parallel switch { 's' => " PARALLEL SAFE", 'r' => " PARALLEL RESTRICTED", _ => "" });
    }

    private static string Body(FunctionDefinition definition, bool withDollars)
    {
        if (definition.SqlBody is not null)
        {
            return definition.SqlBody;
        }

        if (string.IsNullOrEmpty(definition.Library))
        {
            return $"AS {(withDollars ? SqlText.DollarQuoted(definition.Source) : SqlText.Literal(definition.Source))}";
        }

        string library = SqlText.Literal(definition.Library);
        string symbol = !withDollars || definition.Source.AsSpan().IndexOfAny('\'', '\\') < 0
            ? SqlText.Literal(definition.Source)
            : SqlText.DollarQuoted(definition.Source);
        return definition.Source.Length == 0 ? $"AS {library}" : $"AS {library}, {symbol}";
    }
}
