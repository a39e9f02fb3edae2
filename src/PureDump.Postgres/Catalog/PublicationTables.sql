-- The tables in publications: with a row filter, and with the columns where not all are published.
SELECT r.tableoid,
       r.oid,
       r.prpubid,
       r.prrelid,
       /*? HasPublicationFilters */ pg_catalog.pg_get_expr(r.prqual, r.prrelid) /*: NULL::text */,
       /*? HasPublicationFilters */ CASE WHEN r.prattrs IS NOT NULL THEN ARRAY(
           SELECT a.attname::text
           FROM pg_catalog.unnest(r.prattrs::int2[]) WITH ORDINALITY AS k (number, n)
           JOIN pg_catalog.pg_attribute a ON a.attrelid = r.prrelid AND a.attnum = k.number
           ORDER BY k.n) END /*: NULL::text[] */
FROM pg_catalog.pg_publication_rel r
WHERE /*? HasPublicationExceptions */ NOT r.prexcept /*: true */
ORDER BY r.oid
