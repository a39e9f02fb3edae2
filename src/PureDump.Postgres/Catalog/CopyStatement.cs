using System.Globalization;
using PureDump.Formats.Entries;
using PureDump.Formats.Script;
using PureDump.Formats.Sql;

namespace PureDump.Postgres.Catalog;

/// <summary>The COPY statements that move a table's rows. Columns are always listed: their order may differ elsewhere.</summary>
/// <remarks>
/// Int2vector, oidvector and tsquery travel as text: the server refuses its own binary form of their empty values ("invalid int2vector
/// data"), on 15 and 18 alike.
/// </remarks>
internal static class CopyStatement
{
    /// <summary>Reads rows.</summary>
    /// <param name="rows">Whose.</param>
    /// <param name="isForeign">Whether they are those of a foreign table, which COPY reads through a query only.</param>
    /// <param name="firstPage">The first heap page of the chunk, 0 for the start.</param>
    /// <param name="endPage">The heap page behind the chunk; <see cref="long.MaxValue"/> for the end.</param>
    public static string Out(TableRows rows, bool isForeign, long firstPage, long endPage)
    {
        string table = SqlText.Name(rows.Schema, rows.Table);
        string columns = Columns(rows);
        bool isWhole = firstPage == 0 && endPage == long.MaxValue;
        if (isWhole && rows.Filter is null && !isForeign)
        {
            return $"COPY {table}{(columns.Length == 0 ? "" : $" ({columns})")} TO STDOUT{Options(rows.Format, freeze: false)}";
        }

        var conditions = new List<string>();
        if (firstPage > 0)
        {
            conditions.Add($"ctid >= '({firstPage.ToString(CultureInfo.InvariantCulture)},0)'");
        }

        if (endPage != long.MaxValue)
        {
            conditions.Add($"ctid < '({endPage.ToString(CultureInfo.InvariantCulture)},0)'");
        }

        string? where = isWhole ? rows.Filter : $"WHERE {string.Join(" AND ", conditions)}";
        return $"COPY (SELECT {columns} FROM ONLY {table}{(where is null ? "" : $" {where}")}) TO "
            + $"STDOUT{Options(rows.Format, freeze: false)}";
    }

    /// <summary>Loads rows.</summary>
    /// <param name="rows">Whose.</param>
    /// <param name="format">The format the blocks are in.</param>
    /// <param name="freeze">Whether the table was truncated in the same transaction and nobody else sees it yet.</param>
    public static string In(TableRows rows, RowFormat format, bool freeze)
    {
        string columns = Columns(rows);
        return $"COPY {PlainSqlWriter.Target(rows)}{(columns.Length == 0 ? "" : $" ({columns})")} FROM stdin{Options(format, freeze)}";
    }

    /// <summary>Reads all rows that lie where rows are loaded into: of a partition root, those of the whole tree.</summary>
    public static string OutOfTarget(TableRows rows) =>
        rows.LoadInto is null
            ? Out(rows, isForeign: false, 0, long.MaxValue)
            : $"COPY (SELECT {Columns(rows)} FROM {PlainSqlWriter.Target(rows)}) TO STDOUT{Options(rows.Format, freeze: false)}";

    /// <summary>Counts the rows that <see cref="OutOfTarget"/> reads.</summary>
    public static string CountInTarget(TableRows rows) =>
        $"SELECT pg_catalog.count(*) FROM "
            + $"{(rows.LoadInto is null ? "ONLY " : "")}{PlainSqlWriter.Target(rows)}{(rows.Filter is null ? "" : $" {rows.Filter}")}";

    private static string Columns(TableRows rows) => string.Join(", ", rows.Columns.Select(column => SqlText.Name(column.Name)));

    private static string Options(RowFormat format, bool freeze) => (format, freeze) switch
    {
        (RowFormat.Binary, false) => " WITH (FORMAT binary)",
        (RowFormat.Binary, true) => " WITH (FORMAT binary, FREEZE)",
        (RowFormat.Text, true) => " WITH (FREEZE)",
        _ => "",
    };
}
