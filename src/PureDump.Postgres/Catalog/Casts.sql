-- The casts but those that come with a range and lead to its multirange (pg_dump.c, getCasts). The name that sorts them
-- is made of the bare names of the two types.
SELECT c.tableoid,
       c.oid,
       s.typname::text || ' ' || t.typname::text,
       pg_catalog.format_type(c.castsource, NULL),
       pg_catalog.format_type(c.casttarget, NULL),
       c.castmethod::text,
       c.castcontext::text,
       n.nspname::text,
       p.proname::text,
       ARRAY(SELECT pg_catalog.format_type(a.type, NULL)
             FROM pg_catalog.unnest(p.proargtypes::oid[]) WITH ORDINALITY AS a(type, n) ORDER BY a.n)
FROM pg_catalog.pg_cast c
JOIN pg_catalog.pg_type s
       ON s.oid = c.castsource
JOIN pg_catalog.pg_type t
       ON t.oid = c.casttarget
LEFT JOIN pg_catalog.pg_proc p
       ON p.oid = c.castfunc
LEFT JOIN pg_catalog.pg_namespace n
       ON n.oid = p.pronamespace
WHERE true /*? HasMultiranges */
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_range r WHERE r.rngtypid = c.castsource AND r.rngmultitypid = c.casttarget) /*: */
ORDER BY c.castsource, c.casttarget
