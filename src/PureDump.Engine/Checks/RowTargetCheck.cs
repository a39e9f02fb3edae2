using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Formats.Sql;
using PureDump.Postgres.Wire;

namespace PureDump.Engine.Checks;

/// <summary>
/// Compares the columns of rows with the table they are about to be loaded into. Binary COPY carries no types: rows of
/// other types would be refused at best and loaded as garbage at worst.
/// </summary>
internal static class RowTargetCheck
{
    /// <summary>Refuses rows that do not fit.</summary>
    /// <exception cref="PureDumpException">A table or column is missing or of another type, by name (<see
    /// cref="ErrorKind.TargetMismatch"/>).</exception>
    public static void Check(WireConnection connection, TableRows rows)
    {
        string name = PlainSqlWriter.Target(rows);
        Dictionary<string, string> columns = [];
        bool isThere = false;
        foreach (string?[] row in connection.Query($"""
            SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod)
            FROM pg_catalog.pg_class c
            LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.oid = pg_catalog.to_regclass({SqlText.LiteralAnywhere(name)})
            """, 2))
        {
            isThere = true;
            if (row[0] is string column)
            {
                columns[column] = row[1] ?? "";
            }
        }

        if (!isThere)
        {
            throw new PureDumpException(ErrorKind.TargetMismatch, $"the target has no table {name}");
        }

        foreach (RowColumn column in rows.Columns)
        {
            if (!columns.TryGetValue(column.Name, out string? type))
            {
                throw new PureDumpException(
                    ErrorKind.TargetMismatch,
                    $"the target's table {name} has no column {SqlText.Name(column.Name)}");
            }

            if (rows.Format == RowFormat.Binary && type != column.TypeName)
            {
                throw new PureDumpException(
                    ErrorKind.TargetMismatch,
                    $"column {SqlText.Name(column.Name)} of {name} has the type {type} in the target, the rows were dumped with the "
                        + $"type {column.TypeName}",
                    "binary rows fit only the types they were dumped with; dump again with --data-format text to convert");
            }
        }
    }
}
