-- The user mappings of the servers in $1, out of the view that everyone may read. It hides the options from those who may
-- not use the mapping: then it is dumped without.
SELECT m.srvid,
       m.usename::text,
       pg_catalog.array_to_string(ARRAY(
           SELECT pg_catalog.quote_ident(o.option_name) || ' ' || pg_catalog.quote_literal(o.option_value)
           FROM pg_catalog.pg_options_to_table(m.umoptions) o
           ORDER BY o.option_name), E',\n    ')
FROM pg_catalog.unnest($1::oid[]) AS src(oid)
JOIN pg_catalog.pg_user_mappings m ON m.srvid = src.oid
ORDER BY m.srvid, m.usename
