-- The collations (pg_dump.c, getCollations and dumpCollation). Up to 14 the locale of ICU stood where libc's does.
SELECT c.tableoid,
       c.oid,
       c.collname::text,
       c.collnamespace,
       pg_catalog.pg_get_userbyid(c.collowner)::text,
       c.collencoding,
       c.collprovider::text,
       c.collisdeterministic,
       c.collcollate::text,
       c.collctype::text,
       /*? HasCollationLocaleColumn */ c.colllocale
       /*: COALESCE(pg_catalog.to_jsonb(c) ->> 'colliculocale', CASE WHEN c.collprovider = 'i' THEN c.collcollate::text END) */,
       /*? HasIcuRules */ c.collicurules /*: NULL::text */
FROM pg_catalog.pg_collation c
ORDER BY c.oid
