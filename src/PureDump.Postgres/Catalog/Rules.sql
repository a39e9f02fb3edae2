-- All rewrite rules. The text only of those on the relations in $1 (what is not dumped is not locked either), and not of
-- the ON SELECT rules, which are the queries of views.
SELECT r.tableoid,
       r.oid,
       r.rulename::text,
       r.ev_class,
       r.ev_type::text,
       r.is_instead,
       r.ev_enabled::text,
       CASE WHEN r.ev_type <> '1' AND w.oid IS NOT NULL THEN pg_catalog.pg_get_ruledef(r.oid) END
FROM pg_catalog.pg_rewrite r
LEFT JOIN unnest($1::pg_catalog.oid[]) AS w (oid) ON w.oid = r.ev_class
ORDER BY r.oid
