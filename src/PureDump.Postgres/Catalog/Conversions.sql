-- The conversions between encodings (pg_dump.c, getConversions and dumpConversion). The function prints as regproc.
SELECT c.tableoid,
       c.oid,
       c.conname::text,
       c.connamespace,
       pg_catalog.pg_get_userbyid(c.conowner)::text,
       pg_catalog.pg_encoding_to_char(c.conforencoding)::text,
       pg_catalog.pg_encoding_to_char(c.contoencoding)::text,
       c.conproc::text,
       c.condefault
FROM pg_catalog.pg_conversion c
ORDER BY c.oid
