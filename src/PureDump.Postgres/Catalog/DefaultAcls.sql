-- Default privileges. Rows for the whole database replace the built-in default and are told as the difference to it;
-- rows for one schema only add and are told as they are (pg_dump.c, getDefaultACLs). acldefault wants 's' for sequences.
SELECT d.tableoid,
       d.oid,
       pg_catalog.pg_get_userbyid(d.defaclrole)::text,
       d.defaclnamespace,
       d.defaclobjtype::text,
       d.defaclacl::text[],
       CASE WHEN d.defaclnamespace = 0
            THEN pg_catalog.acldefault(CASE WHEN d.defaclobjtype = 'S' THEN 's'::"char" ELSE d.defaclobjtype END, d.defaclrole)::text[]
            ELSE '{}'::text[]
       END
FROM pg_catalog.pg_default_acl d
ORDER BY d.oid
