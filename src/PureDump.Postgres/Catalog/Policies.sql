-- The row security policies of the tables in $1. Role 0 is PUBLIC: then no role is printed.
SELECT p.tableoid,
       p.oid,
       p.polname::text,
       p.polrelid,
       p.polcmd::text,
       p.polpermissive,
       CASE
           WHEN p.polroles <> '{0}' THEN
               pg_catalog.array_to_string(
                   ARRAY(
                       SELECT pg_catalog.quote_ident(r.rolname)
                       FROM pg_catalog.pg_roles r
                       WHERE r.oid = ANY (p.polroles)
                       ORDER BY r.oid),
                   ', ')
       END,
       pg_catalog.pg_get_expr(p.polqual, p.polrelid),
       pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid)
FROM unnest($1::pg_catalog.oid[]) AS w (oid)
JOIN pg_catalog.pg_policy p ON p.polrelid = w.oid
ORDER BY p.oid
