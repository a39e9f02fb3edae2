-- All types, the built-in ones too: they are elements of and parts of the user's (pg_dump.c, getTypes). An array type is
-- one that its element type names as its own.
SELECT t.tableoid,
       t.oid,
       t.typname::text,
       t.typnamespace,
       pg_catalog.pg_get_userbyid(t.typowner)::text,
       t.typacl::text[],
       CASE WHEN t.typacl IS NOT NULL OR i.objoid IS NOT NULL THEN pg_catalog.acldefault('T', t.typowner)::text[] END,
       i.initprivs::text[],
       i.privtype::text,
       t.typtype::text,
       t.typisdefined,
       e.oid IS NOT NULL,
       t.typrelid,
       c.relkind::text,
       t.typelem
FROM pg_catalog.pg_type t
LEFT JOIN pg_catalog.pg_type e
       ON e.oid = t.typelem AND e.typarray = t.oid
LEFT JOIN pg_catalog.pg_class c
       ON c.oid = t.typrelid
LEFT JOIN pg_catalog.pg_init_privs i
       ON i.objoid = t.oid AND i.classoid = t.tableoid AND i.objsubid = 0
ORDER BY t.oid
