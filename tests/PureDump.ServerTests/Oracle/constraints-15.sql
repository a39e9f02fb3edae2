-- What 15 brought: NULLs that are not distinct, SET NULL of some columns.
SET client_min_messages = warning;
CREATE TABLE constraints.not_distinct (a integer, b integer, UNIQUE NULLS NOT DISTINCT (a), UNIQUE NULLS NOT DISTINCT (b) INCLUDE (a));
CREATE UNIQUE INDEX not_distinct_ab ON constraints.not_distinct (a, b) NULLS NOT DISTINCT;
INSERT INTO constraints.not_distinct VALUES (NULL, NULL), (1, 1);
CREATE TABLE constraints.set_some (a integer, b integer,
    FOREIGN KEY (a, b) REFERENCES constraints.keys ON DELETE SET NULL (b),
    CONSTRAINT to_default FOREIGN KEY (a, b) REFERENCES constraints.keys ON DELETE SET DEFAULT (b, a));
INSERT INTO constraints.set_some VALUES (1, 2), (NULL, 5);
