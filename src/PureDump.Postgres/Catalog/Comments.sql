-- All comments that can belong to a dumped object ($1: one of initdb is dumped): objects of initdb seldom are, but schemas can be, and
-- large objects may have any oid.
SELECT d.classoid,
       d.objoid,
       d.objsubid,
       d.description
FROM pg_catalog.pg_description d
WHERE $1
   OR d.objoid >= 16384
   OR d.classoid IN ('pg_catalog.pg_namespace'::pg_catalog.regclass, 'pg_catalog.pg_largeobject'::pg_catalog.regclass)
ORDER BY d.classoid, d.objoid, d.objsubid
