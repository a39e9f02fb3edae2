-- Of the locked tables in $1, those that are no longer what the snapshot sees: catalogs are read as the snapshot has them,
-- pg_relation_filenode and pg_identify_object look at what is there now. The storage is another one (NULL where nothing is left of it), or
-- the table, its schema or one of its columns has another name or is gone. Nobody is asked where no transaction has begun
-- since the snapshot and none was running then: age() counts from the number that the next one will get. The server looks that number up
-- once in a transaction, at the first call (GetStableLatestTransactionId): no other query of the dump may call age() before.
SELECT c.oid
FROM pg_catalog.unnest($1::pg_catalog.oid[]) AS w (oid)
JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) w.oid
JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
WHERE (pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot()) OPERATOR(pg_catalog.<>) pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())
       OR pg_catalog.mod(pg_catalog.age('3'::pg_catalog.xid)::pg_catalog.int8 OPERATOR(pg_catalog.+) 4294967299, 4294967296)
          OPERATOR(pg_catalog.<>) pg_catalog.mod(pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::pg_catalog.text::pg_catalog.int8, 4294967296))
  AND ((c.relkind OPERATOR(pg_catalog.=) 'r' AND c.relfilenode OPERATOR(pg_catalog.<>) 0
        AND pg_catalog.pg_relation_filenode(c.oid) IS DISTINCT FROM c.relfilenode)
       OR EXISTS (
           SELECT
           FROM pg_catalog.pg_attribute a
           WHERE a.attrelid OPERATOR(pg_catalog.=) c.oid
             AND a.attnum OPERATOR(pg_catalog.>) 0
             AND NOT a.attisdropped
             AND (SELECT i.identity FROM pg_catalog.pg_identify_object('pg_catalog.pg_class'::pg_catalog.regclass, c.oid, a.attnum) AS i)
                 IS DISTINCT FROM pg_catalog.concat_ws('.', pg_catalog.quote_ident(n.nspname), pg_catalog.quote_ident(c.relname), pg_catalog.quote_ident(a.attname))))
ORDER BY c.oid
