-- What server 19 added: what extended statistics hold comes along. Runs after statistics-14.sql.
CREATE TABLE counts.known (a integer, b integer, c text, "Ta gs" text[], span int4range);
ALTER TABLE counts.known SET (autovacuum_enabled = off);
INSERT INTO counts.known SELECT g % 10, g % 5, 'it''s ' || g % 3, ARRAY['x' || g % 7, NULL], int4range(g % 4, g % 9 + 10) FROM generate_series(1, 500) g;
CREATE STATISTICS counts.of_known ON a, b, c FROM counts.known;
CREATE STATISTICS "Zähl ""Werk"""."kinds of ""it""" (ndistinct, mcv) ON a, (b * 2), (lower(c)) FROM counts.known;
CREATE STATISTICS counts.of_expression ON (a * 3) FROM counts.known;
CREATE STATISTICS counts.of_nothing ON a, b FROM counts.known;
ALTER STATISTICS counts.of_nothing SET STATISTICS 0;
CREATE TABLE counts.above (a integer, b integer);
CREATE TABLE counts.below () INHERITS (counts.above);
ALTER TABLE counts.above SET (autovacuum_enabled = off);
ALTER TABLE counts.below SET (autovacuum_enabled = off);
INSERT INTO counts.above SELECT g % 3, g % 6 FROM generate_series(1, 90) g;
INSERT INTO counts.below SELECT g % 4, g % 8 FROM generate_series(1, 90) g;
CREATE STATISTICS counts.of_above ON a, b FROM counts.above;
ANALYZE counts.known, counts.above;
