-- What the extended statistics $1 hold, one row for a table with its children and one without, as the text of what restores it.
SELECT e.statistics_id,
       CASE WHEN e.inherited THEN 't' ELSE 'f' END,
       e.n_distinct::text,
       e.dependencies::text,
       e.most_common_vals::text,
       e.most_common_freqs::text,
       e.most_common_base_freqs::text,
       (SELECT pg_catalog.jsonb_pretty(pg_catalog.jsonb_agg(nullif(j.known, '{}'::pg_catalog.jsonb)))
        FROM pg_catalog.pg_stats_ext_exprs x
        CROSS JOIN LATERAL pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
            'null_frac', x.null_frac::text,
            'avg_width', x.avg_width::text,
            'n_distinct', x.n_distinct::text,
            'most_common_vals', x.most_common_vals::text,
            'most_common_freqs', x.most_common_freqs::text,
            'histogram_bounds', x.histogram_bounds::text,
            'correlation', x.correlation::text,
            'most_common_elems', x.most_common_elems::text,
            'most_common_elem_freqs', x.most_common_elem_freqs::text,
            'elem_count_histogram', x.elem_count_histogram::text,
            'range_length_histogram', x.range_length_histogram::text,
            'range_empty_frac', x.range_empty_frac::text,
            'range_bounds_histogram', x.range_bounds_histogram::text)) AS j (known)
        WHERE x.statistics_schemaname = e.statistics_schemaname AND x.statistics_name = e.statistics_name AND x.inherited = e.inherited)
FROM pg_catalog.pg_stats_ext e
WHERE e.statistics_id = ANY ($1)
ORDER BY e.statistics_id, e.inherited
