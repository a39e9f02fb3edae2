-- All tablespaces but those of initdb, in the order in which they were made.
SELECT t.oid,
       t.spcname::text,
       pg_catalog.pg_get_userbyid(t.spcowner)::text,
       pg_catalog.pg_tablespace_location(t.oid),
       t.spcoptions,
       pg_catalog.shobj_description(t.oid, 'pg_tablespace'),
       t.spcacl::text[],
       pg_catalog.acldefault('t', t.spcowner)::text[]
FROM pg_catalog.pg_tablespace t
WHERE t.spcname !~ '^pg_'
ORDER BY t.oid
