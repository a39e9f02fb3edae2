-- The indexes of the tables in $1, each with the key or exclusion constraint it serves. Indexes that are not valid are
-- left out; of a partitioned table they stay, its index is not valid until all partitions have theirs. In no order.
SELECT t.tableoid,
       t.oid,
       i.indrelid,
       t.relname::text,
       t.relkind::text,
       t.relam,
       i.indisunique,
       i.indexprs IS NOT NULL OR i.indpred IS NOT NULL,
       i.indclass::oid[],
       i.indcollation::oid[],
       i.indoption::int2[],
       coalesce(ts.spcname, '')::text,
       t.reloptions,
       i.indkey::int2[],
       i.indnkeyatts,
       i.indisclustered,
       i.indisreplident,
       /*? HasNullsNotDistinct */ i.indnullsnotdistinct /*: false */,
       coalesce(inh.inhparent, 0::oid),
       CASE WHEN i.indexprs IS NOT NULL THEN ARRAY(
           SELECT a.attnum
           FROM pg_catalog.pg_attribute a
           WHERE a.attrelid = i.indexrelid AND a.attstattarget >= 0
           ORDER BY a.attnum) END,
       CASE WHEN i.indexprs IS NOT NULL THEN ARRAY(
           SELECT a.attstattarget::int2
           FROM pg_catalog.pg_attribute a
           WHERE a.attrelid = i.indexrelid AND a.attstattarget >= 0
           ORDER BY a.attnum) END,
       c.contype::text,
       coalesce(c.tableoid, 0::oid),
       coalesce(c.oid, 0::oid),
       coalesce(c.conname, '')::text,
       CASE WHEN c.contype = 'x' THEN pg_catalog.pg_get_constraintdef(c.oid, false) END,
       coalesce(c.condeferrable, false),
       coalesce(c.condeferred, false),
       /*? HasTemporalKeys */ coalesce(c.conperiod, false) /*: false */
FROM pg_catalog.unnest($1::oid[]) AS src(oid)
JOIN pg_catalog.pg_index i ON i.indrelid = src.oid
JOIN pg_catalog.pg_class t ON t.oid = i.indexrelid
JOIN pg_catalog.pg_class r ON r.oid = i.indrelid
LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = t.reltablespace
LEFT JOIN pg_catalog.pg_constraint c ON c.conrelid = i.indrelid AND c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x')
LEFT JOIN pg_catalog.pg_inherits inh ON inh.inhrelid = i.indexrelid
WHERE (i.indisvalid OR r.relkind = 'p')
  AND i.indisready
