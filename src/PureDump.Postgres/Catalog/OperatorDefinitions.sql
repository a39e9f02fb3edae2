-- What CREATE OPERATOR needs to know of the operators $1. Functions print as regprocedure: the name alone (regproc) is
-- qualified even in pg_catalog where it is overloaded, and pg_dump does not print that.
SELECT o.oid,
       o.oprcode::oid::pg_catalog.regprocedure::text,
       CASE WHEN o.oprleft <> 0 THEN pg_catalog.format_type(o.oprleft, NULL) END,
       CASE WHEN o.oprright <> 0 THEN pg_catalog.format_type(o.oprright, NULL) END,
       cn.nspname::text,
       c.oprname::text,
       nn.nspname::text,
       n.oprname::text,
       o.oprcanmerge,
       o.oprcanhash,
       CASE WHEN o.oprrest::oid <> 0 THEN o.oprrest::oid::pg_catalog.regprocedure::text END,
       CASE WHEN o.oprjoin::oid <> 0 THEN o.oprjoin::oid::pg_catalog.regprocedure::text END
FROM pg_catalog.pg_operator o
LEFT JOIN pg_catalog.pg_operator c
       ON c.oid = o.oprcom
LEFT JOIN pg_catalog.pg_namespace cn
       ON cn.oid = c.oprnamespace
LEFT JOIN pg_catalog.pg_operator n
       ON n.oid = o.oprnegate
LEFT JOIN pg_catalog.pg_namespace nn
       ON nn.oid = n.oprnamespace
WHERE o.oid = ANY ($1)
ORDER BY o.oid
