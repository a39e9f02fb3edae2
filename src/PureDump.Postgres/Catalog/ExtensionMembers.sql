-- What belongs to which extension; whether somebody has added it by hand. CREATE and ALTER EXTENSION make an object and its membership in one
-- transaction, and so does pg_upgrade. A row that is never updated says when the object was made; where there is none, one that is older than
-- the membership does: numbers of transactions go round, and the older one is behind by less than half of the circle. (age() must not be
-- asked here: see ChangedTables.sql.)
SELECT d.classid,
       d.objid,
       d.refobjid,
       CASE
           WHEN c.relkind IN ('r', 'p', 'f', 'm', 'S') THEN EXISTS (
               SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = -1 AND a.xmin <> d.xmin)
           WHEN t.typtype = 'c' THEN NOT EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = t.typrelid AND a.xmin = d.xmin)
           WHEN t.typtype = 'e' THEN NOT EXISTS (SELECT FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid AND e.xmin = d.xmin)
           WHEN t.typtype = 'r' THEN EXISTS (SELECT FROM pg_catalog.pg_range r WHERE r.rngtypid = t.oid AND r.xmin <> d.xmin)
           WHEN c.relkind = 'v' OR t.typtype = 'd' OR p.oid IS NOT NULL OR o.oid IS NOT NULL THEN
               pg_catalog.mod(d.xmin::text::int8 - coalesce(c.xmin, t.xmin, p.xmin, o.xmin)::text::int8 + 4294967296, 4294967296) BETWEEN 1 AND 2147483647
           ELSE false
       END AS by_hand
FROM pg_catalog.pg_depend d
LEFT JOIN pg_catalog.pg_class c ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.oid = d.objid
LEFT JOIN pg_catalog.pg_type t ON d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND t.oid = d.objid
LEFT JOIN pg_catalog.pg_proc p ON d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND p.oid = d.objid
LEFT JOIN pg_catalog.pg_operator o ON d.classid = 'pg_catalog.pg_operator'::pg_catalog.regclass AND o.oid = d.objid
WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
  AND d.deptype = 'e'
ORDER BY d.refobjid, d.classid, d.objid
