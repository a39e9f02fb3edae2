-- Privileges on configuration parameters; they belong to the role that initdb made.
SELECT p.oid,
       p.parname,
       pg_catalog.pg_get_userbyid(10)::text,
       p.paracl::text[],
       pg_catalog.acldefault('p', 10)::text[]
FROM pg_catalog.pg_parameter_acl p
ORDER BY p.parname
