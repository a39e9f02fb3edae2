-- What servers 16 to 18 added. Runs after tables-15.sql.
SET client_min_messages = warning;
CREATE TABLE plain.generated_other (b integer GENERATED ALWAYS AS (a * 3) STORED) INHERITS (plain.generated);
CREATE TABLE plain.virtual (a integer, b integer GENERATED ALWAYS AS (a * 2) VIRTUAL, c integer GENERATED ALWAYS AS (a + 1));
CREATE TABLE plain.virtual_child (d integer) INHERITS (plain.virtual);
CREATE TABLE plain.named (
    a integer CONSTRAINT "A is there" NOT NULL,
    b integer CONSTRAINT named_b_not_null NOT NULL,
    c integer CONSTRAINT named_c_not_null NOT NULL,
    d integer CONSTRAINT "Not Down" NOT NULL NO INHERIT,
    e integer,
    f integer,
    CONSTRAINT "odd place" NOT NULL e
);
COMMENT ON CONSTRAINT named_b_not_null ON plain.named IS 'the usual name, with a comment';
COMMENT ON CONSTRAINT "A is there" ON plain.named IS 'a name and a comment';
INSERT INTO plain.named VALUES (1, 2, 3, 4, 5, NULL);
ALTER TABLE plain.named ADD CONSTRAINT f_later NOT NULL f NOT VALID;
COMMENT ON CONSTRAINT f_later ON plain.named IS 'not valid';
-- pg_dump 18 forgets to quote these two, so they are plain here; TableDdlTests has one that is not.
CREATE TABLE plain.named_child (CONSTRAINT own_c NOT NULL c, CONSTRAINT own_a NOT NULL a, g integer) INHERITS (plain.named);
CREATE TABLE plain.named_grandchild () INHERITS (plain.named_child);
CREATE TABLE plain.named_parts (a integer CONSTRAINT "Part A" NOT NULL, b integer) PARTITION BY LIST (b);
CREATE TABLE plain.named_parts_1 PARTITION OF plain.named_parts FOR VALUES IN (1);
CREATE TABLE plain.long_name_that_will_not_fit_with_its_column_names_in_sixty_three (a_column_with_a_long_name_as_well integer NOT NULL);
CREATE TABLE plain.key_not_null (a integer PRIMARY KEY, b integer);
ALTER TABLE plain.key_not_null ALTER a SET STATISTICS 10;
ALTER TABLE plain.key_not_null ALTER b SET STATISTICS DEFAULT;
CREATE TABLE plain.not_enforced (a integer REFERENCES plain.tree NOT ENFORCED, CONSTRAINT loose CHECK (a > 0) NOT ENFORCED);
CREATE TABLE plain.periods (valid daterange NOT NULL, id int4range, CONSTRAINT periods_pk PRIMARY KEY (id, valid WITHOUT OVERLAPS));
CREATE TABLE plain.in_periods (valid daterange, id int4range,
    FOREIGN KEY (id, PERIOD valid) REFERENCES plain.periods (id, PERIOD valid));
CREATE TABLE plain.parts_am (a integer) PARTITION BY LIST (a) USING heap;
CREATE TABLE plain.parts_am_1 PARTITION OF plain.parts_am FOR VALUES IN (1);
CREATE TABLE plain.parts_own_identity (id integer GENERATED ALWAYS AS IDENTITY, a integer) PARTITION BY LIST (a);
CREATE TABLE plain.parts_own_identity_1 PARTITION OF plain.parts_own_identity FOR VALUES IN (1);
