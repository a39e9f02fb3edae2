-- All foreign servers.
SELECT s.tableoid,
       s.oid,
       s.srvname::text,
       pg_catalog.pg_get_userbyid(s.srvowner)::text,
       s.srvacl::text[],
       pg_catalog.acldefault('S', s.srvowner)::text[],
       i.initprivs::text[],
       i.privtype::text,
       w.fdwname::text,
       coalesce(s.srvtype, ''),
       coalesce(s.srvversion, ''),
       pg_catalog.array_to_string(ARRAY(
           SELECT pg_catalog.quote_ident(o.option_name) || ' ' || pg_catalog.quote_literal(o.option_value)
           FROM pg_catalog.pg_options_to_table(s.srvoptions) o
           ORDER BY o.option_name), E',\n    ')
FROM pg_catalog.pg_foreign_server s
JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw
LEFT JOIN pg_catalog.pg_init_privs i
       ON i.objoid = s.oid AND i.classoid = s.tableoid AND i.objsubid = 0
ORDER BY s.oid
