-- What CREATE AGGREGATE needs to know of the aggregates $1. Functions print as regproc: quoted, qualified where needed.
SELECT p.oid,
       pg_catalog.pg_get_function_arguments(p.oid),
       pg_catalog.pg_get_function_identity_arguments(p.oid),
       ARRAY(SELECT pg_catalog.format_type(t.type, NULL)
             FROM pg_catalog.unnest(p.proargtypes::oid[]) WITH ORDINALITY AS t(type, n) ORDER BY t.n),
       a.aggkind::text,
       a.aggtransfn::text,
       a.aggtranstype::pg_catalog.regtype::text,
       a.aggtransspace,
       a.agginitval,
       CASE WHEN a.aggfinalfn::oid <> 0 THEN a.aggfinalfn::text END,
       a.aggfinalextra,
       a.aggfinalmodify::text,
       CASE WHEN a.aggcombinefn::oid <> 0 THEN a.aggcombinefn::text END,
       CASE WHEN a.aggserialfn::oid <> 0 THEN a.aggserialfn::text END,
       CASE WHEN a.aggdeserialfn::oid <> 0 THEN a.aggdeserialfn::text END,
       CASE WHEN a.aggmtransfn::oid <> 0 THEN a.aggmtransfn::text END,
       a.aggminvtransfn::text,
       a.aggmtranstype::pg_catalog.regtype::text,
       a.aggmtransspace,
       a.aggminitval,
       CASE WHEN a.aggmfinalfn::oid <> 0 THEN a.aggmfinalfn::text END,
       a.aggmfinalextra,
       a.aggmfinalmodify::text,
       n.nspname::text,
       o.oprname::text,
       CASE WHEN p.prosupport::oid <> 0 THEN p.prosupport::text END,
       p.proparallel::text
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_aggregate a
       ON a.aggfnoid = p.oid
LEFT JOIN pg_catalog.pg_operator o
       ON o.oid = a.aggsortop
LEFT JOIN pg_catalog.pg_namespace n
       ON n.oid = o.oprnamespace
WHERE p.oid = ANY ($1)
ORDER BY p.oid
