-- The security labels of roles and tablespaces.
SELECT l.classoid,
       l.objoid,
       l.provider,
       l.label
FROM pg_catalog.pg_shseclabel l
WHERE l.classoid IN ('pg_catalog.pg_authid'::pg_catalog.regclass, 'pg_catalog.pg_tablespace'::pg_catalog.regclass)
ORDER BY l.classoid, l.objoid, l.provider COLLATE pg_catalog."C"
