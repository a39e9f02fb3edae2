-- The publications of the database.
SELECT p.tableoid,
       p.oid,
       p.pubname::text,
       pg_catalog.pg_get_userbyid(p.pubowner)::text,
       p.puballtables,
       p.pubinsert,
       p.pubupdate,
       p.pubdelete,
       p.pubtruncate,
       p.pubviaroot,
       /*? HasPublishedGeneratedColumns */ p.pubgencols = 's' /*: false */
FROM pg_catalog.pg_publication p
ORDER BY p.oid
