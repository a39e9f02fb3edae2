-- Loops and late objects: everything here needs the sort to do more than follow the names. For PostgreSQL 13 and later;
-- graph-14.sql holds what newer servers add.
CREATE SCHEMA graph;
CREATE SCHEMA "Weird ""Schema""";
DO $$
DECLARE
    r text;
BEGIN
    FOREACH r IN ARRAY ARRAY['graph_reader', 'Graph Writer'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) THEN
            EXECUTE format('CREATE ROLE %I', r);
        END IF;
    END LOOP;
END
$$;

-- A view that groups by a primary key stands on a constraint, which stands after the data.
CREATE TABLE graph.customer (id int PRIMARY KEY, name text, city text COLLATE "C");
CREATE TABLE graph.invoice (id int PRIMARY KEY, customer_id int REFERENCES graph.customer, amount numeric(10, 2));
CREATE VIEW graph.by_customer AS
    SELECT c.id, c.name, c.city, c.name || c.city AS both_of, sum(i.amount)::numeric(12, 2) AS total
    FROM graph.customer c JOIN graph.invoice i ON i.customer_id = c.id GROUP BY c.id;
CREATE VIEW graph.over_by_customer WITH (security_barrier = true) AS SELECT id, total FROM graph.by_customer WHERE total > 10;
CREATE FUNCTION graph.over_view(graph.over_by_customer) RETURNS numeric LANGUAGE sql AS 'SELECT $1.total';
CREATE VIEW graph.with_check WITH (security_barrier) AS SELECT * FROM graph.customer WHERE id > 0 WITH CASCADED CHECK OPTION;
CREATE VIEW graph.with_local_check AS SELECT * FROM graph.with_check WHERE id > 1 WITH LOCAL CHECK OPTION;
COMMENT ON VIEW graph.by_customer IS 'grouped by the key';
COMMENT ON COLUMN graph.by_customer.total IS 'the sum';
COMMENT ON RULE "_RETURN" ON graph.by_customer IS 'the query';
ALTER VIEW graph.over_by_customer ALTER COLUMN total SET DEFAULT 7;

-- Views that need each other, by replacing one.
CREATE VIEW graph.circle_a AS SELECT 1 AS x, 'a'::varchar(3) COLLATE "C" AS y;
CREATE VIEW graph.circle_b AS SELECT x, y FROM graph.circle_a;
CREATE OR REPLACE VIEW graph.circle_a WITH (security_barrier = false) AS SELECT x, y FROM graph.circle_b WHERE x > 0;
CREATE VIEW graph.on_circle AS SELECT * FROM graph.circle_a;

-- A function and a view that need each other.
CREATE FUNCTION graph.count_it() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE VIEW graph.counting AS SELECT graph.count_it() AS n;
CREATE FUNCTION graph.of_counting(graph.counting) RETURNS bigint LANGUAGE sql AS 'SELECT $1.n';
CREATE OR REPLACE VIEW graph.counting AS SELECT graph.count_it() AS n, 2 AS m;
CREATE FUNCTION graph.no_columns() RETURNS void LANGUAGE sql AS '';
CREATE VIEW graph.empty_view AS SELECT;

-- Materialized views: on a key (made after the data), on each other, populated and not, over views.
CREATE MATERIALIZED VIEW graph.m_by_key AS
    SELECT c.id, c.name, count(*) AS n FROM graph.customer c JOIN graph.invoice i ON i.customer_id = c.id GROUP BY c.id;
CREATE UNIQUE INDEX m_by_key_i ON graph.m_by_key (id);
CREATE MATERIALIZED VIEW graph.m_over_m AS SELECT n FROM graph.m_by_key;
CREATE VIEW graph.v_over_m AS SELECT n + 1 AS n FROM graph.m_over_m;
CREATE MATERIALIZED VIEW graph.a_over_v AS SELECT n FROM graph.v_over_m;
CREATE MATERIALIZED VIEW graph.m_empty AS SELECT 1 AS x WITH NO DATA;
CREATE VIEW graph.v_over_empty AS SELECT x FROM graph.m_empty;
CREATE MATERIALIZED VIEW graph.m_options WITH (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_enabled = false) AS
    SELECT 'x'::text AS t, 1 AS n;
ALTER MATERIALIZED VIEW graph.m_options ALTER COLUMN t SET STORAGE EXTERNAL;
ALTER MATERIALIZED VIEW graph.m_options ALTER COLUMN t SET STATISTICS 50;
ALTER MATERIALIZED VIEW graph.m_options ALTER COLUMN n SET (n_distinct = 5);
CREATE INDEX m_options_n ON graph.m_options (n);
ALTER MATERIALIZED VIEW graph.m_options CLUSTER ON m_options_n;
COMMENT ON MATERIALIZED VIEW graph.m_options IS 'options';
COMMENT ON COLUMN graph.m_options.t IS 'text';
GRANT SELECT ON graph.m_options TO graph_reader;

-- CHECK and default that call functions of the row type or the sequence.
CREATE TABLE graph.rowcheck (a int, b int);
CREATE FUNCTION graph.row_ok(graph.rowcheck) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.a < $1.b';
ALTER TABLE graph.rowcheck ADD CONSTRAINT row_ok CHECK (graph.row_ok(rowcheck));
ALTER TABLE graph.rowcheck ADD CONSTRAINT plain_ok CHECK (a > 0);
COMMENT ON CONSTRAINT row_ok ON graph.rowcheck IS 'by the row';
CREATE TABLE graph.rowdefault (a int, b int);
CREATE FUNCTION graph.next_b(graph.rowdefault) RETURNS int LANGUAGE sql AS 'SELECT 1';
ALTER TABLE graph.rowdefault ALTER COLUMN b SET DEFAULT graph.next_b(NULL::graph.rowdefault);
CREATE TABLE graph.selfcall (id serial, again int DEFAULT currval('graph.selfcall_id_seq'), later bigserial);
CREATE TABLE graph.generated (a int, b int GENERATED ALWAYS AS (a * 2) STORED, c int DEFAULT 5);

-- A domain whose CHECK calls a function of the domain; a composite, a range and a table that hang on it.
CREATE DOMAIN graph.even AS int;
CREATE FUNCTION graph.is_even(graph.even) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::int % 2 = 0';
ALTER DOMAIN graph.even ADD CONSTRAINT is_even CHECK (graph.is_even(VALUE));
ALTER DOMAIN graph.even ADD CONSTRAINT positive CHECK (VALUE > 0);
COMMENT ON CONSTRAINT is_even ON DOMAIN graph.even IS 'calls itself';
CREATE TYPE graph.pair AS (x graph.even, y text);
CREATE TABLE graph.of_pair OF graph.pair (x WITH OPTIONS DEFAULT 2);
CREATE TABLE graph.uses_pair (p graph.pair, ps graph.pair[], e graph.even NOT NULL);

-- Rules of all events and states.
CREATE TABLE graph.log (at timestamptz, what text);
CREATE RULE on_insert AS ON INSERT TO graph.customer DO ALSO INSERT INTO graph.log VALUES (now(), 'insert; ''quoted''');
CREATE RULE on_update AS ON UPDATE TO graph.customer WHERE old.name IS DISTINCT FROM new.name
    DO ALSO (INSERT INTO graph.log VALUES (now(), old.name); DELETE FROM graph.log WHERE at < old.name::timestamptz);
CREATE RULE on_update_notify AS ON UPDATE TO graph.customer DO ALSO NOTIFY customer_changed;
CREATE RULE on_delete AS ON DELETE TO graph.customer DO INSTEAD NOTHING;
CREATE RULE "Odd Rule" AS ON INSERT TO graph.invoice DO ALSO NOTHING;
CREATE RULE always_rule AS ON UPDATE TO graph.invoice DO ALSO NOTHING;
CREATE RULE replica_rule AS ON DELETE TO graph.invoice DO ALSO NOTHING;
ALTER TABLE graph.invoice DISABLE RULE "Odd Rule";
ALTER TABLE graph.invoice ENABLE ALWAYS RULE always_rule;
ALTER TABLE graph.invoice ENABLE REPLICA RULE replica_rule;
COMMENT ON RULE "Odd Rule" ON graph.invoice IS 'disabled';
CREATE RULE view_insert AS ON INSERT TO graph.over_by_customer DO INSTEAD INSERT INTO graph.log VALUES (now(), new.id::text);
CREATE RULE view_update AS ON UPDATE TO graph.with_check DO INSTEAD NOTHING;

-- Triggers: all moments, WHEN, columns, transition tables, constraint triggers, states, INSTEAD OF, arguments.
CREATE FUNCTION graph.noop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER before_row BEFORE INSERT OR UPDATE OF name, city ON graph.customer FOR EACH ROW
    WHEN (new.name IS NOT NULL AND (new.city <> 'x' OR new.id > 1)) EXECUTE FUNCTION graph.noop('a', 'it''s', '\back');
CREATE TRIGGER after_statement AFTER UPDATE ON graph.customer REFERENCING OLD TABLE AS o NEW TABLE AS n
    FOR EACH STATEMENT EXECUTE FUNCTION graph.noop();
CREATE TRIGGER on_truncate BEFORE TRUNCATE ON graph.customer EXECUTE FUNCTION graph.noop();
CREATE CONSTRAINT TRIGGER deferred_one AFTER INSERT ON graph.invoice DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION graph.noop();
CREATE CONSTRAINT TRIGGER from_one AFTER DELETE ON graph.invoice FROM graph.customer NOT DEFERRABLE FOR EACH ROW EXECUTE FUNCTION graph.noop();
CREATE TRIGGER "Disabled One" BEFORE DELETE ON graph.customer FOR EACH ROW EXECUTE FUNCTION graph.noop();
CREATE TRIGGER always_one BEFORE DELETE ON graph.customer FOR EACH ROW EXECUTE FUNCTION graph.noop();
CREATE TRIGGER replica_one BEFORE DELETE ON graph.customer FOR EACH ROW EXECUTE FUNCTION graph.noop();
ALTER TABLE graph.customer DISABLE TRIGGER "Disabled One";
ALTER TABLE graph.customer ENABLE ALWAYS TRIGGER always_one;
ALTER TABLE graph.customer ENABLE REPLICA TRIGGER replica_one;
CREATE TRIGGER instead_of INSTEAD OF INSERT ON graph.over_by_customer FOR EACH ROW EXECUTE FUNCTION graph.noop();
CREATE TRIGGER view_before BEFORE UPDATE ON graph.with_check FOR EACH STATEMENT EXECUTE FUNCTION graph.noop();
COMMENT ON TRIGGER before_row ON graph.customer IS 'first';
CREATE TRIGGER needs_key AFTER INSERT ON graph.customer FOR EACH ROW EXECUTE FUNCTION graph.noop();

-- Clones on partitions, some with a state of their own; a partition of a partition.
CREATE TABLE graph.part (id int, region text, PRIMARY KEY (id, region)) PARTITION BY LIST (region);
CREATE TABLE graph.part_a PARTITION OF graph.part FOR VALUES IN ('a');
CREATE TABLE graph.part_b PARTITION OF graph.part FOR VALUES IN ('b') PARTITION BY RANGE (id);
CREATE TABLE graph.part_b1 PARTITION OF graph.part_b FOR VALUES FROM (0) TO (10);
CREATE TABLE graph.part_rest PARTITION OF graph.part DEFAULT;
CREATE TRIGGER on_part AFTER INSERT ON graph.part FOR EACH ROW EXECUTE FUNCTION graph.noop();
CREATE TRIGGER on_part_too AFTER INSERT ON graph.part FOR EACH ROW EXECUTE FUNCTION graph.noop();
ALTER TABLE graph.part_a DISABLE TRIGGER on_part;
ALTER TABLE graph.part_b1 ENABLE ALWAYS TRIGGER on_part_too;
ALTER TABLE graph.part_rest ENABLE REPLICA TRIGGER on_part;
CREATE TRIGGER own_one BEFORE INSERT ON graph.part_a FOR EACH ROW EXECUTE FUNCTION graph.noop();
CREATE TABLE graph.refers (id int, region text, FOREIGN KEY (id, region) REFERENCES graph.part);
CREATE VIEW graph.part_grouped AS SELECT id, region, count(*) FROM graph.part_a GROUP BY id, region;

-- Row security.
CREATE TABLE "Weird ""Schema""".secrets (id int, owner name, note text);
ALTER TABLE "Weird ""Schema""".secrets ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Weird ""Schema""".secrets FORCE ROW LEVEL SECURITY;
CREATE POLICY all_of_it ON "Weird ""Schema""".secrets;
CREATE POLICY reading ON "Weird ""Schema""".secrets FOR SELECT TO graph_reader, "Graph Writer" USING (owner = CURRENT_USER);
CREATE POLICY adding ON "Weird ""Schema""".secrets FOR INSERT TO "Graph Writer" WITH CHECK (note IS NOT NULL);
CREATE POLICY changing ON "Weird ""Schema""".secrets AS RESTRICTIVE FOR UPDATE USING (id > 0) WITH CHECK (id < 100);
CREATE POLICY removing ON "Weird ""Schema""".secrets FOR DELETE TO CURRENT_USER USING (EXISTS (SELECT 1 FROM graph.customer c WHERE c.id = secrets.id));
CREATE POLICY "Odd Policy" ON graph.invoice AS PERMISSIVE FOR ALL TO PUBLIC USING (true);
COMMENT ON POLICY reading ON "Weird ""Schema""".secrets IS 'who reads';
ALTER TABLE graph.part ENABLE ROW LEVEL SECURITY;
CREATE POLICY on_part ON graph.part USING (region = 'a');
ALTER TABLE graph.log FORCE ROW LEVEL SECURITY;

-- Circular and self-referencing keys: no trouble in a full dump, a warning in one of data only.
CREATE TABLE graph.hen (id int PRIMARY KEY, egg_id int);
CREATE TABLE graph.egg (id int PRIMARY KEY, hen_id int REFERENCES graph.hen);
ALTER TABLE graph.hen ADD FOREIGN KEY (egg_id) REFERENCES graph.egg;
CREATE TABLE graph.tree (id int PRIMARY KEY, parent int REFERENCES graph.tree);

-- What depends on an extension without being a member of it.
CREATE FUNCTION graph.with_language() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
ALTER FUNCTION graph.with_language() DEPENDS ON EXTENSION plpgsql;
ALTER TRIGGER after_statement ON graph.customer DEPENDS ON EXTENSION plpgsql;
ALTER MATERIALIZED VIEW graph.m_options DEPENDS ON EXTENSION plpgsql;
ALTER INDEX graph.m_options_n DEPENDS ON EXTENSION plpgsql;

INSERT INTO graph.hen VALUES (1, NULL);
