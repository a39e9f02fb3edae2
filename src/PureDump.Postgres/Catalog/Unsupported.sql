-- The users' objects of kinds that are not dumped yet, without the members of extensions: kind and full name, the schema
-- that decides (0 = none) and the object that decides besides (0 = none).
WITH found (classid, objid, namespace, of_class, of_object) AS (
    SELECT l.tableoid, l.oid, 0::pg_catalog.oid, 0::pg_catalog.oid, 0::pg_catalog.oid
    FROM pg_catalog.pg_language l
    WHERE l.lanispl
    UNION ALL
    SELECT c.tableoid, c.oid, 0, 0, 0
    FROM pg_catalog.pg_cast c
    WHERE true /*? HasMultiranges */
      -- made with its range type
      AND NOT EXISTS (
          SELECT 1
          FROM pg_catalog.pg_range r
          WHERE r.rngtypid = c.castsource AND r.rngmultitypid = c.casttarget) /*: */
    UNION ALL
    SELECT t.tableoid, t.oid, 0, 0, 0
    FROM pg_catalog.pg_transform t
    UNION ALL
    SELECT o.tableoid, o.oid, o.oprnamespace, 0, 0
    FROM pg_catalog.pg_operator o
    WHERE o.oprcode <> 0
    UNION ALL
    SELECT o.tableoid, o.oid, o.opcnamespace, 0, 0
    FROM pg_catalog.pg_opclass o
    UNION ALL
    SELECT o.tableoid, o.oid, o.opfnamespace, 0, 0
    FROM pg_catalog.pg_opfamily o
    UNION ALL
    SELECT c.tableoid, c.oid, c.collnamespace, 0, 0
    FROM pg_catalog.pg_collation c
    UNION ALL
    SELECT c.tableoid, c.oid, c.connamespace, 0, 0
    FROM pg_catalog.pg_conversion c
    UNION ALL
    SELECT a.tableoid, a.oid, 0, 0, 0
    FROM pg_catalog.pg_am a
    UNION ALL
    SELECT p.tableoid, p.oid, 0, 0, 0
    FROM pg_catalog.pg_publication p
)
SELECT i.type,
       i.identity,
       f.namespace,
       f.of_class,
       f.of_object,
       'D'
FROM found f
CROSS JOIN LATERAL pg_catalog.pg_identify_object(f.classid, f.objid, 0) AS i
WHERE f.objid >= 16384
  AND NOT EXISTS (
      SELECT 1
      FROM pg_catalog.pg_depend d
      WHERE d.classid = f.classid AND d.objid = f.objid AND d.deptype = 'e')
UNION ALL
-- not everyone may read more of a subscription than its name
SELECT 'subscription', pg_catalog.quote_ident(s.subname), 0, 0, 0, 'D'
FROM pg_catalog.pg_subscription s
WHERE s.subdbid = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
UNION ALL
SELECT 'security label on ' || i.type, i.identity, 0, l.classoid, l.objoid, 'L'
FROM pg_catalog.pg_seclabel l
CROSS JOIN LATERAL pg_catalog.pg_identify_object(l.classoid, l.objoid, l.objsubid) AS i
ORDER BY 1, 2
