-- All relations that can be dumped or that others depend on; system catalogs too, since a user's table may inherit from
-- one. Nothing is locked yet, so no function that looks at a definition (pg_get_...) may be called here.
SELECT c.tableoid,
       c.oid,
       c.relname::text,
       c.relnamespace,
       c.relkind::text,
       c.relpersistence::text,
       pg_catalog.pg_get_userbyid(c.relowner)::text,
       c.relacl::text[],
       CASE WHEN c.relacl IS NOT NULL OR i.objoid IS NOT NULL
            THEN pg_catalog.acldefault(CASE WHEN c.relkind = 'S' THEN 's'::"char" ELSE 'r'::"char" END, c.relowner)::text[] END,
       i.initprivs::text[],
       i.privtype::text,
       c.relispartition,
       c.relispopulated,
       c.relrowsecurity,
       c.relforcerowsecurity,
       c.relreplident::text,
       c.relhasrules,
       c.relhastriggers,
       c.relhasindex,
       c.relchecks,
       coalesce(ts.spcname, '')::text,
       am.amname::text,
       pg_catalog.array_remove(pg_catalog.array_remove(c.reloptions, 'check_option=local'), 'check_option=cascaded'),
       CASE WHEN 'check_option=local' = ANY (c.reloptions) THEN 'LOCAL'
            WHEN 'check_option=cascaded' = ANY (c.reloptions) THEN 'CASCADED' END,
       tc.reloptions,
       c.reloftype,
       coalesce(d.refobjid, 0::oid),
       coalesce(d.refobjsubid, 0),
       d.deptype IS NOT DISTINCT FROM 'i',
       coalesce(enum_hash.oid = ANY (pt.partclass), false),
       coalesce(ft.ftserver, 0::oid)
FROM pg_catalog.pg_class c
-- A sequence depends on the column it belongs to: 'a' where it is owned, 'i' where it is the column's identity.
LEFT JOIN pg_catalog.pg_depend d
       ON c.relkind = 'S'
      AND d.classid = c.tableoid AND d.objid = c.oid AND d.objsubid = 0
      AND d.refclassid = c.tableoid AND d.deptype IN ('a', 'i')
LEFT JOIN pg_catalog.pg_class tc ON tc.oid = c.reltoastrelid AND tc.relkind = 't' AND c.relkind <> 'p'
LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = c.reltablespace
LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
LEFT JOIN pg_catalog.pg_init_privs i ON i.objoid = c.oid AND i.classoid = c.tableoid AND i.objsubid = 0
LEFT JOIN pg_catalog.pg_partitioned_table pt ON pt.partrelid = c.oid
LEFT JOIN pg_catalog.pg_foreign_table ft ON ft.ftrelid = c.oid
LEFT JOIN (SELECT o.oid
           FROM pg_catalog.pg_opclass o
           JOIN pg_catalog.pg_am a ON a.oid = o.opcmethod AND a.amname = 'hash'
           JOIN pg_catalog.pg_namespace n ON n.oid = o.opcnamespace AND n.nspname = 'pg_catalog'
           WHERE o.opcname = 'enum_ops') enum_hash ON true
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'c', 'f')
ORDER BY c.oid
