-- All text search parsers. They have no owner.
SELECT p.tableoid,
       p.oid,
       p.prsname::text,
       p.prsnamespace,
       p.prsstart::pg_catalog.regproc::text,
       p.prstoken::pg_catalog.regproc::text,
       p.prsend::pg_catalog.regproc::text,
       CASE WHEN p.prsheadline::oid <> 0 THEN p.prsheadline::pg_catalog.regproc::text END,
       p.prslextype::pg_catalog.regproc::text
FROM pg_catalog.pg_ts_parser p
ORDER BY p.oid
