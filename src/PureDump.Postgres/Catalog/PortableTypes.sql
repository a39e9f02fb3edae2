-- The types in $1 and, all the way down, what they are made of: base of domains, element of arrays, subtype of ranges
-- and multiranges, columns of composites.
WITH RECURSIVE needed(oid) AS (
    SELECT pg_catalog.unnest($1::oid[])
    UNION
    SELECT part.oid
    FROM needed n
    CROSS JOIN LATERAL (
        SELECT CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.typelem END
        FROM pg_catalog.pg_type t
        WHERE t.oid = n.oid AND (t.typtype = 'd' OR t.typelem <> 0)
        UNION ALL
        SELECT r.rngsubtype
        FROM pg_catalog.pg_range r
        WHERE r.rngtypid = n.oid /*? HasMultiranges */ OR r.rngmultitypid = n.oid /*: */
        UNION ALL
        SELECT a.atttypid
        FROM pg_catalog.pg_type t
        JOIN pg_catalog.pg_attribute a ON a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE t.oid = n.oid AND t.typtype = 'c'
    ) part(oid)
)
SELECT t.oid,
       t.typtype::text,
       t.typname::text,
       /*? HasTypeSubscript */
       t.typelem <> 0 AND t.typsubscript = 'pg_catalog.array_subscript_handler'::pg_catalog.regproc
       /*:
       t.typelem <> 0 AND t.typlen = -1
           AND EXISTS (SELECT 1 FROM pg_catalog.pg_type e WHERE e.oid = t.typelem AND e.typarray = t.oid)
       */,
       t.typsend <> 0 AND t.typreceive <> 0,
       x.extname::text,
       x.extversion,
       CASE t.typtype
           WHEN 'd' THEN ARRAY[t.typbasetype]
           WHEN 'c' THEN ARRAY(
               SELECT a.atttypid
               FROM pg_catalog.pg_attribute a
               WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
               ORDER BY a.attnum)
           WHEN 'r' THEN ARRAY(SELECT r.rngsubtype FROM pg_catalog.pg_range r WHERE r.rngtypid = t.oid)
           /*? HasMultiranges */
           WHEN 'm' THEN ARRAY(SELECT r.rngsubtype FROM pg_catalog.pg_range r WHERE r.rngmultitypid = t.oid)
           /*: */
           ELSE ARRAY[t.typelem] END
FROM needed n
JOIN pg_catalog.pg_type t ON t.oid = n.oid
LEFT JOIN pg_catalog.pg_depend d
       ON d.classid = t.tableoid AND d.objid = t.oid AND d.deptype = 'e'
      AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
LEFT JOIN pg_catalog.pg_extension x ON x.oid = d.refobjid
ORDER BY t.oid
