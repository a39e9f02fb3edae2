using PureDump.Formats.Entries;
using PureDump.Formats.Script;
using PureDump.Formats.Sql;
using PureDump.Postgres.Wire;

namespace PureDump.Engine.Checks;

/// <summary>
/// What may lawfully take rows away on their way into a table: a row trigger that acts before or instead of the INSERT, of the table or
/// of a partition the row goes to, or a foreign table, whose server does what it likes.
/// </summary>
internal static class RowKeeper
{
    /// <summary>Looks for it, after rows were missing.</summary>
    /// <param name="connection">In the transaction of the rows.</param>
    /// <param name="rows">Names the table.</param>
    /// <returns>What it is called in messages, or null: there is none.</returns>
    public static string? Of(WireConnection connection, TableRows rows)
    {
        // Of pg_trigger.tgtype 1 is ROW, 4 is INSERT, 2 is BEFORE, 64 is INSTEAD (pg_trigger.h).
        List<string?[]> found = connection.Query($"""
            WITH RECURSIVE tree (oid) AS (
                SELECT pg_catalog.to_regclass({SqlText.LiteralAnywhere(PlainSqlWriter.Target(rows))})::pg_catalog.oid
                UNION ALL
                SELECT i.inhrelid
                FROM tree t
                JOIN pg_catalog.pg_inherits i ON i.inhparent OPERATOR(pg_catalog.=) t.oid
                JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) i.inhrelid AND c.relispartition
            )
            SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), pg_catalog.quote_ident(g.tgname)
            FROM tree t
            JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) t.oid
            JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
            LEFT JOIN pg_catalog.pg_trigger g ON g.tgrelid OPERATOR(pg_catalog.=) c.oid
                AND g.tgenabled OPERATOR(pg_catalog.<>) 'D'
                AND pg_catalog.int2and(g.tgtype, '5') OPERATOR(pg_catalog.=) 5
                AND pg_catalog.int2and(g.tgtype, '66') OPERATOR(pg_catalog.<>) 0
            WHERE c.relkind OPERATOR(pg_catalog.=) 'f' OR g.tgname IS NOT NULL
            LIMIT 1
            """, 2);
        return found is [[{ } table, var trigger]] ? (trigger is null ? $"foreign table {table}" : $"trigger {trigger} of {table}") : null;
    }
}
