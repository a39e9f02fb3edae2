-- What CREATE FUNCTION needs to know of the functions $1. Cost and rows are text as the server prints a float4.
SELECT p.oid,
       p.prokind::text,
       pg_catalog.pg_get_function_arguments(p.oid),
       pg_catalog.pg_get_function_identity_arguments(p.oid),
       ARRAY(SELECT pg_catalog.format_type(a.type, NULL)
             FROM pg_catalog.unnest(p.proargtypes::oid[]) WITH ORDINALITY AS a(type, n) ORDER BY a.n),
       pg_catalog.pg_get_function_result(p.oid),
       l.lanname::text,
       ARRAY(SELECT pg_catalog.format_type(a.type, NULL)
             FROM pg_catalog.unnest(p.protrftypes) WITH ORDINALITY AS a(type, n) ORDER BY a.n),
       p.provolatile::text,
       p.proisstrict,
       p.prosecdef,
       p.proleakproof,
       p.procost::text,
       p.proretset,
       p.prorows::text,
       CASE WHEN p.prosupport::oid <> 0 THEN p.prosupport::text END,
       p.proparallel::text,
       p.proconfig,
       /*? HasSqlFunctionBodies */ pg_catalog.pg_get_function_sqlbody(p.oid) /*: NULL::text */,
       p.probin,
       p.prosrc
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_language l
       ON l.oid = p.prolang
WHERE p.oid = ANY ($1)
ORDER BY p.oid
