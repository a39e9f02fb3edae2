-- What 18 brought: NOT NULL as constraints with names, virtual columns.
SET client_min_messages = warning;
CREATE TABLE tables.virtual (a integer, b integer GENERATED ALWAYS AS (a * 2) VIRTUAL, c integer GENERATED ALWAYS AS (a + 1));
CREATE TABLE tables.virtual_child (d integer) INHERITS (tables.virtual);
INSERT INTO tables.virtual VALUES (1), (NULL);
INSERT INTO tables.virtual_child (a, d) VALUES (2, 3);
CREATE TABLE tables.named (
    a integer CONSTRAINT "A is there" NOT NULL,
    b integer CONSTRAINT named_b_not_null NOT NULL,
    c integer CONSTRAINT named_c_not_null NOT NULL,
    d integer CONSTRAINT "Not Down" NOT NULL NO INHERIT,
    e integer,
    f integer,
    CONSTRAINT "odd place" NOT NULL e
);
COMMENT ON CONSTRAINT named_b_not_null ON tables.named IS 'the usual name, with a comment';
COMMENT ON CONSTRAINT "A is there" ON tables.named IS 'a name and a comment';
INSERT INTO tables.named VALUES (1, 2, 3, 4, 5, NULL);
ALTER TABLE tables.named ADD CONSTRAINT f_later NOT NULL f NOT VALID;
COMMENT ON CONSTRAINT f_later ON tables.named IS 'not valid';
CREATE TABLE tables.named_child (CONSTRAINT own_c NOT NULL c, CONSTRAINT own_a NOT NULL a, g integer) INHERITS (tables.named);
CREATE TABLE tables.named_grandchild () INHERITS (tables.named_child);
INSERT INTO tables.named_child VALUES (1, 2, 3, NULL, 5, 6, 7);
INSERT INTO tables.named_grandchild VALUES (8, 9, 10, NULL, 12, 13, 14);
