-- The databases that can be connected to, template1 first: a script connects to it before it drops others. A connection
-- limit of -2 marks one whose DROP was interrupted. The bytes of a name are asked for too: they are what a new connection
-- must send, in whatever encoding this one is.
SELECT d.oid,
       d.datname::text,
       pg_catalog.encode(pg_catalog.convert_to(d.datname::text, pg_catalog.getdatabaseencoding()), 'hex')
FROM pg_catalog.pg_database d
WHERE d.datallowconn
  AND d.datconnlimit <> -2
  AND d.datname <> 'template0'
ORDER BY d.datname <> 'template1', d.datname
