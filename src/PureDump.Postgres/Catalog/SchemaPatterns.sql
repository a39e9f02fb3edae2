-- The schemas that match patterns: regular expressions in $1.
SELECT p.ordinal::pg_catalog.int4,
       n.oid
FROM unnest($1::pg_catalog.text[]) WITH ORDINALITY AS p (name_regex, ordinal)
JOIN pg_catalog.pg_namespace n
  ON n.nspname OPERATOR(pg_catalog.~) p.name_regex COLLATE pg_catalog.default
ORDER BY 1, 2
