-- The operator classes (pg_dump.c, getOpclasses and dumpOpclass).
SELECT c.tableoid,
       c.oid,
       c.opcname::text,
       c.opcnamespace,
       pg_catalog.pg_get_userbyid(c.opcowner)::text,
       a.amname::text,
       pg_catalog.format_type(c.opcintype, NULL),
       CASE WHEN c.opckeytype <> 0 THEN pg_catalog.format_type(c.opckeytype, NULL) END,
       c.opcdefault,
       n.nspname::text,
       f.opfname::text
FROM pg_catalog.pg_opclass c
JOIN pg_catalog.pg_am a
       ON a.oid = c.opcmethod
JOIN pg_catalog.pg_opfamily f
       ON f.oid = c.opcfamily
JOIN pg_catalog.pg_namespace n
       ON n.oid = f.opfnamespace
ORDER BY c.oid
