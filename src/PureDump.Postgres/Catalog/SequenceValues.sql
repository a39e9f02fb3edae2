-- The values of the sequences in $1, as of now; sequences are outside snapshots. Servers before 18 lack the function,
-- see Sequences.cs.
SELECT src.oid,
       v.last_value::text || ' ' || v.is_called::text
FROM pg_catalog.unnest($1::oid[]) AS src(oid)
CROSS JOIN LATERAL pg_catalog.pg_get_sequence_data(src.oid) AS v
