-- What stands in the catalog and is of a kind that is not known here: what it is, its name, and the schema that decides
-- whether it is wanted (0 = none). Nothing of it could be dumped.
WITH known_class (name) AS (
    SELECT pg_catalog.unnest('{
        pg_am,pg_amop,pg_amproc,pg_attrdef,pg_attribute,pg_auth_members,pg_authid,pg_cast,pg_class,pg_collation,pg_constraint,
        pg_conversion,pg_database,pg_default_acl,pg_enum,pg_event_trigger,pg_extension,pg_foreign_data_wrapper,pg_foreign_server,
        pg_language,pg_largeobject,pg_largeobject_metadata,pg_namespace,pg_opclass,pg_operator,pg_opfamily,pg_parameter_acl,
        pg_policy,pg_proc,pg_publication,pg_publication_namespace,pg_publication_rel,pg_range,pg_replication_origin,pg_rewrite,
        pg_statistic_ext,pg_subscription,pg_tablespace,pg_transform,pg_trigger,pg_ts_config,pg_ts_dict,pg_ts_parser,
        pg_ts_template,pg_type,pg_user_mapping}'::text[])
),
-- materialized: what is asked of each must not be asked of all
unknown_class (oid, relname) AS MATERIALIZED (
    SELECT c.oid, c.relname
    FROM pg_catalog.pg_class c
    WHERE c.relnamespace = 'pg_catalog'::pg_catalog.regnamespace
      AND c.relkind = 'r'
      AND NOT EXISTS (SELECT 1 FROM known_class k WHERE k.name = c.relname)
      AND EXISTS (SELECT 1 FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'oid' AND a.attnum > 0)
)
SELECT 'relation of the kind "' || c.relkind::text || '"',
       pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname),
       n.oid
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind NOT IN ('r', 'i', 'S', 't', 'v', 'm', 'c', 'f', 'p', 'I')
UNION ALL
SELECT 'type of the kind "' || t.typtype::text || '"',
       pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(t.typname),
       n.oid
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype NOT IN ('b', 'c', 'd', 'e', 'm', 'p', 'r')
UNION ALL
SELECT 'routine of the kind "' || p.prokind::text || '"',
       pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(p.proname),
       n.oid
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE p.prokind NOT IN ('f', 'p', 'a', 'w')
UNION ALL
SELECT 'constraint of the kind "' || c.contype::text || '"',
       pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.conname),
       n.oid
FROM pg_catalog.pg_constraint c
JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace
WHERE c.contype NOT IN ('c', 'f', 'n', 'p', 't', 'u', 'x')
UNION ALL
SELECT 'collation of the provider "' || c.collprovider::text || '"',
       pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.collname),
       n.oid
FROM pg_catalog.pg_collation c
JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace
WHERE c.collprovider NOT IN ('b', 'c', 'd', 'i')
UNION ALL
SELECT 'access method of the kind "' || a.amtype::text || '"', pg_catalog.quote_ident(a.amname), 0
FROM pg_catalog.pg_am a
WHERE a.amtype NOT IN ('i', 't')
UNION ALL
SELECT 'default privileges on objects of the kind "' || d.defaclobjtype::text || '"', pg_catalog.pg_get_userbyid(d.defaclrole)::text, 0
FROM pg_catalog.pg_default_acl d
WHERE d.defaclobjtype NOT IN ('r', 'S', 'f', 'T', 'n', 'L')
UNION ALL
SELECT 'dependency of objects of a class', coalesce(c.relname::text, d.classid::text), 0::oid
FROM (SELECT DISTINCT classid FROM pg_catalog.pg_depend WHERE deptype <> 'p') d
LEFT JOIN pg_catalog.pg_class c ON c.oid = d.classid
WHERE NOT EXISTS (SELECT 1 FROM known_class k WHERE k.name = c.relname)
UNION ALL
-- in a server's own catalog only what users have made counts
SELECT 'objects of a class', u.relname::text, 0
FROM unknown_class u
WHERE (pg_catalog.xpath(
           '/table/row/n/text()',
           pg_catalog.query_to_xml(
               pg_catalog.format('SELECT pg_catalog.count(*) AS n FROM pg_catalog.%I WHERE oid >= 16384', u.relname), false, false, '')))[1]::text <> '0'
ORDER BY 1, 2
