-- Privileges on single columns, system columns too. By default a column has none. Which columns have some is found without a
-- join: there are few, and attributes are the most numerous things of a catalog.
SELECT a.attrelid,
       a.attname::text,
       a.attacl::text[],
       i.initprivs::text[],
       i.privtype::text
FROM (SELECT g.attrelid, g.attnum
      FROM pg_catalog.pg_attribute g
      WHERE g.attacl IS NOT NULL
      UNION
      SELECT p.objoid, p.objsubid
      FROM pg_catalog.pg_init_privs p
      WHERE p.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND p.objsubid <> 0) AS found(relation, number)
JOIN pg_catalog.pg_attribute a ON a.attrelid = found.relation AND a.attnum = found.number
LEFT JOIN pg_catalog.pg_init_privs i
       ON i.objoid = a.attrelid AND i.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND i.objsubid = a.attnum
WHERE NOT a.attisdropped
ORDER BY a.attrelid, a.attnum
