-- What 14 brought: multiranges with names, subscripting of base types.
SET client_min_messages = warning;
CREATE TYPE types.times AS RANGE (SUBTYPE = time, MULTIRANGE_TYPE_NAME = "Ty pes.""x"""."Many Times");
GRANT USAGE ON TYPE types.times TO oracle_reader;
CREATE TYPE types.subscripted;
CREATE FUNCTION types.subscripted_in(cstring) RETURNS types.subscripted LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION types.subscripted_out(types.subscripted) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE types.subscripted (INPUT = types.subscripted_in, OUTPUT = types.subscripted_out, LIKE = text,
    SUBSCRIPT = pg_catalog.raw_array_subscript_handler, ELEMENT = text);
CREATE TYPE types.floats2 AS RANGE (SUBTYPE = float8, MULTIRANGE_TYPE_NAME = types.multi_floats);
CREATE TABLE types.many_ranges (a int4multirange, b types.multi_floats, c "Ty pes.""x"""."Many Times", d tstzmultirange[]);
INSERT INTO types.many_ranges VALUES
    ('{[1,3),[5,9)}', '{(-Infinity,0],[NaN,]}', '{[10:00,11:00],(12:00,)}', ARRAY['{}', NULL, '{[-infinity,"2020-01-01 00:00+00")}']::tstzmultirange[]),
    ('{}', NULL, '{(,)}', '{}');
