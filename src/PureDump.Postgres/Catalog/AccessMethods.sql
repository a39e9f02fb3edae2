-- The access methods of indexes and tables (pg_dump.c, getAccessMethods). The handler prints as regproc.
SELECT a.tableoid,
       a.oid,
       a.amname::text,
       a.amtype::text,
       a.amhandler::text
FROM pg_catalog.pg_am a
ORDER BY a.oid
