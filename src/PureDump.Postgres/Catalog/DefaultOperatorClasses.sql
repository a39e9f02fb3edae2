-- The operator classes that an index of a type gets where none is named.
SELECT o.oid,
       o.opcmethod,
       o.opcintype
FROM pg_catalog.pg_opclass o
WHERE o.opcdefault
