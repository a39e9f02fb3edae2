-- What 18 brought: NOT NULL with names that come down.
SET client_min_messages = warning;
CREATE TABLE partitions.named (a integer CONSTRAINT "Part A" NOT NULL, b integer) PARTITION BY LIST (b);
CREATE TABLE partitions.named_1 PARTITION OF partitions.named FOR VALUES IN (1);
INSERT INTO partitions.named VALUES (1, 1);
