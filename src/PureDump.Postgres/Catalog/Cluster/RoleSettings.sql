-- The settings of roles in all databases; role 0 stands for all roles.
SELECT s.setrole,
       c.setting
FROM pg_catalog.pg_db_role_setting s
CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) WITH ORDINALITY AS c(setting, n)
WHERE s.setdatabase = 0
ORDER BY s.setrole, c.n
