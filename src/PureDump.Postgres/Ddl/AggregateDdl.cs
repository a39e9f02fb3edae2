using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Ddl;

/// <summary>Aggregates as SQL (pg_dump.c, dumpAgg).</summary>
internal static class AggregateDdl
{
    /// <summary>Adds the entries of one aggregate.</summary>
    public static void Emit(AggregateObject aggregate, DdlContext context)
    {
        if (aggregate.Definition is not AggregateDefinition definition)
        {
            return;
        }

        string bareName = SqlText.Name(aggregate.Schema!.Name, aggregate.Name);
        bool hasArguments = aggregate.ArgumentTypes.Count > 0;
        string name = $"{bareName}({(hasArguments ? definition.IdentityArguments : "*")})";
        string target = $"AGGREGATE {name}";
        string types = string.Join(", ", definition.ArgumentTypeNames);
        if (aggregate.Emits(Components.Definition))
        {
            context.Toc.Add(aggregate, new TocEntry
            {
                Id = aggregate.DumpId,
                CatalogId = aggregate.Id,
                Kind = EntryKind.Aggregate,
                Schema = aggregate.Schema.Name,
                Name = $"{aggregate.Name}({(hasArguments ? types : "*")})",
                Owner = aggregate.Owner,
                Section = Section.PreData,
                CreateSql = $"CREATE AGGREGATE {bareName}({(hasArguments ? definition.Arguments : "*")}) (\n{Details(definition)}\n);\n",
                DropSql = $"DROP {target};\n",
                DropIfExistsSql = $"DROP AGGREGATE IF EXISTS {name};\n",
                OwnerTarget = target,
            });
        }

        CommentDdl.Emit(aggregate, target, context);
        SecurityLabelDdl.Emit(aggregate, target, context);

        // There is no GRANT ON AGGREGATE; a function's GRANT wants the plain list of types.
        AclDdl.Emit(aggregate, "FUNCTION", $"{bareName}({types})", context);
    }

    private static string Details(AggregateDefinition definition)
    {
        // The default of FINALFUNC_MODIFY depends on the kind (aggregatecmds.c, DefineAggregate).
        char usualModify = definition.Kind == 'n' ? 'r' : 'w';
        var sql = new StringBuilder();
        sql.Append($"    SFUNC = {definition.State.Transition},\n    STYPE = {definition.State.Type}");
        AppendState(sql, "", definition.State, usualModify);
        Append(sql, "COMBINEFUNC", definition.Combine);
        Append(sql, "SERIALFUNC", definition.Serialize);
        Append(sql, "DESERIALFUNC", definition.Deserialize);
        if (definition.MovingState is { } moving)
        {
            sql.Append($",\n    MSFUNC = {moving.Transition},\n    MINVFUNC = {moving.Inverse},\n    MSTYPE = {moving.Type}");
            AppendState(sql, "M", moving, usualModify);
        }

        Append(sql, "SORTOP", definition.SortOperator);
        Append(sql, "SUPPORT", definition.Support);
        sql.Append(definition.Kind == 'h' ? ",\n    HYPOTHETICAL" : "");
        sql.Append(definition.Parallel switch { 's' => ",\n    PARALLEL = safe", 'r' => ",\n    PARALLEL = restricted", _ => "" });
        return sql.ToString();
    }

    private static void AppendState(StringBuilder sql, string prefix, AggregateState state, char usualModify)
    {
        if (state.Space != 0)
        {
            sql.Append($",\n    {prefix}SSPACE = {state.Space}");
        }

        Append(sql, $"{prefix}INITCOND", state.Initial is null ? null : SqlText.Literal(state.Initial));
        if (state.Final is not null)
        {
            Append(sql, $"{prefix}FINALFUNC", state.Final);
            sql.Append(state.FinalTakesExtra ? $",\n    {prefix}FINALFUNC_EXTRA" : "");
            if (state.FinalModify != usualModify)
            {
                string modify = state.FinalModify switch { 'r' => "READ_ONLY", 's' => "SHAREABLE", _ => "READ_WRITE" };
                sql.Append($",\n    {prefix}FINALFUNC_MODIFY = {modify}");
            }
        }
    }

    private static void Append(StringBuilder sql, string option, string? value)
    {
        if (value is not null)
        {
            sql.Append($",\n    {option} = {value}");
        }
    }
}
