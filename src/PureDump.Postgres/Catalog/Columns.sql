-- The columns of the tables in $1, the dropped ones too. attcollation only where it differs from the type's.
-- In no order: the reader sorts numbers faster than the server sorts rows. A server before 18 has no NOT NULL constraints: what counts as declared here is worked out with the parents.
SELECT a.attrelid,
       a.attname::text,
       a.attnum,
       a.attisdropped,
       a.attislocal,
       a.atttypid,
       coalesce(pg_catalog.format_type(t.oid, a.atttypmod), ''),
       a.attgenerated::text,
       a.attidentity::text,
       a.atthasdef,
       a.attstorage::text,
       coalesce(t.typstorage, a.attstorage)::text,
       /*? HasColumnCompression */ a.attcompression::text /*: '' */,
       coalesce(a.attstattarget, -1)::int4,
       a.attcollation,
       cn.nspname::text,
       co.collname::text,
       a.attoptions,
       CASE WHEN a.attfdwoptions IS NULL THEN ''
            ELSE pg_catalog.array_to_string(ARRAY(
                SELECT pg_catalog.quote_ident(o.option_name) || ' ' || pg_catalog.quote_literal(o.option_value)
                FROM pg_catalog.pg_options_to_table(a.attfdwoptions) o
                ORDER BY o.option_name), E',\n    ') END,
       /*? HasTableNotNullConstraints */
       nn.oid IS NOT NULL,
       nn.conname::text,
       coalesce(nn.conislocal, false),
       coalesce(nn.connoinherit, false),
       coalesce(NOT nn.convalidated, false),
       d.description
       /*:
       a.attnotnull,
       NULL::text,
       true,
       false,
       false,
       NULL::text
       */
FROM pg_catalog.unnest($1::oid[]) AS src(oid)
JOIN pg_catalog.pg_attribute a ON a.attrelid = src.oid AND a.attnum > 0
LEFT JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_collation co ON co.oid = a.attcollation AND a.attcollation <> t.typcollation
LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
/*? HasTableNotNullConstraints */
LEFT JOIN pg_catalog.pg_constraint nn ON nn.conrelid = a.attrelid AND nn.contype = 'n' AND nn.conkey = ARRAY[a.attnum]
LEFT JOIN pg_catalog.pg_description d ON d.classoid = nn.tableoid AND d.objoid = nn.oid AND d.objsubid = 0 AND nn.convalidated
/*: */
