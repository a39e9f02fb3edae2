using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Ddl;

/// <summary>Operators as SQL (pg_dump.c, dumpOpr).</summary>
internal static class OperatorDdl
{
    /// <summary>
    /// Adds the entries of one operator; nothing for one that was only named by another: its statement will name it again.
    /// </summary>
    public static void Emit(OperatorObject item, DdlContext context)
    {
        if (item.Definition is not { } definition)
        {
            return;
        }

        if (item.OperatorKind == 'r' && item.Emits(Components.Definition))
        {
            // From 14 on.
            context.Warn($"postfix operators are not supported anymore (operator \"{definition.Function}\")");
        }

        // The name of an operator is never quoted.
        string name = $"{SqlText.Name(item.Schema!.Name)}.{item.Name}";
        PreDataDdl.Emit(
            item,
            EntryKind.Operator,
            $"{name} ({definition.LeftType ?? "NONE"}, {definition.RightType ?? "NONE"})",
            () => $"CREATE OPERATOR {name} (\n{Details(definition)}\n);\n",
            context);
    }

    private static string Details(OperatorDefinition definition)
    {
        var sql = new StringBuilder();
        sql.Append($"    FUNCTION = {RoutineName.WithoutTypes(definition.Function)}");
        Append(sql, "LEFTARG", definition.LeftType);
        Append(sql, "RIGHTARG", definition.RightType);
        Append(sql, "COMMUTATOR", Reference(definition.Commutator));
        Append(sql, "NEGATOR", Reference(definition.Negator));
        sql.Append(definition.CanMerge ? ",\n    MERGES" : "");
        sql.Append(definition.CanHash ? ",\n    HASHES" : "");
        Append(sql, "RESTRICT", definition.Restrict is null ? null : RoutineName.WithoutTypes(definition.Restrict));
        Append(sql, "JOIN", definition.Join is null ? null : RoutineName.WithoutTypes(definition.Join));
        return sql.ToString();
    }

    private static string? Reference((string Schema, string Name)? name) =>
        name is { } known ? $"OPERATOR({SqlText.Name(known.Schema)}.{known.Name})" : null;

    private static void Append(StringBuilder sql, string option, string? value)
    {
        if (value is not null)
        {
            sql.Append($",\n    {option} = {value}");
        }
    }
}
