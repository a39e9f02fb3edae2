-- All pairs of child and parent tables, parents in the order of the child's INHERITS clause. Pairs of indexes are
-- read with the indexes.
SELECT h.inhrelid,
       h.inhparent
FROM pg_catalog.pg_inherits h
JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid AND c.relkind IN ('r', 'p', 'f')
ORDER BY h.inhrelid, h.inhseqno
