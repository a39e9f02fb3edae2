-- Tables and sequences: every clause, names of every sort, inheritance, dropped columns.
SET client_min_messages = warning;
CREATE SCHEMA tables AUTHORIZATION oracle_owner;
CREATE SCHEMA "Odd ""Schema""";

-- Names: case, quotes, blanks, keywords of each class, non-ASCII, emoji, line feeds, 63 bytes.
CREATE TABLE "Odd ""Schema"""."Ta ble" (
    "select" integer PRIMARY KEY,
    "User" text DEFAULT 'O''Reilly \n'::text,
    "between" integer CONSTRAINT "Check Me" CHECK ("between" > 0),
    "müßig" text COLLATE "C" NOT NULL,
    "a""b" integer,
    abs integer,
    value integer,
    "line
feed" integer,
    "🐘" text DEFAULT '🐘',
    "tab	" integer,
    "back\slash" integer,
    "percent%s" integer,
    "$$" integer
);
COMMENT ON TABLE "Odd ""Schema"""."Ta ble" IS 'it''s odd \ really
in two lines';
COMMENT ON COLUMN "Odd ""Schema"""."Ta ble"."a""b" IS 'a quoted column';
COMMENT ON COLUMN "Odd ""Schema"""."Ta ble"."line
feed" IS '';
COMMENT ON CONSTRAINT "Check Me" ON "Odd ""Schema"""."Ta ble" IS 'checks';
COMMENT ON CONSTRAINT "Ta ble_pkey" ON "Odd ""Schema"""."Ta ble" IS 'the key';
COMMENT ON INDEX "Odd ""Schema"""."Ta ble_pkey" IS 'the index of the key';
CREATE TABLE tables."line
feed" (id integer);
CREATE TABLE tables."--not a comment" ("/*nor this*/" integer, "; drop" text);
CREATE TABLE "🐘 ÄÖÜ"."ÄÖÜ ß" ("Größe" numeric(10,2), "名前" text, "имя" text, "اسم" text);
CREATE TABLE tables.aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggg (aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggg serial PRIMARY KEY);
CREATE TABLE tables.üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü ("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" integer UNIQUE CHECK ("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" > 0));
CREATE TABLE tables."UPPER" ("ID" serial, "Id" integer, id integer);
CREATE TABLE "new
line"."new
line" ("new
line" integer);
CREATE TABLE aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggg.x (id integer GENERATED ALWAYS AS IDENTITY);
CREATE TABLE tables."user" ("user" name, "table" text, "order" integer, "grant" text);

CREATE TABLE tables.no_columns ();
CREATE TABLE tables.all_dropped (a integer, b text);
INSERT INTO tables.all_dropped VALUES (1, 'x'), (2, 'y');
ALTER TABLE tables.all_dropped DROP COLUMN a, DROP COLUMN b;

-- Every built-in type once, as format_type prints it.
CREATE TABLE tables.types (
    id integer PRIMARY KEY,
    i2 smallint, i8 bigint, n numeric, n5 numeric(5), n52 numeric(5,2), f4 real, f8 double precision,
    m money, b boolean, by bytea, c "char", nm name, t text, vc varchar, vc9 varchar(9), ch char, ch5 char(5),
    bit1 bit, bit7 bit(7), vb varbit(9), d date, tm time, tm3 time(3), tmz timetz(0), ts timestamp(2), tsz timestamptz,
    iv interval, ivy interval year to month, ivs interval second(3), u uuid, j json, jb jsonb, jp jsonpath, x xml,
    ip inet, net cidr, mac macaddr, mac8 macaddr8, p point, l line, ls lseg, bx box, pa path, po polygon, ci circle,
    tv tsvector, tq tsquery, r4 int4range, rn numrange, rt tsrange, rtz tstzrange, rd daterange, r8 int8range,
    ar integer[], ar2 text[][], o oid, rc regclass, rty regtype[], rp regprocedure, td tid, xi xid, lsn pg_lsn, snap txid_snapshot,
    iv2 int2vector, ov oidvector, rf refcursor, x8 xid8, lo public.lo
);

-- Dropped columns, defaults of all sorts, storage, statistics, options.
CREATE TABLE tables.columns (
    gone1 integer,
    id integer NOT NULL,
    a text DEFAULT 'x',
    gone2 text DEFAULT 'gone',
    b timestamptz DEFAULT now(),
    c integer DEFAULT 1 + 2 * 3,
    d text[] DEFAULT '{a,"b c"}',
    e types.mood DEFAULT 'ok',
    f jsonb DEFAULT '{"a": [1, 2]}',
    g varchar(10) COLLATE "POSIX" DEFAULT upper('q'),
    h bytea,
    i numeric DEFAULT NULL,
    j types.pair DEFAULT ROW(1, 'ok', 'it''s'),
    k types.positive,
    gone3 integer
) WITH (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_vacuum_threshold = 100, parallel_workers = 3, toast_tuple_target = 200);
ALTER TABLE tables.columns DROP COLUMN gone1, DROP COLUMN gone2, DROP COLUMN gone3;
ALTER TABLE tables.columns ALTER a SET STORAGE EXTERNAL, ALTER d SET STORAGE MAIN, ALTER h SET STORAGE PLAIN;
ALTER TABLE tables.columns ALTER a SET STATISTICS 500, ALTER b SET STATISTICS 0;
ALTER TABLE tables.columns ALTER c SET (n_distinct = -0.5, n_distinct_inherited = 7);
ALTER TABLE tables.columns SET (user_catalog_table = true);
ALTER TABLE tables.columns OWNER TO "oracle-Ünïcode 🐘";
CREATE UNLOGGED TABLE tables.unlogged (id serial PRIMARY KEY, t text);
CREATE TABLE tables.toast_only (t text) WITH (toast.autovacuum_enabled = off);
CREATE TABLE tables.added_later (a integer);
INSERT INTO tables.added_later VALUES (1), (2);
ALTER TABLE tables.added_later ADD COLUMN b integer DEFAULT 42, ADD COLUMN c text NOT NULL DEFAULT 'filled''in';
ALTER TABLE tables.added_later ALTER COLUMN b DROP DEFAULT;

-- Generated columns.
CREATE TABLE tables.generated (
    a integer, b integer GENERATED ALWAYS AS (a * 2) STORED, c text GENERATED ALWAYS AS (a::text || ' pieces') STORED NOT NULL, d integer);
CREATE TABLE tables.generated_only (b integer GENERATED ALWAYS AS (1 + 1) STORED);
CREATE TABLE tables.generated_child (e text) INHERITS (tables.generated);
CREATE TABLE tables.generated_key (a integer, b integer GENERATED ALWAYS AS (a + 1) STORED PRIMARY KEY);

-- Identity columns and sequences of every kind.
CREATE TABLE tables.identity (
    a integer GENERATED ALWAYS AS IDENTITY,
    b bigint GENERATED BY DEFAULT AS IDENTITY (START WITH 100 INCREMENT BY -5 MINVALUE -1000 MAXVALUE 1000 CACHE 7 CYCLE),
    c smallint GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME tables."Odd Seq" MAXVALUE 50),
    d integer
);
COMMENT ON SEQUENCE tables."Odd Seq" IS 'an identity sequence';
CREATE UNLOGGED TABLE tables.unlogged_identity (a integer GENERATED ALWAYS AS IDENTITY, t text);
CREATE TABLE tables.serials (a smallserial, b serial, c bigserial NOT NULL, "D d" serial);
ALTER TABLE tables.serials ALTER b DROP DEFAULT;
CREATE SEQUENCE tables.s_small AS smallint;
CREATE SEQUENCE tables.s_int AS integer INCREMENT -1;
CREATE SEQUENCE tables.s_big;
CREATE SEQUENCE tables.s_all AS bigint START 5 INCREMENT 3 MINVALUE -7 MAXVALUE 99 CACHE 20 CYCLE;
CREATE SEQUENCE tables.s_down INCREMENT BY -10 MINVALUE -100 MAXVALUE -1 START -3;
CREATE SEQUENCE tables.s_smalldown AS smallint INCREMENT BY -1;
CREATE SEQUENCE tables.s_edge MINVALUE -9223372036854775808 MAXVALUE 9223372036854775807 START 0;
CREATE SEQUENCE tables.s_owned OWNED BY tables.serials.b;
CREATE SEQUENCE tables.s_used;
CREATE SEQUENCE tables.s_called_once;
CREATE SEQUENCE tables.s_exhausted MAXVALUE 2;
CREATE SEQUENCE tables."🐘
seq";
CREATE SEQUENCE "Odd ""Schema"""."S'q" OWNED BY "Odd ""Schema"""."Ta ble"."a""b";
COMMENT ON SEQUENCE tables.s_used IS 'used';
ALTER SEQUENCE tables.s_small OWNER TO oracle_owner;
SELECT nextval('tables.s_used'), nextval('tables.s_used'), nextval('tables.s_called_once'), setval('tables.s_all', 50, false), setval('tables.s_edge', -9223372036854775808);
SELECT setval('tables.s_exhausted', 2, true), nextval('tables.s_down'), setval('tables.s_int', -2147483648), setval('tables."Odd Seq"', 17, false), nextval('tables."🐘
seq"');
CREATE TABLE tables.uses_sequences (
    a bigint DEFAULT nextval('tables.s_used'), b bigint DEFAULT nextval('"Odd ""Schema"""."S''q"'::regclass) + 1, c text DEFAULT 'tables.s_used'::regclass::text);
CREATE TABLE tables.late_owner (id bigint DEFAULT nextval('tables.s_big'));
ALTER SEQUENCE tables.s_big OWNED BY tables.late_owner.id;

-- Inheritance: a diamond, merged and overridden columns, defaults, checks and NOT NULLs.
CREATE TABLE tables.top (a integer NOT NULL DEFAULT 7, b text, CONSTRAINT top_check CHECK (a > 0));
CREATE TABLE tables.left_side (c integer) INHERITS (tables.top);
CREATE TABLE tables.right_side (d integer DEFAULT 4, CONSTRAINT right_only CHECK (d <> 5) NO INHERIT) INHERITS (tables.top);
CREATE TABLE tables.bottom (e integer) INHERITS (tables.left_side, tables.right_side);
CREATE TABLE tables.merged (a integer DEFAULT 9, b text NOT NULL, x integer) INHERITS (tables.top);
CREATE TABLE tables.no_default () INHERITS (tables.top);
ALTER TABLE tables.no_default ALTER a DROP DEFAULT, ALTER b SET DEFAULT 'own', ALTER b SET STATISTICS 33;
ALTER TABLE tables.bottom ALTER b SET NOT NULL;
CREATE TABLE tables.own_check (CONSTRAINT top_check CHECK (a > 0), CONSTRAINT own CHECK (b <> '')) INHERITS (tables.top);
CREATE TABLE tables.other_top (z integer, b text);
CREATE TABLE tables.two_parents () INHERITS (tables.top, tables.other_top);
CREATE TABLE tables.adopted (a integer NOT NULL, b text, CONSTRAINT top_check CHECK (a > 0));
ALTER TABLE tables.adopted INHERIT tables.top;
CREATE TABLE tables.orphan () INHERITS (tables.top);
ALTER TABLE tables.orphan NO INHERIT tables.top;
CREATE TABLE tables.like_others (LIKE tables.columns INCLUDING ALL);

-- Typed tables.
CREATE TYPE tables.shape AS (a integer, b text, c numeric(5,1));
CREATE TABLE tables.typed OF tables.shape;
CREATE TABLE tables.typed_more OF tables.shape (a WITH OPTIONS PRIMARY KEY, b WITH OPTIONS NOT NULL DEFAULT 'b', CHECK (c > 0));
CREATE TYPE tables.dented AS (gone integer, a integer, b text);
ALTER TYPE tables.dented DROP ATTRIBUTE gone;
CREATE TABLE tables.typed_dented OF tables.dented;

-- A row type as a column; a table that a table of its own type array refers to.
CREATE TABLE tables.rows_of_others (t tables.top, ts tables.bottom[], p types.pairs);

-- Privileges: of tables, columns, sequences; nobody's, everybody's; with options and grantors.
GRANT USAGE ON SCHEMA tables TO oracle_reader, oracle_chain;
GRANT SELECT, INSERT ON tables.top TO oracle_reader;
GRANT UPDATE ON tables.top TO oracle_reader WITH GRANT OPTION;
SET SESSION AUTHORIZATION oracle_reader;
GRANT UPDATE ON tables.top TO oracle_chain WITH GRANT OPTION;
SET SESSION AUTHORIZATION oracle_chain;
GRANT UPDATE ON tables.top TO "oracle Writer ""x""";
RESET SESSION AUTHORIZATION;
GRANT ALL ON tables.bottom TO PUBLIC;
REVOKE ALL ON tables.merged FROM postgres;
GRANT SELECT ON tables.no_default TO PUBLIC;
REVOKE DELETE ON tables.columns FROM "oracle-Ünïcode 🐘";
GRANT SELECT (id, a), UPDATE (b) ON tables.columns TO oracle_chain;
GRANT ALL (g) ON tables.columns TO "oracle-Ünïcode 🐘" WITH GRANT OPTION;
GRANT REFERENCES ("a""b"), INSERT ("🐘") ON "Odd ""Schema"""."Ta ble" TO "ORACLE_UPPER", PUBLIC;
GRANT USAGE, SELECT ON SEQUENCE tables.s_used TO oracle_reader;
GRANT ALL ON SEQUENCE tables.s_small TO oracle_chain WITH GRANT OPTION;
REVOKE UPDATE ON SEQUENCE tables.s_small FROM oracle_owner;
GRANT SELECT ON SEQUENCE tables."Odd Seq" TO oracle_reader;
GRANT TRIGGER, TRUNCATE ON tables.unlogged TO oracle_other;
GRANT CREATE ON SCHEMA public TO oracle_reader;
REVOKE USAGE ON SCHEMA public FROM PUBLIC;
COMMENT ON SCHEMA public IS 'not the usual words';
