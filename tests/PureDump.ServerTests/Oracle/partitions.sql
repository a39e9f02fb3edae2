-- Partitions: by list, range, hash, of expressions, below one another, attached by hand with other columns in another
-- order; keys, indexes, triggers and identities that come down from above.
SET client_min_messages = warning;
CREATE SCHEMA partitions AUTHORIZATION oracle_owner;
CREATE TABLE partitions.list (id integer, region text, amount numeric(8,2) DEFAULT 1, PRIMARY KEY (id, region), CHECK (amount > -1000)) PARTITION BY LIST (region);
CREATE TABLE partitions.list_a PARTITION OF partitions.list FOR VALUES IN ('a', 'it''s', '🐘');
CREATE TABLE partitions.list_b PARTITION OF partitions.list FOR VALUES IN ('b') PARTITION BY RANGE (id);
CREATE TABLE partitions.list_b1 PARTITION OF partitions.list_b FOR VALUES FROM (MINVALUE) TO (10);
CREATE TABLE partitions.list_b2 PARTITION OF partitions.list_b FOR VALUES FROM (10) TO (20) PARTITION BY HASH (id);
CREATE TABLE partitions.list_b2_0 PARTITION OF partitions.list_b2 (amount DEFAULT 22, CHECK (id <> 19)) FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE partitions.list_b2_1 PARTITION OF partitions.list_b2 FOR VALUES WITH (MODULUS 2, REMAINDER 1) WITH (fillfactor = 60);
CREATE TABLE partitions."List ""rest""" PARTITION OF partitions.list DEFAULT;
INSERT INTO partitions.list SELECT g, (ARRAY['a', 'b', 'it''s', '🐘', 'other'])[1 + abs(g) % 5], g * 1.5 FROM generate_series(-4, 18) g;
CREATE TABLE partitions.range (
    at timestamptz NOT NULL, "Id" integer, note text COLLATE "C", n integer DEFAULT 5
) PARTITION BY RANGE (at, lower(note) COLLATE "C" text_pattern_ops, ("Id" % 7));
CREATE TABLE partitions.range_past PARTITION OF partitions.range FOR VALUES FROM (MINVALUE, MINVALUE, MINVALUE) TO ('2020-01-01 00:00+00', MINVALUE, MINVALUE);
CREATE TABLE partitions.range_2020 (extra_gone integer, n integer, note text COLLATE "C", at timestamptz NOT NULL, "Id" integer);
ALTER TABLE partitions.range_2020 DROP COLUMN extra_gone;
ALTER TABLE partitions.range ATTACH PARTITION partitions.range_2020 FOR VALUES FROM ('2020-01-01 00:00+00', MINVALUE, MINVALUE) TO ('2021-01-01 00:00+00', MAXVALUE, MAXVALUE);
CREATE TABLE partitions.range_rest PARTITION OF partitions.range DEFAULT;
INSERT INTO partitions.range (at, "Id", note, n) VALUES ('2019-05-05', 1, 'Past', 4), ('-infinity', 2, 'first', 5), ('2020-06-06 12:00+02', 3, E'tab\t', NULL), ('infinity', NULL, NULL, NULL);
CREATE TABLE partitions.hash (id integer PRIMARY KEY, t text) PARTITION BY HASH (id);
CREATE TABLE partitions.hash_0 PARTITION OF partitions.hash FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE partitions.hash_1 PARTITION OF partitions.hash FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE partitions.hash_2 PARTITION OF partitions.hash FOR VALUES WITH (MODULUS 3, REMAINDER 2);
INSERT INTO partitions.hash SELECT g, repeat('x', g) FROM generate_series(1, 30) g;
-- Where a value goes depends on the OID of its label, so a dump loads by the top; one partition, or rows would be
-- elsewhere after a restore, whoever makes it.
CREATE TABLE partitions.hash_enum (m types.mood, n integer) PARTITION BY HASH (m);
CREATE TABLE partitions.hash_enum_0 PARTITION OF partitions.hash_enum FOR VALUES WITH (MODULUS 1, REMAINDER 0);
CREATE TABLE partitions.empty (id integer) PARTITION BY LIST (id);
CREATE UNLOGGED TABLE partitions.unlogged_part (id integer);
ALTER TABLE partitions.empty ATTACH PARTITION partitions.unlogged_part FOR VALUES IN (1, 2, NULL);
INSERT INTO partitions.unlogged_part VALUES (1), (NULL);
CREATE TABLE partitions.detached (id integer);
ALTER TABLE partitions.empty ATTACH PARTITION partitions.detached FOR VALUES IN (3);
ALTER TABLE partitions.empty DETACH PARTITION partitions.detached;
CREATE TABLE partitions.whole_row (a types.pair, b boolean) PARTITION BY LIST (b);
CREATE TABLE partitions.whole_row_yes PARTITION OF partitions.whole_row FOR VALUES IN (true, NULL);
CREATE TABLE partitions.whole_row_no PARTITION OF partitions.whole_row FOR VALUES IN (false);
INSERT INTO partitions.whole_row VALUES ('(1,ok,x)', true), (NULL, NULL), ('(,,)', false);

-- Indexes: of the whole with one per partition, on the top alone, attached by hand, of a partition only.
CREATE INDEX list_amount ON partitions.list (amount DESC) INCLUDE (region);
CREATE INDEX list_only ON ONLY partitions.list (lower(region));
CREATE INDEX "List a's own" ON partitions.list_a (lower(region));
ALTER INDEX partitions.list_only ATTACH PARTITION partitions."List a's own";
CREATE INDEX range_2020_own ON partitions.range_2020 (n) WHERE n > 3;
CREATE UNIQUE INDEX range_unique ON partitions.hash (id, t);
ALTER TABLE partitions.hash_1 CLUSTER ON hash_1_pkey;
ALTER TABLE partitions.list_a REPLICA IDENTITY USING INDEX list_a_pkey;
ALTER TABLE partitions.list REPLICA IDENTITY FULL;
COMMENT ON INDEX partitions.list_amount IS 'on all of them';
COMMENT ON TABLE partitions.list_b2 IS 'below';
ALTER TABLE partitions.list_b2_0 ALTER amount SET STATISTICS 44;

-- Triggers: clones with a state of their own, at each depth.
CREATE TRIGGER on_list AFTER INSERT ON partitions.list FOR EACH ROW EXECUTE FUNCTION routines.noop();
CREATE TRIGGER on_list_too AFTER UPDATE OF amount ON partitions.list FOR EACH ROW WHEN (new.amount > old.amount) EXECUTE FUNCTION routines.noop('x');
CREATE TRIGGER "On ""list""" BEFORE DELETE ON partitions.list FOR EACH ROW EXECUTE FUNCTION routines.noop();
CREATE TRIGGER on_statement AFTER INSERT ON partitions.list FOR EACH STATEMENT EXECUTE FUNCTION routines.noop();
CREATE TRIGGER own_one BEFORE INSERT ON partitions.list_a FOR EACH ROW EXECUTE FUNCTION routines.noop();
ALTER TABLE partitions.list_a DISABLE TRIGGER on_list;
ALTER TABLE partitions.list_b1 ENABLE ALWAYS TRIGGER on_list_too;
ALTER TABLE partitions."List ""rest""" ENABLE REPLICA TRIGGER "On ""list""";
ALTER TABLE partitions.list_b2_1 DISABLE TRIGGER on_list;
ALTER TABLE ONLY partitions.hash_enum DISABLE TRIGGER ALL;

-- Keys from and to partitioned tables.
CREATE TABLE partitions.refers (id integer PRIMARY KEY, list_id integer, region text,
    CONSTRAINT to_list FOREIGN KEY (list_id, region) REFERENCES partitions.list ON UPDATE CASCADE ON DELETE SET NULL);
INSERT INTO partitions.refers SELECT row_number() OVER (ORDER BY id), id, region FROM partitions.list;
CREATE TABLE partitions.target (id integer PRIMARY KEY);
INSERT INTO partitions.target SELECT generate_series(0, 40);
ALTER TABLE partitions.hash ADD CONSTRAINT hash_to_target FOREIGN KEY (id) REFERENCES partitions.target DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE partitions.range ADD CONSTRAINT range_to_hash FOREIGN KEY ("Id") REFERENCES partitions.hash;
COMMENT ON CONSTRAINT hash_to_target ON partitions.hash IS 'down to each';
GRANT SELECT ON partitions.list TO oracle_reader;
GRANT INSERT (id) ON partitions.list_b2_1 TO oracle_reader;
ALTER TABLE partitions.list_b2_1 OWNER TO oracle_owner;
