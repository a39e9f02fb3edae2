-- What 14 brought: bodies in SQL that the server parses, OUT arguments of procedures.
SET client_min_messages = warning;
CREATE FUNCTION routines.atomic(a integer, b text DEFAULT 'x;y') RETURNS TABLE(n integer, t text) LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT a + 1, b || ';';
    SELECT a, (SELECT 'END' || routines.area(a));
END;
COMMENT ON FUNCTION routines.atomic(integer, text) IS 'atomic';
CREATE FUNCTION routines.returning(a integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN a * 2;
CREATE FUNCTION routines.empty_body() RETURNS void LANGUAGE sql BEGIN ATOMIC END;
CREATE PROCEDURE routines.outs(IN a integer, OUT b integer, OUT "C c" text) LANGUAGE plpgsql AS $$BEGIN b := a; END$$;
COMMENT ON PROCEDURE routines.outs(integer, integer, text) IS 'outs';
REVOKE EXECUTE ON PROCEDURE routines.outs(integer) FROM PUBLIC;
CREATE TABLE routines.body_table (a integer PRIMARY KEY, b integer, c text);
INSERT INTO routines.body_table VALUES (1, 2, 'x');
CREATE FUNCTION routines.body_default() RETURNS integer BEGIN ATOMIC SELECT max(a) FROM routines.body_table; END;
ALTER TABLE routines.body_table ALTER COLUMN b SET DEFAULT routines.body_default();
CREATE FUNCTION routines.grouped() RETURNS TABLE (a integer, c text, n bigint)
BEGIN ATOMIC
    SELECT t.a, t.c, count(*) FROM routines.body_table t GROUP BY t.a;
END;
CREATE PROCEDURE routines.writes(x integer) LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO routines.body_table (a, c) VALUES (x, 'it''s; \ "q"');
    UPDATE routines.body_table SET c = NULL WHERE a = x;
    DELETE FROM routines.body_table WHERE a = x AND b IS NULL;
END;
CREATE VIEW routines.over_grouped AS SELECT n FROM routines.grouped();
