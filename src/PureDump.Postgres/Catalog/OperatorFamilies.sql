-- The operator families (pg_dump.c, getOpfamilies). Most were made by their first operator class.
SELECT f.tableoid,
       f.oid,
       f.opfname::text,
       f.opfnamespace,
       pg_catalog.pg_get_userbyid(f.opfowner)::text,
       a.amname::text
FROM pg_catalog.pg_opfamily f
JOIN pg_catalog.pg_am a
       ON a.oid = f.opfmethod
ORDER BY f.oid
