-- All text search configurations.
SELECT c.tableoid,
       c.oid,
       c.cfgname::text,
       c.cfgnamespace,
       pg_catalog.pg_get_userbyid(c.cfgowner)::text,
       n.nspname::text,
       p.prsname::text
FROM pg_catalog.pg_ts_config c
JOIN pg_catalog.pg_ts_parser p ON p.oid = c.cfgparser
JOIN pg_catalog.pg_namespace n ON n.oid = p.prsnamespace
ORDER BY c.oid
