-- The current database. The locale of the provider: daticulocale up to 16, libc before there were providers.
SELECT d.tableoid,
       d.oid,
       -- its bytes: whoever made it may have called it in any encoding
       pg_catalog.encode(pg_catalog.textsend(d.datname::text), 'hex'),
       pg_catalog.pg_get_userbyid(d.datdba)::text,
       pg_catalog.pg_encoding_to_char(d.encoding)::text,
       /*? HasLocaleProvider */ d.datlocprovider::text /*: 'c'::text */,
       d.datcollate::text,
       d.datctype::text,
       /*? HasDatabaseLocaleColumn */ d.datlocale /*: pg_catalog.to_jsonb(d) ->> 'daticulocale' */,
       /*? HasIcuRules */ d.daticurules /*: NULL::text */,
       t.spcname::text,
       d.datconnlimit,
       d.datistemplate,
       pg_catalog.shobj_description(d.oid, 'pg_database'),
       d.datacl::text[],
       pg_catalog.acldefault('d', d.datdba)::text[],
       pg_catalog.current_setting('server_version'),
       pg_catalog.current_setting('client_encoding'),
       pg_catalog.current_setting('standard_conforming_strings')::boolean
FROM pg_catalog.pg_database d
JOIN pg_catalog.pg_tablespace t
       ON t.oid = d.dattablespace
WHERE d.datname = pg_catalog.current_database()
