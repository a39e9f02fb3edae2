using System.Text;
using PureDump.Formats.Pg;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>The text of plain indexes, as the server writes it (ruleutils.c, pg_get_indexdef_worker).</summary>
internal static class IndexText
{
    private const int Descending = 1;
    private const int NullsFirst = 2;

    private static readonly Oid s_btree = new(403);
    private static readonly Oid s_hash = new(405);

    /// <summary>
    /// The statement that makes an index; null where it is not certain what the server would write: it has expressions, a
    /// condition, options, operator classes or collations to name, another access method than btree and hash, or a name
    /// that one server quotes and another does not.
    /// </summary>
    public static string? OfPlain(IndexObject index, DefaultOperatorClasses operatorClasses)
    {
        TableObject table = index.Table;
        bool isKnown = !index.HasExpressions && index.Options.Count == 0 && !index.NullsNotDistinct
            && (index.AccessMethod == s_btree || index.AccessMethod == s_hash);
        if (!isKnown || !IsQuotedAlike(index.Name) || !IsQuotedAlike(table.Name) || !IsQuotedAlike(table.Schema!.Name))
        {
            return null;
        }

        var sql = new StringBuilder(index.IsUnique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
        sql.Append(SqlText.Name(index.Name)).Append(index.RelKind == 'I' ? " ON ONLY " : " ON ");
        sql.Append(SqlText.Name(table.Schema.Name, table.Name)).Append(index.AccessMethod == s_btree ? " USING btree (" : " USING hash (");
        for (int i = 0; i < index.ColumnNumbers.Count; i++)
        {
            int number = index.ColumnNumbers[i];
            if (number < 1 || number > table.Columns.Count || table.Columns[number - 1] is not { IsDropped: false } column
                || column.Number != number || !IsQuotedAlike(column.Name))
            {
                return null;
            }

            bool isKey = i < index.KeyColumnCount;
            sql.Append(i == 0 ? "" : i == index.KeyColumnCount ? ") INCLUDE (" : ", ").Append(SqlText.Name(column.Name));
            if (!isKey)
            {
                continue;
            }

            if (
                index.Collations[i] != column.CollationOid
                || !operatorClasses.IsDefault(index.OperatorClasses[i], index.AccessMethod, column.TypeOid))
            {
                return null;
            }

            // Descending order has nulls first by itself. A hash has no order.
            sql.Append((index.ColumnOptions[i] & (Descending | NullsFirst)) switch
            {
                0 => "",
                Descending => " DESC NULLS LAST",
                NullsFirst => " NULLS FIRST",
                _ => " DESC",
            });
        }

        return sql.Append(')').ToString();
    }

    // Keywords come with new releases: what the newest quotes, an older one need not.
    private static bool IsQuotedAlike(string name) => !SqlText.IsQuotedKeyword(name);
}
