-- The parameters of the sequences in $1, and whether their value may be read (null: dropped meanwhile).
SELECT s.seqrelid,
       pg_catalog.format_type(s.seqtypid, NULL),
       s.seqstart,
       s.seqincrement,
       s.seqmin,
       s.seqmax,
       s.seqcache,
       s.seqcycle,
       pg_catalog.has_sequence_privilege(s.seqrelid, 'SELECT')::text
FROM pg_catalog.unnest($1::oid[]) AS src(oid)
JOIN pg_catalog.pg_sequence s ON s.seqrelid = src.oid
ORDER BY s.seqrelid
