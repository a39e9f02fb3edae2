-- The attributes of the composite types $1; the collation only where it is not the attribute type's own. Attributes are
-- commented on under the oid of the type's relation.
SELECT t.oid,
       a.attname::text,
       a.attnum,
       pg_catalog.format_type(a.atttypid, a.atttypmod),
       cn.nspname::text,
       c.collname::text
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_attribute a
       ON a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_catalog.pg_type at
       ON at.oid = a.atttypid
LEFT JOIN pg_catalog.pg_collation c
       ON c.oid = a.attcollation AND a.attcollation <> at.typcollation
LEFT JOIN pg_catalog.pg_namespace cn
       ON cn.oid = c.collnamespace
WHERE t.oid = ANY ($1)
ORDER BY t.oid, a.attnum
