-- Views, materialized views, rules, triggers: options, circles, states.
SET client_min_messages = warning;
CREATE SCHEMA views AUTHORIZATION oracle_owner;
CREATE TABLE views.customer (id integer PRIMARY KEY, name text, city text COLLATE "C");
CREATE TABLE views.invoice (id integer PRIMARY KEY, customer_id integer REFERENCES views.customer, amount numeric(10, 2));
INSERT INTO views.customer VALUES (1, 'Ann "A" O''Hara', 'Ü\x'), (2, '', NULL), (3, E'tab\tline\nfeed\\', '🐘');
INSERT INTO views.invoice VALUES (1, 1, 10.5), (2, 1, -0.01), (3, 3, 'NaN');

-- A view that groups by a primary key stands on a constraint, which is made after the data.
CREATE VIEW views.by_customer AS
    SELECT c.id, c.name, c.city, c.name || c.city AS both_of, sum(i.amount)::numeric(12, 2) AS total
    FROM views.customer c JOIN views.invoice i ON i.customer_id = c.id GROUP BY c.id;
CREATE VIEW views.over_by_customer WITH (security_barrier = true) AS SELECT id, total FROM views.by_customer WHERE total > 10;
CREATE FUNCTION views.over_view(views.over_by_customer) RETURNS numeric LANGUAGE sql AS 'SELECT $1.total';
CREATE VIEW views.with_check WITH (security_barrier) AS SELECT * FROM views.customer WHERE id > 0 WITH CASCADED CHECK OPTION;
CREATE VIEW views.with_local_check AS SELECT * FROM views.with_check WHERE id > 1 WITH LOCAL CHECK OPTION;
COMMENT ON VIEW views.by_customer IS 'grouped by the key';
COMMENT ON COLUMN views.by_customer.total IS 'the sum';
COMMENT ON RULE "_RETURN" ON views.by_customer IS 'the query';
ALTER VIEW views.over_by_customer ALTER COLUMN total SET DEFAULT 7;
ALTER VIEW views.by_customer OWNER TO oracle_owner;
GRANT SELECT ON views.by_customer TO oracle_reader;
GRANT SELECT (id), UPDATE (total) ON views.over_by_customer TO oracle_reader WITH GRANT OPTION;

-- Circles: of two views, of three, of a view and a function.
CREATE VIEW views.circle_a AS SELECT 1 AS x, 'a'::varchar(3) COLLATE "C" AS y;
CREATE VIEW views.circle_b AS SELECT x, y FROM views.circle_a;
CREATE OR REPLACE VIEW views.circle_a WITH (security_barrier = false) AS SELECT x, y FROM views.circle_b WHERE x > 0;
CREATE VIEW views.on_circle AS SELECT * FROM views.circle_a;
CREATE VIEW views."Ring ""1""" AS SELECT NULL::types.pair AS "p p", '{}'::integer[] AS q, now() AS "🐘";
CREATE VIEW views.ring_2 AS SELECT * FROM views."Ring ""1""";
CREATE VIEW views.ring_3 AS SELECT * FROM views.ring_2;
CREATE OR REPLACE VIEW views."Ring ""1""" AS SELECT * FROM views.ring_3;
COMMENT ON VIEW views.ring_3 IS 'the third';
CREATE FUNCTION views.count_it() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE VIEW views.counting AS SELECT views.count_it() AS n;
CREATE FUNCTION views.of_counting(views.counting) RETURNS bigint LANGUAGE sql AS 'SELECT $1.n';
CREATE OR REPLACE VIEW views.counting AS SELECT views.count_it() AS n, 2 AS m;

-- What a query may say.
CREATE VIEW views.no_columns AS SELECT;
CREATE VIEW views."Odd ""view""
name" ("A a", "b""b", "🐘") AS SELECT 1, 'it''s'::text, E'\\'::text UNION ALL SELECT * FROM (VALUES (2, 'new
line', NULL)) AS v (a, "B", c);
CREATE RECURSIVE VIEW views.counted (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM counted WHERE n < 5;
CREATE VIEW views.everything AS
    WITH w AS MATERIALIZED (SELECT id, row_number() OVER (PARTITION BY city ORDER BY name DESC NULLS LAST ROWS BETWEEN 1 PRECEDING AND UNBOUNDED FOLLOWING) AS rn FROM views.customer)
    SELECT DISTINCT ON (c.id) c.id, w.rn, l.x, CASE WHEN c.id IN (1, 2) THEN 'few' ELSE 'many' END AS how, EXTRACT(year FROM now()) AS y,
        ARRAY(SELECT i.amount FROM views.invoice i WHERE i.customer_id = c.id) AS amounts, (c.name LIKE 'A\_%' ESCAPE '\') AS liked,
        (c.id, c.name) = ROW(1, 'x') AS r, c AS whole, count(*) FILTER (WHERE c.id > 1) OVER () AS counted, xmlelement(name el, xmlattributes(c.id AS a), c.city) AS x_ml
    FROM views.customer c LEFT JOIN w USING (id) CROSS JOIN LATERAL (SELECT c.id * 2 AS x) l
    ORDER BY c.id, w.rn DESC LIMIT 10 OFFSET 1;
CREATE VIEW views.sampled AS SELECT id FROM views.customer TABLESAMPLE bernoulli (50) REPEATABLE (7);
CREATE VIEW views.grouped AS SELECT city, name, count(*), grouping(city) AS g FROM views.customer GROUP BY GROUPING SETS ((city), CUBE (name, city), ()) HAVING count(*) > 0;
CREATE VIEW views.set_operations AS (SELECT 1 AS a EXCEPT ALL SELECT 2) UNION (SELECT 3 INTERSECT SELECT 4) ORDER BY 1;
CREATE VIEW views.functions AS SELECT * FROM ROWS FROM (generate_series(1, 2), unnest(ARRAY['a', 'b'])) WITH ORDINALITY AS f(a, b, o);
CREATE VIEW views.joined AS SELECT * FROM (views.customer c FULL JOIN views.invoice i ON c.id = i.customer_id) AS both_of (a, b, "c c", d, e, f);

-- Materialized views: on a key, on one another, populated or not, over views.
CREATE MATERIALIZED VIEW views.m_by_key AS
    SELECT c.id, c.name, count(*) AS n FROM views.customer c JOIN views.invoice i ON i.customer_id = c.id GROUP BY c.id ORDER BY c.id;
CREATE UNIQUE INDEX m_by_key_i ON views.m_by_key (id);
CREATE MATERIALIZED VIEW views.m_over_m AS SELECT n FROM views.m_by_key;
CREATE VIEW views.v_over_m AS SELECT n + 1 AS n FROM views.m_over_m;
CREATE MATERIALIZED VIEW views.a_over_v AS SELECT n FROM views.v_over_m;
CREATE MATERIALIZED VIEW views.m_empty AS SELECT 1 AS x WITH NO DATA;
CREATE VIEW views.v_over_empty AS SELECT x FROM views.m_empty;
CREATE MATERIALIZED VIEW views."M ""options""" WITH (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_enabled = false) AS SELECT 'x'::text AS t, 1 AS n;
ALTER MATERIALIZED VIEW views."M ""options""" ALTER COLUMN t SET STORAGE EXTERNAL, ALTER COLUMN t SET STATISTICS 50, ALTER COLUMN n SET (n_distinct = 5);
CREATE INDEX m_options_n ON views."M ""options""" (n);
ALTER MATERIALIZED VIEW views."M ""options""" CLUSTER ON m_options_n;
ALTER MATERIALIZED VIEW views."M ""options""" DEPENDS ON EXTENSION hstore;
ALTER MATERIALIZED VIEW views.m_by_key OWNER TO postgres;
COMMENT ON MATERIALIZED VIEW views."M ""options""" IS 'options';
COMMENT ON COLUMN views."M ""options""".t IS 'text';
GRANT SELECT ON views."M ""options""" TO oracle_reader;

-- Rules of all events and states.
CREATE TABLE views.log (at timestamptz, what text);
INSERT INTO views.log VALUES ('epoch', 'first');
CREATE RULE on_insert AS ON INSERT TO views.customer DO ALSO INSERT INTO views.log VALUES (now(), 'insert; ''quoted''');
CREATE RULE on_update AS ON UPDATE TO views.customer WHERE old.name IS DISTINCT FROM new.name
    DO ALSO (INSERT INTO views.log VALUES (now(), old.name); DELETE FROM views.log WHERE at < old.name::timestamptz);
CREATE RULE on_update_notify AS ON UPDATE TO views.customer DO ALSO NOTIFY customer_changed;
CREATE RULE on_delete AS ON DELETE TO views.customer DO INSTEAD NOTHING;
CREATE RULE "Odd Rule" AS ON INSERT TO views.invoice DO ALSO NOTHING;
CREATE RULE always_rule AS ON UPDATE TO views.invoice DO ALSO NOTHING;
CREATE RULE replica_rule AS ON DELETE TO views.invoice DO ALSO NOTHING;
ALTER TABLE views.invoice DISABLE RULE "Odd Rule";
ALTER TABLE views.invoice ENABLE ALWAYS RULE always_rule;
ALTER TABLE views.invoice ENABLE REPLICA RULE replica_rule;
COMMENT ON RULE "Odd Rule" ON views.invoice IS 'disabled';
CREATE RULE view_insert AS ON INSERT TO views.over_by_customer DO INSTEAD INSERT INTO views.log VALUES (now(), new.id::text) RETURNING 1, 2::numeric(12, 2);
CREATE RULE view_update AS ON UPDATE TO views.with_check DO INSTEAD UPDATE views.customer SET name = new.name WHERE customer.id = old.id;

-- Triggers: all moments, WHEN, columns, transition tables, constraint triggers, every state, INSTEAD OF, arguments.
CREATE TRIGGER before_row BEFORE INSERT OR UPDATE OF name, city ON views.customer FOR EACH ROW
    WHEN (new.name IS NOT NULL AND (new.city <> 'x' OR new.id > 1)) EXECUTE FUNCTION routines.noop('a', 'it''s', '\back', '🐘');
CREATE TRIGGER after_statement AFTER UPDATE ON views.customer REFERENCING OLD TABLE AS "O o" NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION routines.noop();
CREATE TRIGGER after_rows AFTER DELETE ON views.customer REFERENCING OLD TABLE AS o FOR EACH ROW EXECUTE FUNCTION routines.noop();
CREATE TRIGGER on_truncate BEFORE TRUNCATE ON views.customer EXECUTE FUNCTION routines.noop();
CREATE CONSTRAINT TRIGGER deferred_one AFTER INSERT ON views.invoice DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION routines.noop();
CREATE CONSTRAINT TRIGGER from_one AFTER DELETE ON views.invoice FROM views.customer NOT DEFERRABLE FOR EACH ROW EXECUTE FUNCTION routines.noop();
CREATE TRIGGER "Disabled ""One""" BEFORE DELETE ON views.customer FOR EACH ROW EXECUTE FUNCTION routines.noop();
CREATE TRIGGER always_one BEFORE DELETE ON views.customer FOR EACH ROW EXECUTE FUNCTION routines.noop();
CREATE TRIGGER replica_one BEFORE DELETE ON views.customer FOR EACH ROW EXECUTE FUNCTION routines.noop();
ALTER TABLE views.customer DISABLE TRIGGER "Disabled ""One""";
ALTER TABLE views.customer ENABLE ALWAYS TRIGGER always_one;
ALTER TABLE views.customer ENABLE REPLICA TRIGGER replica_one;
CREATE TRIGGER instead_of INSTEAD OF INSERT ON views.by_customer FOR EACH ROW EXECUTE FUNCTION routines.noop();
CREATE TRIGGER view_before BEFORE UPDATE ON views.with_local_check FOR EACH STATEMENT EXECUTE FUNCTION routines.noop();
COMMENT ON TRIGGER before_row ON views.customer IS 'first';
COMMENT ON TRIGGER "Disabled ""One""" ON views.customer IS 'last';
ALTER TRIGGER after_statement ON views.customer DEPENDS ON EXTENSION hstore;
