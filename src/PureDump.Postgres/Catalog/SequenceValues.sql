-- The values of the sequences in $1, as of now; sequences are outside snapshots. Servers before 18 tell only those of
-- sequences that were called; the others give null here and are read one by one.
SELECT src.oid,
       /*? HasSequenceDataFunction */ v.last_value::text || ' ' || v.is_called::text
       /*: pg_catalog.pg_sequence_last_value(src.oid)::text || ' true' */
FROM pg_catalog.unnest($1::oid[]) AS src(oid)
/*? HasSequenceDataFunction */ CROSS JOIN LATERAL pg_catalog.pg_get_sequence_data(src.oid) AS v /*: */
