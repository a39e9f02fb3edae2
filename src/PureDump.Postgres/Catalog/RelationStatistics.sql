-- What the planner knows of the relations in $1 as a whole, and the column names of indexes on expressions: those columns
-- are told by their number, as another server may name them otherwise.
SELECT c.oid,
       c.relpages,
       c.reltuples::text,
       c.relallvisible,
       /*? HasAllFrozen */ c.relallfrozen /*: NULL::integer */,
       CASE WHEN i.indexprs IS NOT NULL THEN ARRAY(
           SELECT a.attname::text
           FROM pg_catalog.pg_attribute a
           WHERE a.attrelid = c.oid
           ORDER BY a.attnum) END
FROM pg_catalog.unnest($1::pg_catalog.oid[]) AS w (oid)
JOIN pg_catalog.pg_class c ON c.oid = w.oid
LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
