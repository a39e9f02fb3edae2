-- What the planner knows, of every shape of relation and column. Runs in an empty database as a superuser. Few enough rows
-- that no autovacuum comes in between.
SET client_min_messages = error;
CREATE SCHEMA "Stat ""Schema""";
SET search_path = "Stat ""Schema""";
CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'happy');
CREATE TABLE "Ta ble" (
    id integer PRIMARY KEY, "Col ""umn" text, m mood, n numeric, f double precision, a integer[], t text[], v tsvector,
    r int4range, d date, gone integer, nulls text, by bytea, ts timestamptz, iv interval
);
INSERT INTO "Ta ble"
SELECT g, CASE WHEN g % 3 = 0 THEN 'often; ''quoted'' \ "x", {y}' ELSE 'once ' || g END,
       (enum_range(NULL::mood))[1 + g % 3], g / 7.0, sqrt(g), ARRAY[g % 5, g % 7, 9], ARRAY['a' || g % 4, NULL, 'b,"'],
       to_tsvector('simple', 'word' || g % 6 || ' all'), int4range(g, g + g % 9), date '2020-01-01' + g % 50, g, NULL,
       decode(lpad(to_hex(g % 10), 2, '0'), 'hex'), timestamptz '2020-01-01' + g * interval '1 hour', g % 8 * interval '90 minutes'
FROM generate_series(1, 400) g;
ALTER TABLE "Ta ble" DROP COLUMN gone;
CREATE INDEX "Index on ""it""" ON "Ta ble" ("Col ""umn");
CREATE INDEX expression ON "Ta ble" (lower("Col ""umn"), id, (n * 2), upper("Col ""umn"));
CREATE UNIQUE INDEX partial ON "Ta ble" (d, id) WHERE m = 'sad';
ALTER TABLE "Ta ble" CLUSTER ON expression;
CREATE TABLE empty (a integer UNIQUE);
CREATE TABLE never (a integer PRIMARY KEY, b text);
CREATE TABLE vacuumed (a integer);
INSERT INTO vacuumed SELECT generate_series(1, 300);
CREATE TABLE parent (a integer, b text);
CREATE TABLE child (c integer) INHERITS (parent);
INSERT INTO parent SELECT g, 'p' FROM generate_series(1, 10) g;
INSERT INTO child SELECT g, 'c', g % 2 FROM generate_series(1, 20) g;
CREATE TABLE parts (a integer, b text, PRIMARY KEY (a)) PARTITION BY RANGE (a);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (50);
CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM (50) TO (100) PARTITION BY RANGE (a);
CREATE TABLE parts_2a PARTITION OF parts_2 FOR VALUES FROM (50) TO (100);
CREATE INDEX parts_b ON parts (lower(b));
INSERT INTO parts SELECT g, 'b' || g % 3 FROM generate_series(1, 90) g;
CREATE VIEW v AS SELECT * FROM parent;
CREATE SEQUENCE s;
CREATE UNLOGGED TABLE unlogged (a integer);
CREATE MATERIALIZED VIEW mv AS SELECT a, b FROM parent;
CREATE INDEX mv_a ON mv (a);
CREATE MATERIALIZED VIEW mv_over AS SELECT a FROM mv;
CREATE MATERIALIZED VIEW mv_empty AS SELECT a FROM mv WITH NO DATA;
-- stands on a key, so it is made after the data
CREATE MATERIALIZED VIEW mv_late AS SELECT id, "Col ""umn", count(*) FROM "Ta ble" GROUP BY id;
CREATE VIEW v_on_late AS SELECT * FROM mv_late;
CREATE TABLE loaded (a integer);
CREATE FOREIGN DATA WRAPPER planner_wrapper;
CREATE SERVER planner_server FOREIGN DATA WRAPPER planner_wrapper;
CREATE FOREIGN TABLE elsewhere (a integer) SERVER planner_server;
RESET search_path;
CREATE EXTENSION IF NOT EXISTS plpgsql;
ANALYZE;
VACUUM "Stat ""Schema""".vacuumed;
INSERT INTO "Stat ""Schema""".loaded VALUES (1);
