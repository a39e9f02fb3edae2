-- What CREATE TYPE needs to know of the base types $1. Functions print as regproc: quoted, qualified where needed.
SELECT t.oid,
       t.typlen,
       t.typinput::text,
       t.typoutput::text,
       CASE WHEN t.typreceive::oid <> 0 THEN t.typreceive::text END,
       CASE WHEN t.typsend::oid <> 0 THEN t.typsend::text END,
       CASE WHEN t.typmodin::oid <> 0 THEN t.typmodin::text END,
       CASE WHEN t.typmodout::oid <> 0 THEN t.typmodout::text END,
       CASE WHEN t.typanalyze::oid <> 0 THEN t.typanalyze::text END,
       /*? HasTypeSubscript */ CASE WHEN t.typsubscript::oid <> 0 THEN t.typsubscript::text END /*: NULL::text */,
       t.typcollation <> 0,
       pg_catalog.pg_get_expr(t.typdefaultbin, 0),
       t.typdefault,
       CASE WHEN t.typelem <> 0 THEN pg_catalog.format_type(t.typelem, NULL) END,
       t.typcategory::text,
       t.typispreferred,
       t.typdelim::text,
       t.typalign::text,
       t.typstorage::text,
       t.typbyval
FROM pg_catalog.pg_type t
WHERE t.oid = ANY ($1)
ORDER BY t.oid
