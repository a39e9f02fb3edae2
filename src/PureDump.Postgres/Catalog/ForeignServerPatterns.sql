-- The foreign servers that match patterns. $1 is not used (servers stand in no schema), $2 holds regular expressions.
SELECT p.ordinal::pg_catalog.int4,
       s.oid
FROM unnest($1::pg_catalog.text[], $2::pg_catalog.text[]) WITH ORDINALITY AS p (schema_regex, name_regex, ordinal)
JOIN pg_catalog.pg_foreign_server s
  ON s.srvname OPERATOR(pg_catalog.~) p.name_regex COLLATE pg_catalog.default
ORDER BY 1, 2
