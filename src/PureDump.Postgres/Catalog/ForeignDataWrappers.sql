-- All foreign-data wrappers.
SELECT w.tableoid,
       w.oid,
       w.fdwname::text,
       pg_catalog.pg_get_userbyid(w.fdwowner)::text,
       w.fdwacl::text[],
       pg_catalog.acldefault('F', w.fdwowner)::text[],
       i.initprivs::text[],
       i.privtype::text,
       CASE WHEN w.fdwhandler <> 0 THEN w.fdwhandler::pg_catalog.regproc::text END,
       CASE WHEN w.fdwvalidator <> 0 THEN w.fdwvalidator::pg_catalog.regproc::text END,
       /*? HasWrapperConnection */ CASE WHEN w.fdwconnection <> 0 THEN w.fdwconnection::pg_catalog.regproc::text END /*: NULL::text */,
       pg_catalog.array_to_string(ARRAY(
           SELECT pg_catalog.quote_ident(o.option_name) || ' ' || pg_catalog.quote_literal(o.option_value)
           FROM pg_catalog.pg_options_to_table(w.fdwoptions) o
           ORDER BY o.option_name), E',\n    ')
FROM pg_catalog.pg_foreign_data_wrapper w
LEFT JOIN pg_catalog.pg_init_privs i
       ON i.objoid = w.oid AND i.classoid = w.tableoid AND i.objsubid = 0
ORDER BY w.oid
