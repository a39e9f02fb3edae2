-- Privileges on single columns, system columns too. By default a column has none.
SELECT a.attrelid,
       a.attname::text,
       a.attacl::text[],
       i.initprivs::text[],
       i.privtype::text
FROM pg_catalog.pg_attribute a
LEFT JOIN pg_catalog.pg_init_privs i
       ON i.objoid = a.attrelid AND i.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND i.objsubid = a.attnum
WHERE NOT a.attisdropped
  AND (a.attacl IS NOT NULL OR i.initprivs IS NOT NULL)
ORDER BY a.attrelid, a.attnum
