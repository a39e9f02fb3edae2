-- What 17 brought: children with an expression of their own, MAINTAIN, back to the default of statistics.
SET client_min_messages = warning;
CREATE TABLE tables.generated_other (b integer GENERATED ALWAYS AS (a * 3) STORED) INHERITS (tables.generated);
INSERT INTO tables.generated_other (a) VALUES (4);
GRANT MAINTAIN ON tables.top TO oracle_chain;
GRANT ALL ON tables.two_parents TO oracle_reader;
