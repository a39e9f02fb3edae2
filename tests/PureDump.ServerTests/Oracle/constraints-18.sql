-- What 18 brought: constraints that nobody enforces, periods, keys of partitions that are not valid yet.
SET client_min_messages = warning;
CREATE TABLE constraints.not_enforced (a integer REFERENCES constraints.tree NOT ENFORCED, CONSTRAINT loose CHECK (a > 0) NOT ENFORCED);
INSERT INTO constraints.not_enforced VALUES (-99);
CREATE TABLE constraints.periods (valid daterange NOT NULL, id int4range, CONSTRAINT periods_pk PRIMARY KEY (id, valid WITHOUT OVERLAPS));
CREATE TABLE constraints.periods_too (valid daterange, id int4range, UNIQUE (id, valid WITHOUT OVERLAPS) DEFERRABLE);
CREATE TABLE constraints.in_periods (valid daterange, id int4range, FOREIGN KEY (id, PERIOD valid) REFERENCES constraints.periods (id, PERIOD valid));
INSERT INTO constraints.periods VALUES ('[2020-01-01,2021-01-01)', '[1,2)'), ('[2021-01-01,)', '[1,2)');
INSERT INTO constraints.periods_too VALUES ('[2020-01-01,2021-01-01)', '[1,2)');
INSERT INTO constraints.in_periods VALUES ('[2020-06-01,2021-06-01)', '[1,2)');
CREATE TABLE constraints.parts (a integer, b integer) PARTITION BY LIST (a);
CREATE TABLE constraints.parts_1 PARTITION OF constraints.parts FOR VALUES IN (1);
INSERT INTO constraints.parts VALUES (1, 99);
ALTER TABLE constraints.parts ADD CONSTRAINT parts_later FOREIGN KEY (b) REFERENCES constraints.tree NOT VALID;
