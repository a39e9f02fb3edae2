-- All event triggers.
SELECT e.tableoid,
       e.oid,
       e.evtname::text,
       pg_catalog.pg_get_userbyid(e.evtowner)::text,
       e.evtevent::text,
       e.evtenabled::text,
       pg_catalog.array_to_string(ARRAY(
           SELECT pg_catalog.quote_literal(t.tag)
           FROM pg_catalog.unnest(e.evttags) WITH ORDINALITY AS t(tag, place)
           ORDER BY t.place), ', '),
       e.evtfoid::pg_catalog.regproc::text
FROM pg_catalog.pg_event_trigger e
ORDER BY e.oid
