-- What 14 took away: operators behind their operand, and functions over arrays by their older argument types.
SET client_min_messages = warning;
CREATE OPERATOR operators.!!! (FUNCTION = numeric_fac, LEFTARG = bigint);
COMMENT ON OPERATOR operators.!!! (bigint, NONE) IS 'behind';
CREATE VIEW operators.uses_postfix AS SELECT i::bigint OPERATOR(operators.!!!) AS faculty FROM operators.indexed;
CREATE AGGREGATE operators.appended(anyelement) (SFUNC = array_append, STYPE = anyarray, INITCOND = '{}');
CREATE OPERATOR operators.|~| (FUNCTION = array_append, LEFTARG = anyarray, RIGHTARG = anyelement);
