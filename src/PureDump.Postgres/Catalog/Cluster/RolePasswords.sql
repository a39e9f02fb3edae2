-- The hashes of the passwords; only superusers may read them.
SELECT a.oid,
       a.rolpassword
FROM pg_catalog.pg_authid a
WHERE a.rolpassword IS NOT NULL
