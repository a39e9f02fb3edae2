-- What 14 brought: statistics of expressions.
SET client_min_messages = warning;
CREATE STATISTICS constraints.expressions ON lower(b), (a + 1), c FROM constraints.indexed;
CREATE STATISTICS constraints.expression ON (a % 10) FROM constraints.indexed;
