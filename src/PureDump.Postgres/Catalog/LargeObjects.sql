-- Large objects in groups of one owner and the same privileges, at most 1000 each, as pg_dump.c, getLOs makes them.
SELECT pg_catalog.pg_get_userbyid(g.lomowner)::text,
       g.acl::aclitem[]::text[],
       pg_catalog.acldefault('L', g.lomowner)::text[],
       g.oids
FROM (SELECT p.lomowner, p.acl, p.part, pg_catalog.array_agg(p.oid ORDER BY p.oid) AS oids
      FROM (SELECT m.oid, m.lomowner, m.lomacl::text AS acl,
                   (pg_catalog.row_number() OVER (PARTITION BY m.lomowner, m.lomacl::text ORDER BY m.oid) - 1) / 1000 AS part
            FROM pg_catalog.pg_largeobject_metadata m) p
      GROUP BY p.lomowner, p.acl, p.part) g
ORDER BY g.lomowner, g.acl, g.part
