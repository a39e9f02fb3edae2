-- All schemas. The owner of a dropped role prints as its number, as everywhere.
SELECT n.tableoid,
       n.oid,
       n.nspname::text,
       pg_catalog.pg_get_userbyid(n.nspowner)::text,
       n.nspacl::text[],
       pg_catalog.acldefault('n', n.nspowner)::text[],
       i.initprivs::text[],
       i.privtype::text
FROM pg_catalog.pg_namespace n
LEFT JOIN pg_catalog.pg_init_privs i
       ON i.objoid = n.oid AND i.classoid = n.tableoid AND i.objsubid = 0
ORDER BY n.oid
