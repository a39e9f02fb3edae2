-- Keys, checks, exclusions, foreign keys of every action, indexes of every method and option, extended statistics,
-- replica identities, clustering.
SET client_min_messages = warning;
CREATE SCHEMA constraints AUTHORIZATION oracle_owner;
CREATE TABLE constraints.keys (
    a integer, b integer, c text, d int4range, e integer,
    CONSTRAINT "keys PK" PRIMARY KEY (a, b) INCLUDE (c) WITH (fillfactor = 80),
    CONSTRAINT keys_b_a UNIQUE (b, a) DEFERRABLE INITIALLY DEFERRED,
    UNIQUE (e) DEFERRABLE,
    CONSTRAINT "ex ""clude""" EXCLUDE USING gist (d WITH &&) WHERE (a > 0),
    EXCLUDE USING btree (e WITH =) INCLUDE (b) WITH (fillfactor = 70) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT checked CHECK (a > 0 AND c <> 'it''s') NO INHERIT,
    CHECK (b > 0 OR (b IS NULL AND c ~ '^\d{2}\\')),
    CONSTRAINT row_is_whole CHECK (keys.* IS NOT NULL OR true)
);
COMMENT ON CONSTRAINT "ex ""clude""" ON constraints.keys IS 'excludes';
COMMENT ON CONSTRAINT keys_b_a ON constraints.keys IS 'unique';
INSERT INTO constraints.keys VALUES (1, 2, 'c', '[1,5)', 10), (2, 3, E'\\.', '[5,9)', NULL), (3, 3, E'\n\\.\n', 'empty', 11);
CREATE TABLE constraints.refers (
    id integer PRIMARY KEY, a integer, b integer, e integer,
    FOREIGN KEY (a, b) REFERENCES constraints.keys MATCH FULL ON UPDATE CASCADE ON DELETE RESTRICT,
    CONSTRAINT "by ""e""" FOREIGN KEY (e) REFERENCES constraints.refers (id) ON UPDATE SET NULL ON DELETE SET DEFAULT DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (e) REFERENCES constraints.refers (id) DEFERRABLE);
INSERT INTO constraints.refers VALUES (1, 1, 2, 2), (2, NULL, NULL, 1);
COMMENT ON CONSTRAINT "by ""e""" ON constraints.refers IS 'of itself';
ALTER TABLE constraints.refers ADD CONSTRAINT later CHECK (a <> 1) NOT VALID;
ALTER TABLE constraints.refers ADD CONSTRAINT later_key FOREIGN KEY (b) REFERENCES constraints.refers (id) NOT VALID;
COMMENT ON CONSTRAINT later ON constraints.refers IS 'not valid, and violated';

-- A circle of keys, with rows that need one another.
CREATE TABLE constraints.hen (id integer PRIMARY KEY, egg_id integer NOT NULL);
CREATE TABLE constraints.egg (id integer PRIMARY KEY, hen_id integer NOT NULL REFERENCES constraints.hen DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE constraints.hen ADD FOREIGN KEY (egg_id) REFERENCES constraints.egg DEFERRABLE INITIALLY DEFERRED;
BEGIN;
INSERT INTO constraints.hen VALUES (1, 1), (2, 2);
INSERT INTO constraints.egg VALUES (1, 2), (2, 1);
COMMIT;
CREATE TABLE constraints.tree (id integer PRIMARY KEY, parent integer REFERENCES constraints.tree);
INSERT INTO constraints.tree VALUES (3, 4), (4, NULL), (1, 3);

-- Checks and defaults that call functions of the table's own row or sequence.
CREATE TABLE constraints.row_check (a integer, b integer);
CREATE FUNCTION constraints.row_ok(constraints.row_check) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.a < $1.b';
ALTER TABLE constraints.row_check ADD CONSTRAINT row_ok CHECK (constraints.row_ok(row_check));
COMMENT ON CONSTRAINT row_ok ON constraints.row_check IS 'by the row';
INSERT INTO constraints.row_check VALUES (1, 2);
CREATE TABLE constraints.row_default (a integer, b integer);
CREATE FUNCTION constraints.next_b(constraints.row_default) RETURNS integer LANGUAGE sql AS 'SELECT 1';
ALTER TABLE constraints.row_default ALTER COLUMN b SET DEFAULT constraints.next_b(NULL::constraints.row_default);
INSERT INTO constraints.row_default (a) VALUES (5);
CREATE TABLE constraints.self_call (id serial, again integer DEFAULT currval('constraints.self_call_id_seq'), later bigserial);
INSERT INTO constraints.self_call DEFAULT VALUES;

-- Indexes.
CREATE TABLE constraints.indexed (
    a integer NOT NULL, b text, c numeric, "D d" timestamptz, p point, v tsvector, ar integer[], j jsonb, r int4range, ip inet, n text COLLATE "C");
CREATE UNIQUE INDEX "Odd ""Index""" ON constraints.indexed (a);
CREATE INDEX indexed_many ON constraints.indexed (a DESC, b COLLATE "C" text_pattern_ops ASC NULLS FIRST, "D d" NULLS FIRST) INCLUDE (c);
CREATE INDEX indexed_expressions ON constraints.indexed (lower(b), (a + 1), (a % 2 = 0), ((j -> 'x'))) WHERE b IS NOT NULL AND a > 5;
ALTER INDEX constraints.indexed_expressions ALTER COLUMN 1 SET STATISTICS 300, ALTER COLUMN 3 SET STATISTICS 0;
CREATE INDEX indexed_hash ON constraints.indexed USING hash (b) WITH (fillfactor = 50);
CREATE INDEX indexed_gin ON constraints.indexed USING gin (ar, j jsonb_path_ops) WITH (fastupdate = off, gin_pending_list_limit = 128);
CREATE INDEX indexed_gist ON constraints.indexed USING gist (p, r) WITH (buffering = on, fillfactor = 55);
CREATE INDEX indexed_spgist ON constraints.indexed USING spgist (ip);
CREATE INDEX indexed_brin ON constraints.indexed USING brin (a, "D d") WITH (pages_per_range = 8, autosummarize = on);
CREATE INDEX indexed_btree ON constraints.indexed (c) WITH (deduplicate_items = off, fillfactor = 91);
CREATE UNIQUE INDEX indexed_partial ON constraints.indexed (b, a) WHERE c > 0;
CREATE INDEX indexed_row ON constraints.indexed (b) WHERE indexed.* IS NOT NULL;
CREATE INDEX "🐘
index" ON constraints.indexed (n);
COMMENT ON INDEX constraints."Odd ""Index""" IS 'odd''s';
ALTER TABLE constraints.indexed CLUSTER ON indexed_btree;
ALTER TABLE constraints.indexed REPLICA IDENTITY USING INDEX "Odd ""Index""";
ALTER TABLE constraints.tree REPLICA IDENTITY NOTHING, CLUSTER ON tree_pkey;
ALTER TABLE constraints.egg REPLICA IDENTITY USING INDEX egg_pkey;
INSERT INTO constraints.indexed SELECT g, 'b' || g, g / 3.0, 'epoch'::timestamptz + g * interval '1 day', point(g, g), to_tsvector('simple', 'w' || g), ARRAY[g, NULL],
    jsonb_build_object('x', g), int4range(g, g + 2), '10.0.0.0'::inet + g, 'n' FROM generate_series(1, 20) g;

-- Extended statistics.
CREATE STATISTICS constraints.all_kinds ON a, b, c FROM constraints.indexed;
CREATE STATISTICS constraints."One ""kind""" (ndistinct) ON a, "D d" FROM constraints.indexed;
CREATE STATISTICS constraints.two_kinds (mcv, dependencies) ON b, c FROM constraints.indexed;
ALTER STATISTICS constraints.two_kinds SET STATISTICS 77;
COMMENT ON STATISTICS constraints.all_kinds IS 'all of them';
ALTER STATISTICS constraints.all_kinds OWNER TO oracle_owner;
ANALYZE constraints.indexed;
