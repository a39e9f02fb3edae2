-- What the planner knows of the columns of the relations in $1, as far as the user may see it: the view shows no columns
-- that the user may not read. The values in the order of the arguments of pg_restore_attribute_stats.
SELECT c.oid,
       s.attname::text,
       CASE WHEN s.inherited THEN 't' ELSE 'f' END,
       s.null_frac::text,
       s.avg_width::text,
       s.n_distinct::text,
       s.most_common_vals::text,
       s.most_common_freqs::text,
       s.histogram_bounds::text,
       s.correlation::text,
       s.most_common_elems::text,
       s.most_common_elem_freqs::text,
       s.elem_count_histogram::text,
       /*? HasRangeStatistics */ s.range_length_histogram::text /*: NULL::text */,
       /*? HasRangeStatistics */ s.range_empty_frac::text /*: NULL::text */,
       /*? HasRangeStatistics */ s.range_bounds_histogram::text /*: NULL::text */
FROM pg_catalog.pg_stats s
JOIN pg_catalog.pg_namespace n ON n.nspname = s.schemaname
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.tablename
JOIN pg_catalog.unnest($1::pg_catalog.oid[]) AS w (oid) ON w.oid = c.oid
ORDER BY c.oid, s.attname, s.inherited
