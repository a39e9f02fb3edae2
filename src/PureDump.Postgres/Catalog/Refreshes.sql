-- Each materialized view with the materialized views its query reads, straight or through views.
WITH RECURSIVE uses AS (
    SELECT DISTINCT v.oid AS view, u.oid AS used, u.relkind
    FROM pg_catalog.pg_class v
    JOIN pg_catalog.pg_rewrite r ON r.ev_class = v.oid
    JOIN pg_catalog.pg_depend d
      ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = r.oid
     AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid <> v.oid
    JOIN pg_catalog.pg_class u ON u.oid = d.refobjid AND u.relkind IN ('m', 'v')
    WHERE v.relkind IN ('m', 'v')
), reach AS (
    SELECT m.oid AS view, e.used, e.relkind
    FROM pg_catalog.pg_class m
    JOIN uses e ON e.view = m.oid
    WHERE m.relkind = 'm'
    UNION
    SELECT w.view, e.used, e.relkind
    FROM reach w
    JOIN uses e ON e.view = w.used
)
SELECT view, used
FROM reach
WHERE relkind = 'm'
ORDER BY 1, 2
