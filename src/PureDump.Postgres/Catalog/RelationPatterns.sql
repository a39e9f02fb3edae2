-- The relations that match patterns: regular expressions for the schema in $1 (empty = what search_path shows), for the
-- name in $2. The operators are qualified because a search_path of the user is in force.
SELECT p.ordinal::pg_catalog.int4,
       c.oid
FROM unnest($1::pg_catalog.text[], $2::pg_catalog.text[]) WITH ORDINALITY AS p (schema_regex, name_regex, ordinal)
JOIN pg_catalog.pg_class c
  ON c.relname OPERATOR(pg_catalog.~) p.name_regex COLLATE pg_catalog.default
JOIN pg_catalog.pg_namespace n
  ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
WHERE c.relkind OPERATOR(pg_catalog.=) ANY ('{r,p,v,m,S,f}'::pg_catalog."char"[])
  AND CASE
          WHEN p.schema_regex OPERATOR(pg_catalog.=) '' THEN pg_catalog.pg_table_is_visible(c.oid)
          ELSE n.nspname OPERATOR(pg_catalog.~) p.schema_regex COLLATE pg_catalog.default
      END
ORDER BY 1, 2
