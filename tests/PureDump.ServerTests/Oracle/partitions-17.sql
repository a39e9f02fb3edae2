-- What 17 brought: access methods and identities of partitioned tables.
SET client_min_messages = warning;
CREATE TABLE partitions.in_am (a integer) PARTITION BY LIST (a) USING oracle_heap;
CREATE TABLE partitions.in_am_1 PARTITION OF partitions.in_am FOR VALUES IN (1);
CREATE TABLE partitions.in_am_2 PARTITION OF partitions.in_am FOR VALUES IN (2) USING heap;
INSERT INTO partitions.in_am VALUES (1), (2);
CREATE TABLE partitions.identity (id integer GENERATED ALWAYS AS IDENTITY (START 7 INCREMENT 2), a integer) PARTITION BY LIST (a);
CREATE TABLE partitions.identity_1 PARTITION OF partitions.identity FOR VALUES IN (1);
INSERT INTO partitions.identity (a) VALUES (1), (1);
