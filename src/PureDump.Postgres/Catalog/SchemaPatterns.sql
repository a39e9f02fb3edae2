-- The schemas that match patterns. $1 is not used (schemas stand in no schema), $2 holds regular expressions. The
-- operators are qualified because a search_path of the user may be in force.
SELECT p.ordinal::pg_catalog.int4,
       n.oid
FROM unnest($1::pg_catalog.text[], $2::pg_catalog.text[]) WITH ORDINALITY AS p (schema_regex, name_regex, ordinal)
JOIN pg_catalog.pg_namespace n
  ON n.nspname OPERATOR(pg_catalog.~) p.name_regex COLLATE pg_catalog.default
ORDER BY 1, 2
