-- What 14 brought: SQL-standard bodies, OUT arguments of procedures, named multiranges, subscripting functions.
SET client_min_messages = warning;
CREATE FUNCTION evil.atomic(a integer, b text DEFAULT 'x;y') RETURNS TABLE(n integer, t text) LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT a + 1, b || ';';
    SELECT a, (SELECT 'END' || evil.area(a));
END;
COMMENT ON FUNCTION evil.atomic(integer, text) IS 'atomic';
CREATE FUNCTION evil.returns(a integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN a * 2;
CREATE PROCEDURE evil.outs(IN a integer, OUT b integer, OUT "C c" text) LANGUAGE plpgsql AS $$BEGIN b := a; END$$;
COMMENT ON PROCEDURE evil.outs(integer, integer, text) IS 'outs';
REVOKE EXECUTE ON PROCEDURE evil.outs(integer) FROM PUBLIC;
CREATE TYPE evil.times AS RANGE (subtype = time, multirange_type_name = evil."Many Times");
GRANT USAGE ON TYPE evil.times TO types_reader;
CREATE TYPE evil.subscripted;
CREATE FUNCTION evil.subscripted_in(cstring) RETURNS evil.subscripted LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION evil.subscripted_out(evil.subscripted) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE evil.subscripted (INPUT = evil.subscripted_in, OUTPUT = evil.subscripted_out, LIKE = text,
    SUBSCRIPT = pg_catalog.raw_array_subscript_handler, ELEMENT = text);
