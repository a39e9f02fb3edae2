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
       /*? HasPublishedGeneratedColumns */ p.pubgencols = 's' /*: false */,
       /*? HasPublicationExceptions */ p.puballsequences /*: false */,
       /*? HasPublicationExceptions */ ARRAY(
           SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)
           FROM pg_catalog.pg_publication_rel r
           JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
           JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
           WHERE r.prpubid = p.oid AND r.prexcept
           ORDER BY r.oid) /*: NULL::text[] */
FROM pg_catalog.pg_publication p
ORDER BY p.oid
