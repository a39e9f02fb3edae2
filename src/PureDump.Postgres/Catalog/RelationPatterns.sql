-- The relations that match patterns: regular expressions for the name in $1, for the schema in $2 (empty = what search_path
-- shows), and in $3 whether what inherits from them counts too. The operators are qualified because a search_path of the
-- user is in force.
WITH RECURSIVE found (ordinal, with_children, oid) AS (
    SELECT p.ordinal,
           p.with_children,
           c.oid
    FROM unnest($1::pg_catalog.text[], $2::pg_catalog.text[], $3::pg_catalog.bool[])
         WITH ORDINALITY AS p (name_regex, schema_regex, with_children, ordinal)
    JOIN pg_catalog.pg_class c
      ON c.relname OPERATOR(pg_catalog.~) p.name_regex COLLATE pg_catalog.default
    JOIN pg_catalog.pg_namespace n
      ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
    WHERE c.relkind OPERATOR(pg_catalog.=) ANY ('{r,p,v,m,S,f}'::pg_catalog."char"[])
      AND CASE
              WHEN p.schema_regex OPERATOR(pg_catalog.=) '' THEN pg_catalog.pg_table_is_visible(c.oid)
              ELSE n.nspname OPERATOR(pg_catalog.~) p.schema_regex COLLATE pg_catalog.default
          END
    UNION
    SELECT f.ordinal,
           f.with_children,
           i.inhrelid
    FROM found f
    JOIN pg_catalog.pg_inherits i
      ON f.with_children
     AND i.inhparent OPERATOR(pg_catalog.=) f.oid
)
SELECT f.ordinal::pg_catalog.int4,
       f.oid
FROM found f
ORDER BY 1, 2
