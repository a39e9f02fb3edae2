-- The schemas all of whose tables belong to a publication. Before servers knew them there is none: the join finds nothing.
SELECT p.tableoid,
       p.oid,
       p.pnpubid,
       p.pnnspid
FROM /*? HasPublicationSchemas */ pg_catalog.pg_publication_namespace p /*:
     (SELECT r.tableoid, r.oid, r.prpubid AS pnpubid, r.prrelid AS pnnspid
      FROM pg_catalog.pg_publication_rel r
      WHERE false) p */
ORDER BY p.oid
