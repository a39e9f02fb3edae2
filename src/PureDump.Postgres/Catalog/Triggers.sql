-- The users' triggers on the tables in $1, and the clones of a partitioned table's trigger whose state differs from its.
-- The last column is the trigger of the top table, for a partition of a partition may differ from its parent where that does
-- not differ from the top and so is not in the dump. Never the pretty form of the definition: it spares parentheses in WHEN that newer servers may need.
SELECT t.tableoid,
       t.oid,
       t.tgname::text,
       t.tgrelid,
       t.tgenabled::text,
       /*? HasTriggerClones */ t.tgparentid <> 0 /*: t.tgisinternal */,
       pg_catalog.pg_get_triggerdef(t.oid, false),
       (WITH RECURSIVE up (oid, parent) AS (
            SELECT t.oid, t.tgparentid
            UNION ALL
            SELECT p.oid, p.tgparentid
            FROM up
            JOIN pg_catalog.pg_trigger p ON p.oid = up.parent)
        SELECT up.oid FROM up WHERE up.parent = 0)
FROM unnest($1::pg_catalog.oid[]) AS w (oid)
JOIN pg_catalog.pg_trigger t ON t.tgrelid = w.oid
LEFT JOIN pg_catalog.pg_trigger parent ON parent.oid = t.tgparentid
WHERE (NOT t.tgisinternal /*? HasTriggerClones */ AND t.tgparentid = 0 /*: */)
   OR t.tgenabled <> parent.tgenabled
ORDER BY t.tgrelid, t.tgname
