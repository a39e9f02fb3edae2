-- The settings of the current database, for all roles (0) first, then those for one role in it.
SELECT r.rolname::text,
       c.setting
FROM pg_catalog.pg_db_role_setting s
JOIN pg_catalog.pg_database d
       ON d.oid = s.setdatabase AND d.datname = pg_catalog.current_database()
LEFT JOIN pg_catalog.pg_roles r
       ON r.oid = s.setrole
CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) WITH ORDINALITY AS c(setting, n)
WHERE s.setrole = 0 OR r.oid IS NOT NULL
ORDER BY s.setrole, c.n
