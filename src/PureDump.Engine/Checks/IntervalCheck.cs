using System.Buffers.Binary;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;
using PureDump.Formats.Script;
using PureDump.Formats.Sql;
using PureDump.Postgres.Server;
using PureDump.Postgres.Wire;

namespace PureDump.Engine.Checks;

/// <summary>
/// Infinite intervals (17 and later) are extreme field values in binary, which an older server takes for an ordinary
/// interval of 178956970 years without a word. This looks for them before they are sent.
/// </summary>
/// <remarks>
/// Interval travels in binary, and is looked through when a server before 17 is to take it: an infinite interval is read there as an
/// ordinary one without an error.
/// </remarks>
internal sealed class IntervalCheck
{
    private readonly TableRows _rows;
    private readonly bool[] _isInterval;

    private IntervalCheck(TableRows rows, bool[] isInterval)
    {
        _rows = rows;
        _isInterval = isInterval;
    }

    /// <summary>A check for rows that need one, else null.</summary>
    /// <exception cref="PureDumpException">A column holds intervals inside another type, where they cannot be looked at
    /// (<see cref="ErrorKind.TargetMismatch"/>).</exception>
    public static IntervalCheck? For(WireConnection connection, TableRows rows, DumpOrigin origin, ServerFeatures target)
    {
        if (
            rows.Format != RowFormat.Binary
            || target.HasIntervalInfinity
            || !new ServerFeatures(origin.ServerVersionNumber).HasIntervalInfinity)
        {
            return null;
        }

        bool[] isInterval =
        [
            .. rows.Columns.Select(column =>
                column.TypeName == "interval"
                || column.TypeName.StartsWith("interval ", StringComparison.Ordinal)
                || column.TypeName.StartsWith("interval(", StringComparison.Ordinal)),
        ];
        foreach (
            string?[] row in connection.Query(
                $"""
                WITH RECURSIVE parts (attname, oid, depth) AS (
                    SELECT a.attname, a.atttypid, 0
                    FROM pg_catalog.pg_attribute a
                    WHERE a.attrelid = pg_catalog.to_regclass({SqlText.LiteralAnywhere(
                    PlainSqlWriter.Target(rows))}) AND a.attnum > 0 AND NOT a.attisdropped
                    UNION
                    SELECT p.attname, n.oid, 1
                    FROM parts p
                    JOIN pg_catalog.pg_type t ON t.oid = p.oid
                    CROSS JOIN LATERAL (
                        SELECT t.typelem AS oid UNION ALL SELECT t.typbasetype
                        UNION ALL SELECT r.rngsubtype FROM pg_catalog.pg_range r WHERE r.rngtypid = t.oid
                        UNION ALL SELECT c.atttypid FROM pg_catalog.pg_attribute c WHERE c.attrelid = t.typrelid AND t.typrelid <> 0 AND
                            c.attnum > 0 AND NOT c.attisdropped
                    ) n
                    WHERE n.oid <> 0)
                SELECT attname FROM parts WHERE oid = 1186 AND depth > 0
                """,
                1))
        {
            throw new PureDumpException(
                ErrorKind.TargetMismatch,
                $"column {SqlText.Name(row[0] ?? "")} of {PlainSqlWriter.Target(rows)} holds intervals inside another type, which a "
                    + "server before 17 can misread in binary",
                "dump again with --data-format text");
        }

        return isInterval.Contains(true) ? new IntervalCheck(rows, isInterval) : null;
    }

    /// <summary>Looks through a block.</summary>
    /// <exception cref="PureDumpException">An interval in it is infinite, or it cannot be looked at (<see
    /// cref="ErrorKind.TargetMismatch"/>).</exception>
    public void Look(RowBlock block)
    {
        if (block.Continues || block.IsContinuation)
        {
            throw new PureDumpException(
                ErrorKind.TargetMismatch,
                $"a row of {PlainSqlWriter.Target(_rows)} is too large to look for infinite intervals in it",
                "dump again with --data-format text");
        }

        ReadOnlySpan<byte> rows = block.Bytes;
        while (!rows.IsEmpty)
        {
            int count = rows.Length < 2 ? -1 : BinaryPrimitives.ReadInt16BigEndian(rows);
            if (count != _isInterval.Length)
            {
                throw Malformed();
            }

            rows = rows[2..];
            for (int i = 0; i < count; i++)
            {
                int length = rows.Length < 4 ? -2 : BinaryPrimitives.ReadInt32BigEndian(rows);
                if (length < -1 || length > rows.Length - 4)
                {
                    throw Malformed();
                }

                ReadOnlySpan<byte> field = rows.Slice(4, Math.Max(0, length));
                if (_isInterval[i] && field.Length == 16 && IsInfinite(field))
                {
                    throw new PureDumpException(
                        ErrorKind.TargetMismatch,
                        $"column {SqlText.Name(_rows.Columns[i].Name)} of {PlainSqlWriter.Target(_rows)} holds an infinite interval, "
                            + "which the target does not know",
                        "servers before 17 have no infinite intervals");
                }

                rows = rows[(4 + field.Length)..];
            }
        }
    }

    // timestamp.h, INTERVAL_NOBEGIN and INTERVAL_NOEND: all three fields at their least or greatest.
    private static bool IsInfinite(ReadOnlySpan<byte> field)
    {
        long time = BinaryPrimitives.ReadInt64BigEndian(field);
        int days = BinaryPrimitives.ReadInt32BigEndian(field[8..]);
        int months = BinaryPrimitives.ReadInt32BigEndian(field[12..]);
        return (time, days, months) is (long.MaxValue, int.MaxValue, int.MaxValue) or (long.MinValue, int.MinValue, int.MinValue);
    }

    private PureDumpException Malformed() =>
        new(
            ErrorKind.ArchiveDamaged,
            $"rows of {PlainSqlWriter.Target(_rows)} are not in the binary format of its {_isInterval.Length} columns");
}
