-- The databases that match patterns: regular expressions in $1.
SELECT p.ordinal::pg_catalog.int4,
       d.oid
FROM unnest($1::pg_catalog.text[]) WITH ORDINALITY AS p (name_regex, ordinal)
JOIN pg_catalog.pg_database d
  ON d.datname OPERATOR(pg_catalog.~) p.name_regex COLLATE pg_catalog.default
ORDER BY 1, 2
