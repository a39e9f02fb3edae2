using System.Globalization;
using System.Text;
using PureDump.Formats.Errors;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Server;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// The planner's statistics as SQL (pg_dump.c, dumpRelationStats), written while they are read: no value of them is held. Calls of
/// functions that servers have from 18 on.
/// </summary>
internal static class StatisticsText
{
    // The arguments of pg_restore_attribute_stats that hold values, in the order of AttributeStatistics.sql.
    private static readonly (string Name, string Type)[] ColumnArguments =
    [
        ("inherited", "boolean"), ("null_frac", "real"), ("avg_width", "integer"), ("n_distinct", "real"), ("most_common_vals", "text"),
        ("most_common_freqs", "real[]"), ("histogram_bounds", "text"), ("correlation", "real"), ("most_common_elems", "text"),
        ("most_common_elem_freqs", "real[]"), ("elem_count_histogram", "real[]"), ("range_length_histogram", "text"),
        ("range_empty_frac", "real"), ("range_bounds_histogram", "text"),
    ];

    // Those of pg_restore_extended_stats, in the order of ExtendedStatisticsData.sql.
    private static readonly (string Name, string Type)[] s_extendedArguments =
    [
        ("inherited", "boolean"), ("n_distinct", "pg_ndistinct"), ("dependencies", "pg_dependencies"), ("most_common_vals", "text[]"),
        ("most_common_freqs", "double precision[]"), ("most_common_base_freqs", "double precision[]"), ("exprs", "jsonb"),
    ];

    /// <summary>The statement that restores what is known of a relation as a whole.</summary>
    public static string RelationSql(StatisticsDataObject statistics, RelationStatistics relation, ServerFeatures features)
    {
        StringBuilder sql = Begin(new StringBuilder(), "pg_restore_relation_stats", statistics, features);
        Append(sql, "relpages", Number(relation.Pages), "integer");

        // Older servers say 0 where they do not know; for newer ones that is an empty table.
        Append(sql, "reltuples", relation.Tuples == "0" && !features.HasUnknownRelTuples ? "-1" : relation.Tuples, "real");
        Append(sql, "relallvisible", Number(relation.AllVisible), "integer");
        if (relation.AllFrozen is { } allFrozen)
        {
            Append(sql, "relallfrozen", Number(allFrozen), "integer");
        }

        return sql.Append("\n);\n").ToString();
    }

    /// <summary>Appends the statement that restores what is known of a column.</summary>
    /// <param name="sql">Where to.</param>
    /// <param name="statistics">The statistics of its relation.</param>
    /// <param name="indexColumns">The columns of an index on expressions, else null.</param>
    /// <param name="features">The source.</param>
    /// <param name="row">The rest of a row of AttributeStatistics.sql, from the column's name on.</param>
    /// <exception cref="PureDumpException">An index has statistics of a column that it does not have
    /// (<see cref="ErrorKind.Catalog"/>).</exception>
    public static void AppendColumn(
        StringBuilder sql,
        StatisticsDataObject statistics,
        IReadOnlyList<string>? indexColumns,
        ServerFeatures features,
        ref CatalogRow row)
    {
        string column = row.Text();
        Begin(sql, "pg_restore_attribute_stats", statistics, features);
        if (indexColumns is null)
        {
            sql.Append($",\n\t'attname', {SqlText.Literal(column)}");
        }
        else
        {
            int index = indexColumns.ToList().IndexOf(column);
            if (index < 0)
            {
                throw new PureDumpException(
                    ErrorKind.Catalog,
                    $"the index {statistics.Relation} has no column {column}, but statistics of it");
            }

            Append(sql, "attnum", Number(index + 1), "smallint");
        }

        foreach ((string name, string type) in ColumnArguments)
        {
            if (row.TextOrNull() is { } value)
            {
                Append(sql, name, value, type);
            }
        }

        sql.Append("\n);\n");
    }

    /// <summary>The statement that restores what extended statistics hold.</summary>
    /// <param name="statistics">Which.</param>
    /// <param name="features">The source.</param>
    /// <param name="row">The rest of a row of ExtendedStatisticsData.sql, behind the OID.</param>
    public static string ExtendedSql(ExtendedStatisticsObject statistics, ServerFeatures features, ref CatalogRow row)
    {
        StringBuilder sql = Begin(new StringBuilder(), "pg_restore_extended_stats", statistics.Table, features)
            .Append(
                $",\n\t'statistics_schemaname', {SqlText.Literal(statistics.Schema!.Name)},\n\t'statistics_name', "
                    + $"{SqlText.Literal(statistics.Name)}");
        foreach ((string name, string type) in s_extendedArguments)
        {
            if (row.TextOrNull() is { } value)
            {
                Append(sql, name, value, type);
            }
        }

        return sql.Append("\n);\n").ToString();
    }

    private static StringBuilder Begin(StringBuilder sql, string function, CatalogObject relation, ServerFeatures features) =>
        sql.Append(CultureInfo.InvariantCulture, $"SELECT * FROM pg_catalog.{function}(\n\t'version', '{features.VersionNumber}'::integer")
            .Append($",\n\t'schemaname', {SqlText.Literal(relation.Schema!.Name)},\n\t'relname', {SqlText.Literal(relation.Name)}");

    private static void Append(StringBuilder sql, string argument, string value, string type) =>
        sql.Append($",\n\t'{argument}', {SqlText.Literal(value)}::{type}");

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
