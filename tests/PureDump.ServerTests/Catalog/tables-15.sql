-- What servers 14 and 15 added. Runs after tables.sql.
SET client_min_messages = warning;
ALTER TABLE plain.columns ALTER a SET COMPRESSION pglz;
CREATE UNLOGGED SEQUENCE plain.s_unlogged;
ALTER SEQUENCE plain.identity_a_seq SET UNLOGGED;
ALTER SEQUENCE plain.unlogged_identity_a_seq SET LOGGED;
CREATE TABLE plain.not_distinct (a integer, b integer, UNIQUE NULLS NOT DISTINCT (a), UNIQUE NULLS NOT DISTINCT (b) INCLUDE (a));
CREATE UNIQUE INDEX not_distinct_ab ON plain.not_distinct (a, b) NULLS NOT DISTINCT;
CREATE TABLE plain.set_null_columns (a integer, b integer, FOREIGN KEY (a, b) REFERENCES plain.keys (a, b) ON DELETE SET NULL (b));
CREATE TABLE plain.multiranges (a int4multirange, b plain.floatmultirange);
