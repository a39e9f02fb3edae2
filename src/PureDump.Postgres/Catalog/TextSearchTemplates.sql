-- All text search templates. They have no owner.
SELECT t.tableoid,
       t.oid,
       t.tmplname::text,
       t.tmplnamespace,
       CASE WHEN t.tmplinit::oid <> 0 THEN t.tmplinit::pg_catalog.regproc::text END,
       t.tmpllexize::pg_catalog.regproc::text
FROM pg_catalog.pg_ts_template t
ORDER BY t.oid
