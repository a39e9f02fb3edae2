-- The procedural languages. The three that every server is born with (internal, c, sql) are none.
SELECT l.tableoid,
       l.oid,
       l.lanname::text,
       pg_catalog.pg_get_userbyid(l.lanowner)::text,
       l.lanacl::text[],
       pg_catalog.acldefault('l', l.lanowner)::text[],
       i.initprivs::text[],
       i.privtype::text,
       l.lanpltrusted
FROM pg_catalog.pg_language l
LEFT JOIN pg_catalog.pg_init_privs i
       ON i.objoid = l.oid AND i.classoid = l.tableoid AND i.objsubid = 0
WHERE l.lanispl
ORDER BY l.oid
