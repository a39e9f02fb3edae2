-- The users' objects of kinds that are not dumped yet, without the members of extensions: kind and full name, the schema
-- that decides (0 = none) and the object that decides besides (0 = none).
WITH found (classid, objid, namespace, of_class, of_object) AS (
    SELECT p.tableoid, p.oid, p.prsnamespace, 0::pg_catalog.oid, 0::pg_catalog.oid
    FROM pg_catalog.pg_ts_parser p
    UNION ALL
    SELECT t.tableoid, t.oid, t.tmplnamespace, 0, 0
    FROM pg_catalog.pg_ts_template t
    UNION ALL
    SELECT d.tableoid, d.oid, d.dictnamespace, 0, 0
    FROM pg_catalog.pg_ts_dict d
    UNION ALL
    SELECT c.tableoid, c.oid, c.cfgnamespace, 0, 0
    FROM pg_catalog.pg_ts_config c
    UNION ALL
    SELECT w.tableoid, w.oid, 0, 0, 0
    FROM pg_catalog.pg_foreign_data_wrapper w
    UNION ALL
    SELECT s.tableoid, s.oid, 0, 0, 0
    FROM pg_catalog.pg_foreign_server s
    UNION ALL
    -- the view, as not everyone may read the table
    SELECT 'pg_catalog.pg_user_mapping'::pg_catalog.regclass, m.umid, 0, 0, 0
    FROM pg_catalog.pg_user_mappings m
    UNION ALL
    SELECT c.tableoid, c.oid, c.relnamespace, c.tableoid, c.oid
    FROM pg_catalog.pg_class c
    WHERE c.relkind = 'f'
    UNION ALL
    SELECT e.tableoid, e.oid, 0, 0, 0
    FROM pg_catalog.pg_event_trigger e
    UNION ALL
    SELECT s.tableoid, s.oid, s.stxnamespace, 'pg_catalog.pg_class'::pg_catalog.regclass, s.stxrelid
    FROM pg_catalog.pg_statistic_ext s
)
SELECT i.type,
       i.identity,
       f.namespace,
       f.of_class,
       f.of_object
FROM found f
CROSS JOIN LATERAL pg_catalog.pg_identify_object(f.classid, f.objid, 0) AS i
WHERE f.objid >= 16384
  AND NOT EXISTS (
      SELECT 1
      FROM pg_catalog.pg_depend d
      WHERE d.classid = f.classid AND d.objid = f.objid AND d.deptype = 'e')
ORDER BY 1, 2
