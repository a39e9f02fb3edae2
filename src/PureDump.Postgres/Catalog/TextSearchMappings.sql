-- The dictionaries of the configurations in $1 by token type. What the types are called only their parser knows; null
-- where it does not know the type (any more).
SELECT c.oid,
       m.maptokentype,
       t.alias,
       m.mapdict::pg_catalog.regdictionary::text
FROM pg_catalog.unnest($1::oid[]) AS src(oid)
JOIN pg_catalog.pg_ts_config c ON c.oid = src.oid
JOIN pg_catalog.pg_ts_config_map m ON m.mapcfg = c.oid
LEFT JOIN LATERAL pg_catalog.ts_token_type(c.cfgparser) t ON t.tokid = m.maptokentype
ORDER BY c.oid, m.maptokentype, m.mapseqno
