-- Types, routines, privileges, comments and large objects in every shape a dump must carry. Runs on 13 and later as a
-- superuser in a database of its own; roles are cluster-wide, hence their names and the way they are made.
SET client_min_messages = warning;
DO $$
DECLARE r text;
BEGIN
    FOREACH r IN ARRAY ARRAY['types_owner', 'types_reader', 'types Writer "x"', 'types_chain', 'Types-Ünïcode'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) THEN
            EXECUTE format('CREATE ROLE %I', r);
        END IF;
    END LOOP;
END $$;

-- Schemas: odd names, owners, privileges.
CREATE SCHEMA evil AUTHORIZATION types_owner;
COMMENT ON SCHEMA evil IS E'it''s a \\ back\nslash, and \ttab';
CREATE SCHEMA "Ev il.""sch" AUTHORIZATION "types Writer ""x""";
CREATE SCHEMA "sélect" AUTHORIZATION "Types-Ünïcode";
CREATE SCHEMA "new
line";
GRANT USAGE ON SCHEMA evil TO types_reader WITH GRANT OPTION;
SET SESSION AUTHORIZATION types_reader;
GRANT USAGE ON SCHEMA evil TO types_chain;
RESET SESSION AUTHORIZATION;
GRANT ALL ON SCHEMA "Ev il.""sch" TO PUBLIC;
REVOKE ALL ON SCHEMA "sélect" FROM "Types-Ünïcode";
GRANT CREATE ON SCHEMA "sélect" TO "Types-Ünïcode";
GRANT USAGE ON SCHEMA "sélect" TO "types Writer ""x""";

-- public: other privileges, another comment.
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO types_reader;
COMMENT ON SCHEMA public IS NULL;

-- Enums.
CREATE TYPE evil.mood AS ENUM ('sad', 'it''s', 'back\slash', 'new
line', ' ', 'äöü', 'happy');
ALTER TYPE evil.mood ADD VALUE 'between' BEFORE 'happy';
ALTER TYPE evil.mood OWNER TO types_owner;
COMMENT ON TYPE evil.mood IS 'moods; -- not a comment';
CREATE TYPE evil.nothing AS ENUM ();
CREATE TYPE "Ev il.""sch"."Enüm ""quoted""" AS ENUM ('A');
GRANT USAGE ON TYPE evil.mood TO types_reader WITH GRANT OPTION;
REVOKE USAGE ON TYPE evil.nothing FROM PUBLIC;

-- Composites.
CREATE TYPE evil.pair AS (a integer, "B b" text COLLATE "C", c numeric(10,2)[], "select" evil.mood);
ALTER TYPE evil.pair DROP ATTRIBUTE c;
ALTER TYPE evil.pair ADD ATTRIBUTE d timestamp(3) with time zone;
COMMENT ON COLUMN evil.pair."B b" IS 'the B''s';
COMMENT ON COLUMN evil.pair.d IS 'last';
COMMENT ON TYPE evil.pair IS 'a pair';
CREATE TYPE evil.empty AS ();
CREATE TYPE evil.outer_pair AS (p evil.pair, ps evil.pair[]);

-- Domains.
CREATE DOMAIN evil.plain AS integer;
CREATE DOMAIN evil.positive AS numeric(12,3) DEFAULT 1.5 NOT NULL
    CONSTRAINT "is Positive" CHECK (VALUE > 0) CONSTRAINT a_small CHECK (VALUE < 1000000);
COMMENT ON DOMAIN evil.positive IS 'positive''s';
COMMENT ON CONSTRAINT "is Positive" ON DOMAIN evil.positive IS 'why';
CREATE DOMAIN evil.texts AS text COLLATE "C" DEFAULT 'it''s' CHECK (VALUE ~ '\d+' OR VALUE <> 'new
line');
CREATE DOMAIN evil.pairs AS evil.pair[] CONSTRAINT few CHECK (cardinality(VALUE) < 10) CONSTRAINT "some" CHECK (cardinality(VALUE) > 0);
CREATE DOMAIN evil.late AS integer;
ALTER DOMAIN evil.late ADD CONSTRAINT later CHECK (VALUE <> 7) NOT VALID;
COMMENT ON CONSTRAINT later ON DOMAIN evil.late IS 'not yet';
CREATE DOMAIN evil.over_domain AS evil.positive CHECK (VALUE < 5);
CREATE DOMAIN "Ev il.""sch"."Dom""äin" AS char(5) NOT NULL;
GRANT ALL ON DOMAIN evil.plain TO types_reader;
REVOKE ALL ON DOMAIN evil.plain FROM PUBLIC;

-- Ranges.
CREATE FUNCTION evil.diff(x text, y text) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT AS 'SELECT length(x)::float8 - length(y)';
CREATE TYPE evil.textrange AS RANGE (subtype = text, subtype_opclass = text_pattern_ops, collation = "C", subtype_diff = evil.diff);
CREATE TYPE evil.floats AS RANGE (subtype = float8, subtype_diff = float8mi);
COMMENT ON TYPE evil.floats IS 'floats';
CREATE TYPE evil.plainrange AS RANGE (subtype = numeric);
GRANT USAGE ON TYPE evil.floats TO types_chain;

CREATE TYPE evil."Days";
CREATE FUNCTION evil.days_canonical(evil."Days") RETURNS evil."Days" LANGUAGE internal IMMUTABLE STRICT AS 'daterange_canonical';
CREATE TYPE evil."Days" AS RANGE (subtype = date, canonical = evil.days_canonical, subtype_diff = pg_catalog.daterange_subdiff);
COMMENT ON TYPE evil."Days" IS 'a range with a shell';

-- Base types: with shells, with everything; a shell that was left behind.
CREATE TYPE evil.shelltext;
CREATE FUNCTION evil.shelltext_in(cstring) RETURNS evil.shelltext LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION evil.shelltext_out(evil.shelltext) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION evil.shelltext_recv(internal) RETURNS evil.shelltext LANGUAGE internal STABLE STRICT AS 'textrecv';
CREATE FUNCTION evil.shelltext_send(evil.shelltext) RETURNS bytea LANGUAGE internal STABLE STRICT AS 'textsend';
CREATE TYPE evil.shelltext (
    INPUT = evil.shelltext_in, OUTPUT = evil.shelltext_out, RECEIVE = evil.shelltext_recv, SEND = evil.shelltext_send,
    INTERNALLENGTH = variable, STORAGE = extended, CATEGORY = 'S', PREFERRED = true, DELIMITER = ';',
    COLLATABLE = true, DEFAULT = 'it''s');
COMMENT ON TYPE evil.shelltext IS 'text, once more';
ALTER TYPE evil.shelltext OWNER TO types_owner;
CREATE TYPE evil.smallint2;
CREATE FUNCTION evil.smallint2_in(cstring) RETURNS evil.smallint2 LANGUAGE internal IMMUTABLE STRICT AS 'int2in';
CREATE FUNCTION evil.smallint2_out(evil.smallint2) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int2out';
CREATE FUNCTION evil.mod_in(cstring[]) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'varchartypmodin';
CREATE FUNCTION evil.mod_out(integer) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'varchartypmodout';
CREATE TYPE evil.smallint2 (
    INPUT = evil.smallint2_in, OUTPUT = evil.smallint2_out, TYPMOD_IN = evil.mod_in, TYPMOD_OUT = evil.mod_out,
    INTERNALLENGTH = 2, PASSEDBYVALUE, ALIGNMENT = int2, STORAGE = plain, ANALYZE = pg_catalog.array_typanalyze);
CREATE TYPE evil.fixed;
CREATE FUNCTION evil.fixed_in(cstring) RETURNS evil.fixed LANGUAGE internal IMMUTABLE STRICT AS 'point_in';
CREATE FUNCTION evil.fixed_out(evil.fixed) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'point_out';
CREATE TYPE evil.fixed (INPUT = evil.fixed_in, OUTPUT = evil.fixed_out, INTERNALLENGTH = 16, ALIGNMENT = double, ELEMENT = float8);
CREATE TYPE evil.left_behind;
COMMENT ON TYPE evil.left_behind IS 'never filled';

-- Functions: attributes, argument modes, settings, dollar quotes.
CREATE FUNCTION evil.area(r integer) RETURNS integer LANGUAGE sql AS 'SELECT r * r';
ALTER FUNCTION evil.area(integer) OWNER TO types_owner;
COMMENT ON FUNCTION evil.area(integer) IS 'area''s';
GRANT EXECUTE ON FUNCTION evil.area(integer) TO types_reader WITH GRANT OPTION;
SET SESSION AUTHORIZATION types_reader;
GRANT EXECUTE ON FUNCTION evil.area(integer) TO types_chain WITH GRANT OPTION;
SET SESSION AUTHORIZATION types_chain;
GRANT EXECUTE ON FUNCTION evil.area(integer) TO "types Writer ""x""";
RESET SESSION AUTHORIZATION;
REVOKE EXECUTE ON FUNCTION evil.area(integer) FROM PUBLIC;
CREATE FUNCTION evil."Odd Nàme"("First Arg" integer, IN "select" text DEFAULT 'it''s, ''''so''''', INOUT b numeric DEFAULT 1.5, OUT "C" evil.pair)
    LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER LEAKPROOF PARALLEL RESTRICTED COST 12.5
    SET search_path TO 'evil', "Ev il.""sch", pg_temp
    SET datestyle TO 'ISO, DMY'
    SET temp_tablespaces TO ''
    SET work_mem TO '64MB'
    SET application_name TO 'it''s \ "x"'
    AS $f$ BEGIN /* $$ and $_$ and $_X$ */ RETURN; END $f$;
COMMENT ON FUNCTION evil."Odd Nàme"(integer, text, numeric) IS 'odd';
CREATE FUNCTION evil.many(VARIADIC "values" text[]) RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 7 COST 0.5
    AS 'SELECT unnest($1)';
CREATE FUNCTION evil.rows1000() RETURNS TABLE(a integer, "B" text) LANGUAGE sql ROWS 1000 COST 100 AS 'SELECT 1, ''x''';
CREATE FUNCTION evil.poly(a anycompatible, b anycompatiblearray) RETURNS anycompatiblearray LANGUAGE plpgsql AS $$BEGIN RETURN array_append(b, a); END$$;
CREATE FUNCTION evil.takes_type(evil.pair[], "Ev il.""sch"."Enüm ""quoted""", timestamp with time zone) RETURNS void LANGUAGE sql AS '';
CREATE FUNCTION evil.rank2() RETURNS bigint LANGUAGE internal WINDOW IMMUTABLE AS 'window_rank';
CREATE FUNCTION evil.cfunc(cstring) RETURNS integer LANGUAGE internal COST 2 AS 'int4in';
CREATE FUNCTION evil.supported(text, text) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT SUPPORT pg_catalog.textlike_support AS 'textlike';
CREATE FUNCTION evil.with_suffix(a text) RETURNS text LANGUAGE sql AS $x$SELECT a || '$'$x$;
CREATE FUNCTION "new
line"."f
g"() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION evil.trig() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE PROCEDURE evil.proc(IN a integer, INOUT b text DEFAULT NULL) LANGUAGE plpgsql AS $$BEGIN b := a::text; END$$;
COMMENT ON PROCEDURE evil.proc(integer, text) IS 'proc';
GRANT EXECUTE ON PROCEDURE evil.proc(integer, text) TO types_reader;
REVOKE EXECUTE ON PROCEDURE evil.proc(integer, text) FROM PUBLIC;
CREATE FUNCTION evil.rowtyped(evil.pair) RETURNS SETOF evil.pair LANGUAGE sql AS 'SELECT $1';

CREATE FUNCTION evil.of_library(cstring) RETURNS integer LANGUAGE c IMMUTABLE STRICT COST 3 AS '$libdir/pg_trgm', 'set_limit';
CREATE FUNCTION evil.same_name(real) RETURNS real LANGUAGE c AS '$libdir/pg_trgm', 'set_limit';

-- What initdb made, with other privileges than it gave.
REVOKE USAGE ON TYPE pg_catalog.circle FROM PUBLIC;
GRANT CREATE ON SCHEMA pg_catalog TO types_reader;
GRANT SELECT ON pg_catalog.pg_authid TO types_reader;
GRANT SELECT (rolname) ON pg_catalog.pg_authid TO types_chain;
GRANT EXECUTE ON FUNCTION pg_catalog.sum(integer) TO types_reader;
REVOKE EXECUTE ON FUNCTION pg_catalog.sum(integer) FROM PUBLIC;

-- A function of pg_catalog with other privileges than initdb gave it.
GRANT EXECUTE ON FUNCTION pg_catalog.pg_ls_waldir() TO types_reader;
REVOKE EXECUTE ON FUNCTION pg_catalog.pg_sleep(double precision) FROM PUBLIC;

-- Aggregates of every kind.
CREATE AGGREGATE evil.total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0', SSPACE = 100,
    COMBINEFUNC = int4pl, PARALLEL = SAFE);
COMMENT ON AGGREGATE evil.total(integer) IS 'total''s';
ALTER AGGREGATE evil.total(integer) OWNER TO types_owner;
GRANT EXECUTE ON FUNCTION evil.total(integer) TO types_reader;
REVOKE EXECUTE ON FUNCTION evil.total(integer) FROM PUBLIC;
CREATE AGGREGATE evil.counted(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
COMMENT ON AGGREGATE evil.counted(*) IS 'star';
REVOKE EXECUTE ON FUNCTION evil.counted() FROM PUBLIC;
CREATE AGGREGATE evil.least2(integer) (SFUNC = int4smaller, STYPE = integer, SORTOP = OPERATOR(pg_catalog.<));
CREATE AGGREGATE evil.avg2(numeric) (SFUNC = numeric_avg_accum, STYPE = internal, FINALFUNC = numeric_avg, FINALFUNC_MODIFY = SHAREABLE,
    COMBINEFUNC = numeric_avg_combine, SERIALFUNC = numeric_avg_serialize, DESERIALFUNC = numeric_avg_deserialize,
    MSFUNC = numeric_accum, MINVFUNC = numeric_accum_inv, MSTYPE = internal, MSSPACE = 128, MFINALFUNC = numeric_avg, MFINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = RESTRICTED);
CREATE AGGREGATE evil."Percentile x"("p" double precision ORDER BY v double precision) (SFUNC = ordered_set_transition, STYPE = internal,
    FINALFUNC = percentile_cont_float8_final, FINALFUNC_MODIFY = READ_ONLY);
REVOKE EXECUTE ON FUNCTION evil."Percentile x"(double precision, double precision) FROM PUBLIC;
COMMENT ON AGGREGATE evil."Percentile x"(double precision ORDER BY double precision) IS 'ordered';
CREATE AGGREGATE evil.myrank(VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi, STYPE = internal,
    FINALFUNC = rank_final, FINALFUNC_EXTRA, HYPOTHETICAL);
REVOKE EXECUTE ON FUNCTION evil.myrank("any") FROM PUBLIC;

-- Privileges of relations and columns.
CREATE TABLE evil.t (a integer, "B b" text, c text);
ALTER TABLE evil.t OWNER TO types_owner;
CREATE SEQUENCE evil.s;
GRANT SELECT, INSERT ON evil.t TO types_reader;
GRANT UPDATE ON evil.t TO types_reader WITH GRANT OPTION;
GRANT ALL ON evil.t TO "types Writer ""x""";
GRANT SELECT (a), UPDATE ("B b") ON evil.t TO types_chain;
GRANT ALL ("B b") ON evil.t TO "Types-Ünïcode" WITH GRANT OPTION;
GRANT USAGE, SELECT ON SEQUENCE evil.s TO types_reader;
GRANT ALL ON SEQUENCE evil.s TO types_chain;
REVOKE DELETE ON evil.t FROM types_owner;

-- Default privileges.
ALTER DEFAULT PRIVILEGES FOR ROLE types_owner GRANT SELECT ON TABLES TO types_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE types_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE types_owner REVOKE USAGE ON TYPES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE types_owner GRANT USAGE ON SCHEMAS TO "types Writer ""x""" WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES FOR ROLE types_owner REVOKE UPDATE ON SEQUENCES FROM types_owner;
ALTER DEFAULT PRIVILEGES FOR ROLE types_owner IN SCHEMA evil GRANT ALL ON SEQUENCES TO types_chain;
ALTER DEFAULT PRIVILEGES FOR ROLE "types Writer ""x""" IN SCHEMA "Ev il.""sch" GRANT ALL ON FUNCTIONS TO types_chain;
ALTER DEFAULT PRIVILEGES FOR ROLE "types Writer ""x""" IN SCHEMA "Ev il.""sch" GRANT EXECUTE ON FUNCTIONS TO PUBLIC;

-- Extensions: in schemas of their own, members with other privileges, functions that hang on them.
CREATE SCHEMA ext;
CREATE EXTENSION hstore WITH SCHEMA ext;
CREATE EXTENSION citext WITH SCHEMA "Ev il.""sch";
CREATE EXTENSION pg_trgm;
COMMENT ON EXTENSION hstore IS 'our own words';
GRANT EXECUTE ON FUNCTION ext.hstore_in(cstring) TO types_reader;
REVOKE EXECUTE ON FUNCTION ext.hstore_out(ext.hstore) FROM PUBLIC;
GRANT USAGE ON TYPE ext.hstore TO types_reader;
CREATE EXTENSION pg_stat_statements WITH SCHEMA ext;
GRANT EXECUTE ON FUNCTION ext.pg_stat_statements_reset TO types_reader;
REVOKE SELECT ON ext.pg_stat_statements FROM PUBLIC;
CREATE FUNCTION evil.uses_hstore(h ext.hstore DEFAULT 'a=>1'::ext.hstore) RETURNS text LANGUAGE sql AS $$SELECT 'x'$$;
ALTER FUNCTION evil.uses_hstore(ext.hstore) DEPENDS ON EXTENSION citext;
ALTER FUNCTION evil.uses_hstore(ext.hstore) DEPENDS ON EXTENSION hstore;
CREATE PROCEDURE evil.proc_x() LANGUAGE sql AS '';
ALTER PROCEDURE evil.proc_x() DEPENDS ON EXTENSION pg_trgm;

-- A check that needs a function that takes the domain: the check must come after both.
CREATE DOMAIN evil.looped AS integer;
CREATE FUNCTION evil.looped_ok(evil.looped) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > 0';
ALTER DOMAIN evil.looped ADD CONSTRAINT looks CHECK (evil.looped_ok(VALUE));
COMMENT ON CONSTRAINT looks ON DOMAIN evil.looped IS 'in a circle';

-- Large objects: groups by owner and privileges.
SELECT lo_create(oid) FROM (VALUES (7), (100001), (100002), (100003), (100005), (100006), (100009)) AS v(oid);
ALTER LARGE OBJECT 100005 OWNER TO types_owner;
ALTER LARGE OBJECT 100006 OWNER TO types_owner;
GRANT SELECT ON LARGE OBJECT 100002 TO types_reader;
GRANT SELECT ON LARGE OBJECT 100003 TO types_reader;
GRANT ALL ON LARGE OBJECT 100009 TO "types Writer ""x""" WITH GRANT OPTION;
REVOKE SELECT ON LARGE OBJECT 100006 FROM types_owner;
COMMENT ON LARGE OBJECT 100003 IS 'a large''s';
COMMENT ON LARGE OBJECT 7 IS 'low';

-- Privileges on a language that came with an extension.
REVOKE ALL ON LANGUAGE plpgsql FROM PUBLIC;
GRANT USAGE ON LANGUAGE plpgsql TO CURRENT_USER;
