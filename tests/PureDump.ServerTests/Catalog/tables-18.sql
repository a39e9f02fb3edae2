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
CREATE TABLE plain.periods_unique (valid tsrange, "Room No" int4range, note text,
    CONSTRAINT "Unique Over Time" UNIQUE ("Room No", valid WITHOUT OVERLAPS) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT periods_pk_2 PRIMARY KEY ("Room No", valid WITHOUT OVERLAPS) INCLUDE (note) NOT DEFERRABLE);
COMMENT ON CONSTRAINT "Unique Over Time" ON plain.periods_unique IS 'no two at a time';
CREATE TABLE plain.virtual_parts (a integer, b integer GENERATED ALWAYS AS (a * 2), c text) PARTITION BY LIST (a);
CREATE TABLE plain.virtual_parts_1 PARTITION OF plain.virtual_parts FOR VALUES IN (1);
CREATE TABLE plain.virtual_own (b integer GENERATED ALWAYS AS (a * 3)) INHERITS (plain.virtual);
CREATE TABLE plain.parent_not_valid (a integer, "B b" integer);
CREATE TABLE plain.child_not_valid () INHERITS (plain.parent_not_valid);
INSERT INTO plain.parent_not_valid VALUES (NULL, NULL);
ALTER TABLE plain.parent_not_valid ADD CONSTRAINT "Later, if Ever" NOT NULL "B b" NOT VALID, ADD CONSTRAINT a_later NOT NULL a NOT VALID;
COMMENT ON CONSTRAINT "Later, if Ever" ON plain.parent_not_valid IS 'not valid''s comment';
CREATE TABLE plain.comments_inherited () INHERITS (plain.named);
COMMENT ON CONSTRAINT named_b_not_null ON plain.comments_inherited IS 'on an inherited one';
CREATE TABLE plain.no_inherit_child (d integer) INHERITS (plain.named);
ALTER TABLE plain.not_enforced ADD CONSTRAINT "Loose, too" CHECK (a < 100) NO INHERIT NOT ENFORCED;
COMMENT ON CONSTRAINT loose ON plain.not_enforced IS 'not enforced';
CREATE TABLE plain.not_enforced_child () INHERITS (plain.not_enforced);
