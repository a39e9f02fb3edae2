-- Operators, their classes and families, casts, transforms, languages, access methods, collations and conversions in every
-- shape a dump must carry. Runs on 13 and later as a superuser in a database of its own; roles are cluster-wide, hence
-- their names and the way they are made.
SET client_min_messages = warning;
DO $$
DECLARE r text;
BEGIN
    FOREACH r IN ARRAY ARRAY['operators_owner', 'operators Reader "x"'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) THEN
            EXECUTE format('CREATE ROLE %I', r);
        END IF;
    END LOOP;
END $$;
CREATE SCHEMA ops AUTHORIZATION operators_owner;
CREATE SCHEMA "Öps ""x"".(y";
GRANT CREATE ON SCHEMA ops, "Öps ""x"".(y" TO operators_owner;

-- A type to compare, with functions whose names have all that confuses.
CREATE TYPE ops.num;
CREATE FUNCTION ops.num_in(cstring) RETURNS ops.num LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION ops.num_out(ops.num) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE TYPE ops.num (INPUT = ops.num_in, OUTPUT = ops.num_out, LIKE = integer);
CREATE TYPE "Öps ""x"".(y"."Num(x" AS ENUM ('a', 'b');
CREATE FUNCTION ops."less(than""x"(ops.num, ops.num) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4lt';
CREATE FUNCTION ops.num_le(ops.num, ops.num) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4le';
CREATE FUNCTION ops.num_eq(ops.num, ops.num) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4eq';
CREATE FUNCTION ops.num_ne(ops.num, ops.num) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4ne';
CREATE FUNCTION ops.num_ge(ops.num, ops.num) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4ge';
CREATE FUNCTION ops.num_gt(ops.num, ops.num) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4gt';
CREATE FUNCTION ops.num_cmp(ops.num, ops.num) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'btint4cmp';
CREATE FUNCTION ops.num_hash(ops.num) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'hashint4';
CREATE FUNCTION ops.num_lt_int(ops.num, integer) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4lt';
CREATE FUNCTION ops.num_cmp_int(ops.num, integer) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'btint4cmp';
CREATE FUNCTION ops.pick(ops.num, ops.num) RETURNS ops.num LANGUAGE internal IMMUTABLE STRICT AS 'int4smaller';
CREATE FUNCTION ops.num_of(bigint, integer, boolean) RETURNS ops.num LANGUAGE internal IMMUTABLE STRICT AS 'int84';
CREATE FUNCTION ops.enum_of("Öps ""x"".(y"."Num(x") RETURNS ops.num LANGUAGE sql AS 'SELECT NULL::ops.num';
CREATE FUNCTION ops."Restrict x"(internal, oid, internal, integer) RETURNS double precision LANGUAGE internal STABLE STRICT AS 'eqsel';

-- Operators: commutators, negators, estimators, prefix, all names alike, one that another only announces.
CREATE OPERATOR ops.= (FUNCTION = ops.num_eq, LEFTARG = ops.num, RIGHTARG = ops.num, COMMUTATOR = OPERATOR(ops.=),
    NEGATOR = OPERATOR(ops.<>), RESTRICT = ops."Restrict x", JOIN = eqjoinsel, HASHES, MERGES);
CREATE OPERATOR ops.<> (FUNCTION = ops.num_ne, LEFTARG = ops.num, RIGHTARG = ops.num, COMMUTATOR = OPERATOR(ops.<>),
    NEGATOR = OPERATOR(ops.=), RESTRICT = neqsel, JOIN = neqjoinsel);
CREATE OPERATOR ops.< (FUNCTION = ops."less(than""x", LEFTARG = ops.num, RIGHTARG = ops.num, COMMUTATOR = OPERATOR(ops.>),
    NEGATOR = OPERATOR(ops.>=), RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
CREATE OPERATOR ops.<= (FUNCTION = ops.num_le, LEFTARG = ops.num, RIGHTARG = ops.num);
CREATE OPERATOR ops.>= (FUNCTION = ops.num_ge, LEFTARG = ops.num, RIGHTARG = ops.num);
CREATE OPERATOR ops.> (FUNCTION = ops.num_gt, LEFTARG = ops.num, RIGHTARG = ops.num);
CREATE OPERATOR ops.< (FUNCTION = ops.num_lt_int, LEFTARG = ops.num, RIGHTARG = integer, COMMUTATOR = OPERATOR("Öps ""x"".(y".>#>));
CREATE OPERATOR "Öps ""x"".(y".@#@ (FUNCTION = abs, RIGHTARG = integer);
CREATE OPERATOR "Öps ""x"".(y".@#@ (FUNCTION = abs, RIGHTARG = bigint);
CREATE OPERATOR "Öps ""x"".(y".@#@ (FUNCTION = int4pl, LEFTARG = integer, RIGHTARG = integer);
CREATE OPERATOR "Öps ""x"".(y".@#@ (FUNCTION = textcat, LEFTARG = text, RIGHTARG = text, COMMUTATOR = OPERATOR(pg_catalog.||));
DO $$
BEGIN
    -- The last server with postfix operators.
    IF current_setting('server_version_num')::integer < 140000 THEN
        CREATE OPERATOR "Öps ""x"".(y".@#@ (FUNCTION = abs, LEFTARG = integer);
    END IF;
END $$;
COMMENT ON OPERATOR ops.= (ops.num, ops.num) IS 'equal''s';
COMMENT ON OPERATOR "Öps ""x"".(y".@#@ (NONE, integer) IS 'prefix';
ALTER OPERATOR ops.<= (ops.num, ops.num) OWNER TO operators_owner;
ALTER OPERATOR "Öps ""x"".(y".@#@ (NONE, bigint) OWNER TO operators_owner;

-- Classes and families: made by a class, shared, with loose members, empty, of two methods, ordering.
CREATE OPERATOR CLASS ops.num_ops DEFAULT FOR TYPE ops.num USING btree AS
    OPERATOR 1 ops.<, OPERATOR 2 ops.<=, OPERATOR 3 ops.=, OPERATOR 4 ops.>=, OPERATOR 5 ops.>, FUNCTION 1 ops.num_cmp(ops.num, ops.num);
CREATE OPERATOR CLASS ops.num_ops DEFAULT FOR TYPE ops.num USING hash AS
    OPERATOR 1 ops.=, FUNCTION 1 ops.num_hash(ops.num);
ALTER OPERATOR FAMILY ops.num_ops USING btree ADD
    OPERATOR 1 ops.< (ops.num, integer), FUNCTION 1 (ops.num, integer) ops.num_cmp_int(ops.num, integer),
    OPERATOR 1 pg_catalog.< (integer, bigint), OPERATOR 1 pg_catalog.< (bigint, smallint);
CREATE OPERATOR FAMILY "Öps ""x"".(y"."Empty Fam" USING btree;
CREATE OPERATOR FAMILY "Öps ""x"".(y"."Empty Fam" USING hash;
CREATE OPERATOR CLASS ops."Empty Class" FOR TYPE bigint USING btree FAMILY "Öps ""x"".(y"."Empty Fam" AS STORAGE bigint;
CREATE OPERATOR CLASS ops."select" FOR TYPE "Öps ""x"".(y"."Num(x" USING hash FAMILY "Öps ""x"".(y"."Empty Fam" AS
    OPERATOR 1 pg_catalog.= (anyenum, anyenum), FUNCTION 1 pg_catalog.hashenum(anyenum);
CREATE OPERATOR CLASS ops.near FOR TYPE point USING gist AS
    OPERATOR 6 ~= (point, point), OPERATOR 15 <-> (point, point) FOR ORDER BY pg_catalog.float_ops,
    FUNCTION 1 gist_point_consistent(internal, point, smallint, oid, internal), FUNCTION 2 gist_box_union(internal, internal),
    FUNCTION 3 gist_point_compress(internal), FUNCTION 5 gist_box_penalty(internal, internal, internal),
    FUNCTION 6 gist_box_picksplit(internal, internal), FUNCTION 7 gist_box_same(box, box, internal),
    FUNCTION 8 (point, point) gist_point_distance(internal, point, smallint, oid, internal), STORAGE box;
ALTER OPERATOR FAMILY ops.near USING gist ADD OPERATOR 16 <-> (point, box) FOR ORDER BY pg_catalog.float_ops;
COMMENT ON OPERATOR CLASS ops.num_ops USING hash IS 'hashes';
COMMENT ON OPERATOR FAMILY "Öps ""x"".(y"."Empty Fam" USING btree IS 'nothing in it';
ALTER OPERATOR CLASS ops."Empty Class" USING btree OWNER TO operators_owner;
ALTER OPERATOR FAMILY "Öps ""x"".(y"."Empty Fam" USING btree OWNER TO operators_owner;

-- What needs them.
CREATE TABLE ops.t (n ops.num PRIMARY KEY, p point, b bigint);
CREATE INDEX ON ops.t USING gist (p ops.near);
CREATE INDEX ON ops.t USING hash (n);
CREATE TYPE ops.num_range AS RANGE (subtype = bigint, subtype_opclass = ops."Empty Class");
CREATE AGGREGATE ops.smallest(ops.num) (SFUNC = ops.pick, STYPE = ops.num, SORTOP = OPERATOR(ops.<));
CREATE VIEW ops.v AS SELECT t.n FROM ops.t WHERE t.n OPERATOR(ops.<>) '1' AND t.n OPERATOR(ops.<) 2;

-- Access methods.
CREATE ACCESS METHOD "My Gist" TYPE INDEX HANDLER gisthandler;
CREATE ACCESS METHOD heap_again TYPE TABLE HANDLER heap_tableam_handler;
CREATE FUNCTION ops."Handler x"(internal) RETURNS index_am_handler LANGUAGE internal STRICT AS 'bthandler';
CREATE ACCESS METHOD "Ünser" TYPE INDEX HANDLER ops."Handler x";
COMMENT ON ACCESS METHOD "My Gist" IS 'gist''s twin';
CREATE OPERATOR CLASS ops.near FOR TYPE box USING "My Gist" AS STORAGE point;
CREATE TABLE ops.again (x integer) USING heap_again;

-- Casts: by bytes, by text, by functions of the user and of the system.
CREATE CAST (integer AS ops.num) WITHOUT FUNCTION AS IMPLICIT;
CREATE CAST (ops.num AS text) WITH INOUT AS ASSIGNMENT;
CREATE CAST (bigint AS ops.num) WITH FUNCTION ops.num_of(bigint, integer, boolean);
CREATE CAST ("Öps ""x"".(y"."Num(x" AS ops.num) WITH FUNCTION ops.enum_of("Öps ""x"".(y"."Num(x") AS ASSIGNMENT;
CREATE CAST (timestamp with time zone AS interval) WITH FUNCTION pg_catalog.age(timestamp with time zone) AS ASSIGNMENT;
CREATE CAST (date AS integer) WITHOUT FUNCTION;
COMMENT ON CAST (integer AS ops.num) IS 'same bytes';
COMMENT ON CAST ("Öps ""x"".(y"."Num(x" AS ops.num) IS 'odd names';

-- Languages: with all functions, with the least, granted on and given away.
CREATE FUNCTION ops."Call Handler"() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE FUNCTION ops.inline_handler(internal) RETURNS void LANGUAGE c STRICT AS '$libdir/plpgsql', 'plpgsql_inline_handler';
CREATE FUNCTION ops.validator(oid) RETURNS void LANGUAGE c STRICT AS '$libdir/plpgsql', 'plpgsql_validator';
CREATE TRUSTED LANGUAGE "My Läng" HANDLER ops."Call Handler" INLINE ops.inline_handler VALIDATOR ops.validator;
CREATE LANGUAGE bare HANDLER ops."Call Handler";
COMMENT ON LANGUAGE "My Läng" IS 'plpgsql, once more';
ALTER LANGUAGE "My Läng" OWNER TO operators_owner;
REVOKE USAGE ON LANGUAGE "My Läng" FROM PUBLIC;
GRANT USAGE ON LANGUAGE "My Läng" TO "operators Reader ""x""" WITH GRANT OPTION;
CREATE FUNCTION ops.spoken(integer) RETURNS integer LANGUAGE "My Läng" AS $$BEGIN RETURN $1; END$$;

-- Transforms, and functions that use them.
CREATE FUNCTION ops."From"(internal) RETURNS internal LANGUAGE internal STRICT IMMUTABLE AS 'prsd_lextype';
CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal));
CREATE TRANSFORM FOR ops.num LANGUAGE "My Läng" (FROM SQL WITH FUNCTION ops."From"(internal));
CREATE TRANSFORM FOR bigint LANGUAGE "My Läng" (TO SQL WITH FUNCTION int8recv(internal));
COMMENT ON TRANSFORM FOR integer LANGUAGE sql IS 'to nothing';
COMMENT ON TRANSFORM FOR ops.num LANGUAGE "My Läng" IS 'one way';
CREATE FUNCTION ops.transformed(integer, ops.num) RETURNS integer LANGUAGE sql TRANSFORM FOR TYPE integer AS 'SELECT $1';
CREATE FUNCTION ops.transformed(ops.num, bigint) RETURNS bigint LANGUAGE "My Läng" TRANSFORM FOR TYPE ops.num, FOR TYPE bigint STABLE
    AS $$BEGIN RETURN $2; END$$;

-- Collations.
CREATE COLLATION ops.plain (provider = libc, locale = 'C');
CREATE COLLATION "Öps ""x"".(y"."Split Coll" (lc_collate = 'C', lc_ctype = 'POSIX');
COMMENT ON COLLATION "Öps ""x"".(y"."Split Coll" IS 'two locales';
ALTER COLLATION "Öps ""x"".(y"."Split Coll" OWNER TO operators_owner;
CREATE TABLE ops.collated (a text COLLATE ops.plain, b text COLLATE "Öps ""x"".(y"."Split Coll");
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_collation WHERE collprovider = 'i') THEN
        CREATE COLLATION ops.german (provider = icu, locale = 'de');
        CREATE COLLATION "Öps ""x"".(y"."no Càse" (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
        CREATE DOMAIN ops.word AS text COLLATE "Öps ""x"".(y"."no Càse";
    END IF;
END $$;

-- Conversions.
CREATE CONVERSION ops."Conv x" FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE DEFAULT CONVERSION "Öps ""x"".(y".myconv FOR 'LATIN1' TO 'UTF8' FROM pg_catalog.iso8859_1_to_utf8;
COMMENT ON CONVERSION ops."Conv x" IS 'conv''s';
ALTER CONVERSION ops."Conv x" OWNER TO operators_owner;

-- Members of an extension are not dumped; what uses them is, and comes after it.
CREATE EXTENSION citext WITH SCHEMA ops;
CREATE TABLE ops.of_citext (c ops.citext PRIMARY KEY);
CREATE CAST (ops.num AS ops.citext) WITH INOUT;
CREATE OPERATOR ops.=#= (FUNCTION = ops.citext_eq, LEFTARG = ops.citext, RIGHTARG = ops.citext, COMMUTATOR = OPERATOR(ops.=#=));
CREATE OPERATOR CLASS ops.by_citext FOR TYPE ops.citext USING hash FAMILY ops.citext_ops AS STORAGE ops.citext;
