-- On top of graph.sql: functions with bodies the server parses, which need what they name. For PostgreSQL 14 and later.
CREATE FUNCTION graph.totals() RETURNS TABLE (id int, name text, n bigint)
    BEGIN ATOMIC
    SELECT c.id, c.name, count(*) FROM graph.customer c JOIN graph.invoice i ON i.customer_id = c.id GROUP BY c.id;
    END;
CREATE FUNCTION graph.over_totals() RETURNS bigint
    BEGIN ATOMIC
    SELECT sum(n)::bigint FROM graph.totals();
    END;
CREATE VIEW graph.on_totals AS SELECT graph.over_totals() AS n;
CREATE FUNCTION graph.reads_view() RETURNS bigint
    BEGIN ATOMIC
    SELECT count(*) FROM graph.v_over_m;
    END;
CREATE MATERIALIZED VIEW graph.m_on_totals AS SELECT graph.over_totals() AS n;
CREATE TABLE graph.body_table (a int CHECK (a > 0), b int);
CREATE FUNCTION graph.body_default() RETURNS int
    BEGIN ATOMIC
    SELECT max(a) FROM graph.body_table;
    END;
ALTER TABLE graph.body_table ALTER COLUMN b SET DEFAULT graph.body_default();
ALTER MATERIALIZED VIEW graph.m_options ALTER COLUMN t SET COMPRESSION pglz;
