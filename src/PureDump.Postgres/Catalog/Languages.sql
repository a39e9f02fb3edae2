-- The procedural languages with their functions. The three languages every server is born with (internal, c, sql) are
-- none.
SELECT l.tableoid,
       l.oid,
       l.lanname::text,
       pg_catalog.pg_get_userbyid(l.lanowner)::text,
       l.lanacl::text[],
       pg_catalog.acldefault('l', l.lanowner)::text[],
       i.initprivs::text[],
       i.privtype::text,
       l.lanpltrusted,
       h.tableoid,
       h.oid,
       hn.nspname::text,
       h.proname::text,
       n.tableoid,
       n.oid,
       nn.nspname::text,
       n.proname::text,
       v.tableoid,
       v.oid,
       vn.nspname::text,
       v.proname::text
FROM pg_catalog.pg_language l
LEFT JOIN pg_catalog.pg_init_privs i
       ON i.objoid = l.oid AND i.classoid = l.tableoid AND i.objsubid = 0
LEFT JOIN pg_catalog.pg_proc h
       ON h.oid = l.lanplcallfoid
LEFT JOIN pg_catalog.pg_namespace hn
       ON hn.oid = h.pronamespace
LEFT JOIN pg_catalog.pg_proc n
       ON n.oid = l.laninline
LEFT JOIN pg_catalog.pg_namespace nn
       ON nn.oid = n.pronamespace
LEFT JOIN pg_catalog.pg_proc v
       ON v.oid = l.lanvalidator
LEFT JOIN pg_catalog.pg_namespace vn
       ON vn.oid = v.pronamespace
WHERE l.lanispl
ORDER BY l.oid
