-- Types: enumerations, composites, domains, ranges, base types with every option, shells.
SET client_min_messages = warning;
CREATE SCHEMA types AUTHORIZATION oracle_owner;
CREATE SCHEMA "Ty pes.""x""";
CREATE SCHEMA "new
line";
CREATE SCHEMA "🐘 ÄÖÜ";
CREATE SCHEMA aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggg;
COMMENT ON SCHEMA types IS 'all sorts; it''s \ odd';
COMMENT ON SCHEMA "new
line" IS 'two
lines';
GRANT USAGE ON SCHEMA types TO PUBLIC;
GRANT ALL ON SCHEMA "🐘 ÄÖÜ" TO "oracle-Ünïcode 🐘" WITH GRANT OPTION;
REVOKE USAGE ON SCHEMA types FROM oracle_owner;

-- Enumerations.
CREATE TYPE types.mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE types.no_labels AS ENUM ();
CREATE TYPE "Ty pes.""x"""."Enüm ""q""" AS ENUM ('', ' ', 'it''s', 'back\slash', 'new
line', '🐘', 'NULL', ',', '"quoted"', '{curly}');
ALTER TYPE types.mood ADD VALUE 'between' BEFORE 'ok';
ALTER TYPE types.mood ADD VALUE 'last' AFTER 'happy';
ALTER TYPE types.mood RENAME VALUE 'last' TO 'Last one';
ALTER TYPE types.mood OWNER TO oracle_owner;
COMMENT ON TYPE types.mood IS 'how it goes';
GRANT USAGE ON TYPE types.mood TO oracle_reader WITH GRANT OPTION;
REVOKE USAGE ON TYPE types.mood FROM PUBLIC;

-- Composites.
CREATE TYPE types.nothing AS ();
CREATE TYPE types.pair AS (a integer, b types.mood, "C c" text COLLATE "C");
CREATE TYPE types.nested AS (p types.pair, ps types.pair[], e "Ty pes.""x"""."Enüm ""q"""[], v varchar(7), n numeric(8,3));
CREATE TYPE "Ty pes.""x"""."Com""posite" AS ("select" integer, "new
line" text, "🐘" bytea, "müßig" interval day to second(2));
CREATE TYPE types.shrunk AS (gone integer, stays text, gone_too date);
ALTER TYPE types.shrunk DROP ATTRIBUTE gone, DROP ATTRIBUTE gone_too, ADD ATTRIBUTE later timestamptz;
CREATE TYPE types.aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggg AS (x integer);
COMMENT ON TYPE types.nested IS 'in one another';
COMMENT ON COLUMN types.pair.a IS 'the first''s';
COMMENT ON COLUMN "Ty pes.""x"""."Com""posite"."🐘" IS 'an elephant';
ALTER TYPE types.pair OWNER TO "oracle-Ünïcode 🐘";
GRANT USAGE ON TYPE types.nested TO oracle_chain;

-- Domains: over domains, arrays, arrays of composites; defaults, collations, checks by name and without.
CREATE DOMAIN types.plain AS integer;
CREATE DOMAIN types.positive AS integer DEFAULT 7 CONSTRAINT "is Positive" CHECK (VALUE > 0) CHECK (VALUE < 1000000);
CREATE DOMAIN types.small AS types.positive DEFAULT 3 CHECK (VALUE < 100);
CREATE DOMAIN types.words AS text COLLATE "POSIX" DEFAULT 'it''s' CHECK (VALUE ~ '^\w+' OR VALUE <> 'new
line');
CREATE DOMAIN types.pairs AS types.pair[] CONSTRAINT few CHECK (cardinality(VALUE) < 10) CONSTRAINT "some" CHECK (cardinality(VALUE) > 0);
CREATE DOMAIN types.grid AS integer[][] CHECK (array_ndims(VALUE) = 2);
CREATE DOMAIN types.one_pair AS types.pair CHECK (VALUE IS NULL OR (VALUE).a > 0);
CREATE DOMAIN "Ty pes.""x"""."Dom""äin" AS char(5) NOT NULL;
CREATE DOMAIN types.late AS integer;
ALTER DOMAIN types.late ADD CONSTRAINT later CHECK (VALUE <> 7) NOT VALID;
CREATE DOMAIN types.even AS integer;
CREATE FUNCTION types.is_even(types.even) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::integer % 2 = 0';
ALTER DOMAIN types.even ADD CONSTRAINT looped CHECK (types.is_even(VALUE));
COMMENT ON DOMAIN types.positive IS 'positive''s';
COMMENT ON CONSTRAINT "is Positive" ON DOMAIN types.positive IS 'why';
COMMENT ON CONSTRAINT later ON DOMAIN types.late IS 'not yet';
COMMENT ON CONSTRAINT looped ON DOMAIN types.even IS 'in a circle';
ALTER DOMAIN types.words OWNER TO oracle_owner;
GRANT USAGE ON TYPE types.plain TO oracle_reader;
REVOKE USAGE ON TYPE types.plain FROM PUBLIC;

-- Ranges.
CREATE COLLATION types.ranged (LOCALE = 'C');
CREATE FUNCTION types.distance(x text, y text) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT AS 'SELECT length(x)::float8 - length(y)';
CREATE TYPE types.textrange AS RANGE (SUBTYPE = text, SUBTYPE_OPCLASS = text_pattern_ops, COLLATION = types.ranged, SUBTYPE_DIFF = types.distance);
CREATE TYPE types.floats AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi);
CREATE TYPE types.over_domain AS RANGE (SUBTYPE = types.positive);
CREATE TYPE "Ty pes.""x"""."Days";
CREATE FUNCTION "Ty pes.""x""".days_canonical("Ty pes.""x"""."Days") RETURNS "Ty pes.""x"""."Days" LANGUAGE internal IMMUTABLE STRICT AS 'daterange_canonical';
CREATE TYPE "Ty pes.""x"""."Days" AS RANGE (SUBTYPE = date, CANONICAL = "Ty pes.""x""".days_canonical, SUBTYPE_DIFF = pg_catalog.daterange_subdiff);
COMMENT ON TYPE types.floats IS 'floats';
COMMENT ON TYPE "Ty pes.""x"""."Days" IS 'by a shell';
GRANT USAGE ON TYPE types.floats TO oracle_chain;
ALTER TYPE types.floats OWNER TO oracle_owner;

-- Base types: one with everything that a type of variable length can have, one by value, one fixed; two bare shells.
CREATE TYPE types.script;
CREATE FUNCTION types.script_in(cstring) RETURNS types.script LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION types.script_out(types.script) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION types.script_recv(internal) RETURNS types.script LANGUAGE internal STABLE STRICT AS 'textrecv';
CREATE FUNCTION types.script_send(types.script) RETURNS bytea LANGUAGE internal STABLE STRICT AS 'textsend';
CREATE TYPE types.script (
    INPUT = types.script_in, OUTPUT = types.script_out, RECEIVE = types.script_recv, SEND = types.script_send,
    INTERNALLENGTH = VARIABLE, STORAGE = extended, CATEGORY = 'S', PREFERRED = true, DELIMITER = ';', COLLATABLE = true, DEFAULT = 'it''s');
CREATE TYPE types.tiny;
CREATE FUNCTION types.tiny_in(cstring) RETURNS types.tiny LANGUAGE internal IMMUTABLE STRICT AS 'int2in';
CREATE FUNCTION types.tiny_out(types.tiny) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int2out';
CREATE TYPE types.tiny (INPUT = types.tiny_in, OUTPUT = types.tiny_out, INTERNALLENGTH = 2, PASSEDBYVALUE, ALIGNMENT = int2, STORAGE = plain);
CREATE TYPE types.modified;
CREATE FUNCTION types.modified_in(cstring, oid, integer) RETURNS types.modified LANGUAGE internal IMMUTABLE STRICT AS 'varcharin';
CREATE FUNCTION types.modified_out(types.modified) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'varcharout';
CREATE FUNCTION types.mod_in(cstring[]) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'varchartypmodin';
CREATE FUNCTION types.mod_out(integer) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'varchartypmodout';
CREATE TYPE types.modified (
    INPUT = types.modified_in, OUTPUT = types.modified_out, TYPMOD_IN = types.mod_in, TYPMOD_OUT = types.mod_out, INTERNALLENGTH = VARIABLE, STORAGE = main);
CREATE TYPE "Ty pes.""x"""."Fix""ed";
CREATE FUNCTION "Ty pes.""x""".fixed_in(cstring) RETURNS "Ty pes.""x"""."Fix""ed" LANGUAGE internal IMMUTABLE STRICT AS 'point_in';
CREATE FUNCTION "Ty pes.""x""".fixed_out("Ty pes.""x"""."Fix""ed") RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'point_out';
CREATE TYPE "Ty pes.""x"""."Fix""ed" (
    INPUT = "Ty pes.""x""".fixed_in, OUTPUT = "Ty pes.""x""".fixed_out, INTERNALLENGTH = 16, ALIGNMENT = double, CATEGORY = 'x', ELEMENT = float8,
    ANALYZE = pg_catalog.range_typanalyze);
CREATE TYPE types.left_behind;
CREATE TYPE "Ty pes.""x"""."Shell ""only""";
COMMENT ON TYPE types.script IS 'text, once more';
ALTER TYPE types.script OWNER TO oracle_owner;
GRANT USAGE ON TYPE types.tiny TO oracle_reader;

-- Values of all of them.
CREATE TABLE types.holds (
    id integer PRIMARY KEY, mood types.mood, odd "Ty pes.""x"""."Enüm ""q""", moods types.mood[], pair types.pair, nested types.nested,
    com "Ty pes.""x"""."Com""posite", shrunk types.shrunk, none types.nothing, positive types.positive, small types.small, words types.words,
    pairs types.pairs, grid types.grid, one types.one_pair, late types.late, tr types.textrange, fr types.floats,
    dr types.over_domain, days "Ty pes.""x"""."Days", script types.script, scripts types.script[], tiny types.tiny, modified types.modified(9),
    fixed "Ty pes.""x"""."Fix""ed", many_pairs types.pairs[]);
INSERT INTO types.holds (id) VALUES (1);
INSERT INTO types.holds VALUES (
    2, 'Last one', 'new
line', '{sad,NULL,"Last one"}', '(1,ok,"a ""b"", \\ c")', ROW((2,'sad',''),ARRAY[ROW(3,'happy',NULL)::types.pair,NULL],ARRAY['','it''s','🐘','NULL',',','"quoted"','{curly}']::"Ty pes.""x"""."Enüm ""q"""[],'7 bytes',12345.678),
    ROW(-1,'x','\x00ff','-3 days 04:05:06.78'), ROW('stays','infinity'), ROW(), 5, 9, 'it''s', ARRAY[(1,'ok','x'),(NULL,NULL,NULL)]::types.pair[],
    '{{1,2},{3,NULL}}', (8,'sad','y'), 8, '["a","b ""c""")', '(-Infinity,NaN]', '[1,9)', '[2020-02-28,2020-02-29]', E'tab\t; "x"', '{a;"b;c";NULL}',
    '-7', 'nine char', '(1.5,-Infinity)', ARRAY[ARRAY[(1,'ok','x')]::types.pairs]);
INSERT INTO types.holds (id, pair, none, tr, fr, days, scripts) VALUES (3, '(,,)', NULL, 'empty', '(,)', '[-infinity,infinity)', '{}');
