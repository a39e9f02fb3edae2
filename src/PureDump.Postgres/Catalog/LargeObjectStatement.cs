using System.Globalization;
using PureDump.Formats.Rows;

namespace PureDump.Postgres.Catalog;

/// <summary>The statements that read large objects.</summary>
internal static class LargeObjectStatement
{
    /// <summary>
    /// Reads contents: rows of OID, offset and piece in binary, the pieces of an object ascending. Sizes come from lo_lseek64, because
    /// pg_largeobject is for superusers only.
    /// </summary>
    public static string Out(IReadOnlyList<uint> oids)
    {
        const int piece = RowLimits.LargeObjectPieceMax;
        return $$"""
            COPY (
                SELECT s.oid, p.at::pg_catalog.int8, pg_catalog.lo_get(s.oid, p.at::pg_catalog.int8, {{piece}})
                FROM (
                    SELECT f.oid, pg_catalog.lo_lseek64(f.fd, 0, 2) AS size, pg_catalog.lo_close(f.fd) AS closed
                    FROM (SELECT o.oid, pg_catalog.lo_open(o.oid, 262144) AS fd
                          FROM pg_catalog.unnest('{{{List(oids)}}}'::pg_catalog.oid[]) AS o (oid) OFFSET 0) AS f OFFSET 0
                ) AS s,
                LATERAL pg_catalog.generate_series(0, s.size - 1, {{piece}}) AS p (at)
            ) TO STDOUT WITH (FORMAT binary)
            """;
    }

    /// <summary>Counts those of the objects that are there.</summary>
    public static string Count(IReadOnlyList<uint> oids) =>
        $$"""SELECT pg_catalog.count(*) FROM pg_catalog.pg_largeobject_metadata WHERE oid = ANY ('{{{List(oids)}}}'::pg_catalog.oid[])""";

    /// <summary>Takes the contents of those of the objects that are there.</summary>
    public static string Empty(IReadOnlyList<uint> oids) =>
        $$"""
        SELECT pg_catalog.lo_truncate(pg_catalog.lo_open(oid, 131072), 0) FROM pg_catalog.pg_largeobject_metadata
        WHERE oid = ANY ('{{{List(oids)}}}'::pg_catalog.oid[])
        """;

    private static string List(IReadOnlyList<uint> oids) =>
        string.Join(',', oids.Select(oid => oid.ToString(CultureInfo.InvariantCulture)));
}
