-- What PostgreSQL 14 adds to statistics.sql: expressions.
CREATE FUNCTION counts.half(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 / 2';
CREATE STATISTICS counts."of Expressions" (mcv) ON (counts.half(a)), (lower(c)), "B b" FROM counts.t;
CREATE STATISTICS counts.of_one_expression ON (a % 10) FROM counts.t;
