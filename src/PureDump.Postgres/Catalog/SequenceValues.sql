-- The values of the sequences in $1, as of now; sequences are outside snapshots. Before 18 no function tells both
-- columns, and a relation cannot be named by a value but through a query in text: query_to_xml runs one per sequence
-- on the server's side, in this one statement. What it returns is XML of a known shape; only the two values are taken.
-- It stands in the select list, for there it sees only what came through the joins: sequences.
SELECT src.oid,
       /*? HasSequenceDataFunction */ v.last_value::text || ' ' || v.is_called::text
       /*: pg_catalog.substring(pg_catalog.query_to_xml(
           pg_catalog.format('SELECT last_value::text || '' '' || is_called::text AS value FROM %I.%I', n.nspname, c.relname),
           false, true, '')::text, '<value>([^<]*)</value>') */
FROM pg_catalog.unnest($1::oid[]) AS src(oid)
/*? HasSequenceDataFunction */ CROSS JOIN LATERAL pg_catalog.pg_get_sequence_data(src.oid) AS v
/*: JOIN pg_catalog.pg_class AS c ON c.oid = src.oid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace */
