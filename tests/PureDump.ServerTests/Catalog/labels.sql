-- Security labels on everything that can have one. No provider is loaded: the rows are put where SECURITY LABEL would put
-- them, so this dump cannot be restored. Runs in an empty database as a superuser.
SET client_min_messages = error;
SET allow_system_table_mods = on;
CREATE SCHEMA "Label ""Schema""";
SET search_path = "Label ""Schema""";
CREATE TABLE "Ta ble" (id integer, gone integer, "Col ""umn" text, plain text);
ALTER TABLE "Ta ble" DROP COLUMN gone;
CREATE TABLE only_column (a integer, b integer);
CREATE TABLE parts (a integer) PARTITION BY LIST (a);
CREATE VIEW v AS SELECT 1 AS a, 2 AS b;
CREATE MATERIALIZED VIEW m AS SELECT 1 AS a;
CREATE SEQUENCE "S q";
CREATE FUNCTION "F n"(integer, text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE p(INOUT a integer) LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE "Agg"(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
CREATE AGGREGATE no_args(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
CREATE TYPE e AS ENUM ('a');
CREATE TYPE "Comp" AS (a integer, b text);
CREATE TYPE r AS RANGE (subtype = integer);
CREATE TYPE shell;
CREATE DOMAIN "Dom" AS integer CHECK (VALUE > 0);
CREATE FUNCTION handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE TRUSTED LANGUAGE "La ng" HANDLER handler;
CREATE FUNCTION on_event() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER "Ev ent" ON ddl_command_end WHEN TAG IN ('DROP TABLE') EXECUTE FUNCTION on_event();
CREATE FOREIGN DATA WRAPPER labels_wrapper;
CREATE SERVER labels_server FOREIGN DATA WRAPPER labels_wrapper;
CREATE FOREIGN TABLE "For eign" (a integer, b text) SERVER labels_server;
CREATE PUBLICATION "Pub";
CREATE SUBSCRIPTION "Sub" CONNECTION '' PUBLICATION x WITH (connect = false, slot_name = NONE);
COMMENT ON TABLE "Ta ble" IS 'commented and labelled';
RESET search_path;

CREATE FUNCTION label(class regclass, id oid, sub integer, label text, provider text DEFAULT 'dummy') RETURNS void LANGUAGE sql AS
    'INSERT INTO pg_catalog.pg_seclabel (objoid, classoid, objsubid, provider, label) VALUES ($2, $1, $3, $5, $4)';
SELECT label('pg_namespace', '"Label ""Schema"""'::regnamespace, 0, 'it''s a schema');
SELECT label('pg_namespace', 'public'::regnamespace, 0, 'the public one');
SELECT label('pg_class', c.oid, 0, 'label \ of ' || c.relname) FROM pg_class c
WHERE c.relnamespace = '"Label ""Schema"""'::regnamespace AND c.relname <> 'only_column';
SELECT label('pg_class', '"Label ""Schema""".only_column'::regclass, 0, 'another provider', 'x "Odd" provider');
SELECT label('pg_class', a.attrelid, a.attnum, 'column ' || a.attname) FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace = '"Label ""Schema"""'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'plain';
SELECT label('pg_proc', p.oid, 0, 'routine ' || p.proname) FROM pg_proc p WHERE p.pronamespace = '"Label ""Schema"""'::regnamespace;
SELECT label('pg_type', t.oid, 0, 'type ' || t.typname) FROM pg_type t
WHERE t.typnamespace = '"Label ""Schema"""'::regnamespace AND t.typname IN ('e', 'Comp', 'r', 'shell', 'Dom');
SELECT label('pg_language', l.oid, 0, 'language') FROM pg_language l WHERE l.lanname = 'La ng';
SELECT label('pg_event_trigger', e.oid, 0, 'event trigger') FROM pg_event_trigger e;
SELECT label('pg_publication', p.oid, 0, 'publication') FROM pg_publication p;
INSERT INTO pg_shseclabel (objoid, classoid, provider, label)
SELECT s.oid, 'pg_subscription'::regclass, 'dummy', 'subscription' FROM pg_subscription s
JOIN pg_database d ON d.oid = s.subdbid AND d.datname = current_database();
