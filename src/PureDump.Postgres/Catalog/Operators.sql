-- All operators; one without a function was only named by another one, as its commutator or negator (pg_dump.c,
-- getOperators).
SELECT o.tableoid,
       o.oid,
       o.oprname::text,
       o.oprnamespace,
       pg_catalog.pg_get_userbyid(o.oprowner)::text,
       o.oprkind::text,
       o.oprleft,
       o.oprright,
       o.oprcode::oid
FROM pg_catalog.pg_operator o
ORDER BY o.oid
