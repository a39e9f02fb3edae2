-- What the options of a dump tell apart: schemas, inheritance, partitions over two levels, sequences, unlogged tables, large
-- objects, extensions with configuration tables, policies, functions with quotes.
CREATE SCHEMA one;
CREATE SCHEMA "Two";
CREATE TABLE one.parent (id serial PRIMARY KEY, body text);
CREATE TABLE one.child (extra int) INHERITS (one.parent);
CREATE TABLE "Two".grandchild (more int) INHERITS (one.child);
CREATE TABLE one.measure (at int, site int, value float8) PARTITION BY RANGE (at);
CREATE TABLE one.measure_1 PARTITION OF one.measure FOR VALUES FROM (0) TO (10) PARTITION BY LIST (site);
CREATE TABLE "Two".measure_1_a PARTITION OF one.measure_1 FOR VALUES IN (1);
CREATE TABLE one.measure_2 PARTITION OF one.measure FOR VALUES FROM (10) TO (20);
CREATE TABLE other (id int REFERENCES one.parent, "Mixed Case" text DEFAULT 'x');
COMMENT ON COLUMN other."Mixed Case" IS 'the user''s';
CREATE UNLOGGED TABLE scratch (id int);
CREATE SEQUENCE counter;
CREATE VIEW one.bodies AS SELECT id, body FROM one.parent WHERE body IS NOT NULL;
CREATE MATERIALIZED VIEW "Two".sums AS SELECT count(*) AS n FROM other;
CREATE FUNCTION one.greet(name text) RETURNS text LANGUAGE sql STABLE AS $$ SELECT 'hello ' || name || E'\n' $$;
CREATE POLICY mine ON other USING (id > 0);
ALTER TABLE other ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON other TO PUBLIC;
CREATE EXTENSION citext SCHEMA one;
INSERT INTO one.parent (body) VALUES ('p');
INSERT INTO one.child VALUES (5, 'c', 1);
INSERT INTO one.measure VALUES (1, 1, 0.1::float8 + 0.2::float8), (11, 1, 0.2);
INSERT INTO other VALUES (1);
INSERT INTO scratch VALUES (1);
SELECT nextval('counter');
SELECT lo_from_bytea(4242, '\x00ff');
