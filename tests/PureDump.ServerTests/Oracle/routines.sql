-- Functions, procedures, aggregates, languages, transforms: every attribute of each, and names that need care.
SET client_min_messages = warning;
CREATE SCHEMA routines AUTHORIZATION oracle_owner;
GRANT USAGE ON SCHEMA routines TO oracle_reader, oracle_chain;
CREATE FUNCTION routines.area(r integer) RETURNS integer LANGUAGE sql AS 'SELECT $1 * $1';
CREATE FUNCTION routines.area(r integer, s integer) RETURNS integer LANGUAGE sql AS 'SELECT $1 * $2';
CREATE FUNCTION routines.area() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION routines.area(r text) RETURNS integer LANGUAGE sql AS 'SELECT length($1)';
COMMENT ON FUNCTION routines.area(integer) IS 'a''s area';
ALTER FUNCTION routines.area(integer) OWNER TO oracle_owner;
GRANT EXECUTE ON FUNCTION routines.area(integer) TO oracle_reader WITH GRANT OPTION;
SET SESSION AUTHORIZATION oracle_reader;
GRANT EXECUTE ON FUNCTION routines.area(integer) TO oracle_chain WITH GRANT OPTION;
SET SESSION AUTHORIZATION oracle_chain;
GRANT EXECUTE ON FUNCTION routines.area(integer) TO "oracle Writer ""x""";
RESET SESSION AUTHORIZATION;
REVOKE EXECUTE ON FUNCTION routines.area(integer) FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION routines.area(text) FROM PUBLIC, CURRENT_USER;

CREATE FUNCTION routines."Odd Nàme"("First Arg" integer, IN "select" text DEFAULT 'it''s, ''''so''''', INOUT b numeric DEFAULT 1.5, OUT "C" types.pair)
    LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER LEAKPROOF PARALLEL RESTRICTED COST 12.5
    SET search_path TO 'routines', "Ty pes.""x""", pg_temp
    SET datestyle TO 'ISO, DMY'
    SET temp_tablespaces TO ''
    SET work_mem TO '64MB'
    SET application_name TO 'it''s \ "x"'
    SET timezone TO 'Europe/Berlin'
    AS $f$ BEGIN /* $$ and $_$ and $_X$ */ RETURN; END $f$;
COMMENT ON FUNCTION routines."Odd Nàme"(integer, text, numeric) IS 'odd';
CREATE FUNCTION routines.many(VARIADIC "values" text[]) RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 7 COST 0.5 AS 'SELECT unnest($1)';
CREATE FUNCTION routines.table_of() RETURNS TABLE(a integer, "B b" text) LANGUAGE sql AS 'SELECT 1, ''x''';
CREATE FUNCTION routines.poly(a anycompatible, b anycompatiblearray) RETURNS anycompatiblearray LANGUAGE plpgsql AS $$BEGIN RETURN array_append(b, a); END$$;
CREATE FUNCTION routines.takes(types.pair[], "Ty pes.""x"""."Enüm ""q""", timestamp with time zone, "char", ext.hstore) RETURNS void LANGUAGE sql AS '';
CREATE FUNCTION routines.defaults(a integer, b integer DEFAULT 2, c date DEFAULT CURRENT_DATE, d text[] DEFAULT ARRAY['a', 'b'], e types.pair DEFAULT ROW(1, 'ok', 'x')) RETURNS integer LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION routines.out_only(OUT a integer, OUT b text) RETURNS SETOF record LANGUAGE sql ROWS 5 AS 'SELECT 1, ''x''';
CREATE FUNCTION routines.windowed() RETURNS bigint LANGUAGE internal WINDOW IMMUTABLE AS 'window_rank';
CREATE FUNCTION routines.supported(text, text) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT SUPPORT pg_catalog.textlike_support AS 'textlike';
CREATE FUNCTION routines.of_library(real) RETURNS real LANGUAGE c STRICT COST 3 AS '$libdir/pg_trgm', 'set_limit';
CREATE FUNCTION routines.crlf() RETURNS text LANGUAGE sql AS E'SELECT ''a\r\nb''\r\n-- $_$ \\ the end';
CREATE FUNCTION routines."🐘 new
line"() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION routines.aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggg(aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggg integer) RETURNS integer LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION routines.noop() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END$$;
CREATE FUNCTION routines.of_row(types.holds) RETURNS integer LANGUAGE sql AS 'SELECT $1.id';
CREATE FUNCTION routines.of_pairs(types.pairs) RETURNS types.pairs LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION routines.invoker() RETURNS integer LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT SECURITY INVOKER NOT LEAKPROOF PARALLEL UNSAFE COST 100 AS 'BEGIN RETURN 1; END';
CREATE PROCEDURE routines.proc(IN a integer, INOUT b text DEFAULT NULL) LANGUAGE plpgsql AS $$BEGIN b := a::text; END$$;
CREATE PROCEDURE routines."Proc ""x"""() LANGUAGE plpgsql SECURITY DEFINER SET search_path TO '' AS $$BEGIN NULL; END$$;
COMMENT ON PROCEDURE routines.proc(integer, text) IS 'a procedure';
GRANT EXECUTE ON PROCEDURE routines.proc(integer, text) TO oracle_reader;
REVOKE EXECUTE ON PROCEDURE routines.proc(integer, text) FROM PUBLIC;
ALTER PROCEDURE routines."Proc ""x"""() OWNER TO "oracle Writer ""x""";

-- What initdb made, with other privileges than it gave.
REVOKE USAGE ON TYPE pg_catalog.circle FROM PUBLIC;
GRANT CREATE ON SCHEMA pg_catalog TO oracle_reader;
GRANT SELECT ON pg_catalog.pg_authid TO oracle_reader;
GRANT SELECT (rolname) ON pg_catalog.pg_authid TO oracle_chain;
GRANT EXECUTE ON FUNCTION pg_catalog.sum(integer) TO oracle_reader;
REVOKE EXECUTE ON FUNCTION pg_catalog.sum(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_ls_waldir() TO oracle_reader;
REVOKE EXECUTE ON FUNCTION pg_catalog.pg_sleep(double precision) FROM PUBLIC;

-- Aggregates of every kind.
CREATE AGGREGATE routines.total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0', SSPACE = 100, COMBINEFUNC = int4pl, PARALLEL = SAFE);
CREATE AGGREGATE routines.counted(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
CREATE AGGREGATE routines.least2(integer) (SFUNC = int4smaller, STYPE = integer, SORTOP = OPERATOR(pg_catalog.<));
CREATE AGGREGATE routines.avg2(numeric) (SFUNC = numeric_avg_accum, STYPE = internal, FINALFUNC = numeric_avg, FINALFUNC_MODIFY = SHAREABLE,
    COMBINEFUNC = numeric_avg_combine, SERIALFUNC = numeric_avg_serialize, DESERIALFUNC = numeric_avg_deserialize,
    MSFUNC = numeric_accum, MINVFUNC = numeric_accum_inv, MSTYPE = internal, MSSPACE = 128, MFINALFUNC = numeric_avg, MFINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = RESTRICTED);
CREATE AGGREGATE routines.moving(double precision) (SFUNC = float8pl, STYPE = float8, INITCOND = '-0.5', MSFUNC = float8pl, MINVFUNC = float8mi, MSTYPE = float8, MINITCOND = '0.25');
CREATE AGGREGATE routines.strings(text, "sep" text) (SFUNC = string_agg_transfn, STYPE = internal, FINALFUNC = string_agg_finalfn);
CREATE AGGREGATE routines."Percentile ""x"""("p" double precision ORDER BY v double precision) (SFUNC = ordered_set_transition, STYPE = internal,
    FINALFUNC = percentile_cont_float8_final, FINALFUNC_MODIFY = READ_ONLY);
CREATE AGGREGATE routines.myrank(VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi, STYPE = internal,
    FINALFUNC = rank_final, FINALFUNC_EXTRA, HYPOTHETICAL);
CREATE AGGREGATE routines.any_of(VARIADIC integer[]) (SFUNC = array_cat, STYPE = integer[], INITCOND = '{}');
COMMENT ON AGGREGATE routines.total(integer) IS 'total''s';
COMMENT ON AGGREGATE routines.counted(*) IS 'star';
COMMENT ON AGGREGATE routines."Percentile ""x"""(double precision ORDER BY double precision) IS 'ordered';
ALTER AGGREGATE routines.total(integer) OWNER TO oracle_owner;
GRANT EXECUTE ON FUNCTION routines.total(integer) TO oracle_reader;
REVOKE EXECUTE ON FUNCTION routines.total(integer) FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION routines.counted() FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION routines.myrank("any") FROM PUBLIC;

-- Languages: with all handlers, with the call handler alone, not trusted.
CREATE FUNCTION routines.call_handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE FUNCTION routines.inline_handler(internal) RETURNS void LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_inline_handler';
CREATE FUNCTION routines.validator(oid) RETURNS void LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_validator';
CREATE TRUSTED LANGUAGE oracle_trusted HANDLER routines.call_handler INLINE routines.inline_handler VALIDATOR routines.validator;
CREATE LANGUAGE "Oracle Untrusted" HANDLER routines.call_handler;
COMMENT ON LANGUAGE oracle_trusted IS 'a language''s comment';
ALTER LANGUAGE oracle_trusted OWNER TO oracle_owner;
GRANT USAGE ON LANGUAGE oracle_trusted TO oracle_reader WITH GRANT OPTION;
REVOKE USAGE ON LANGUAGE oracle_trusted FROM PUBLIC;
REVOKE ALL ON LANGUAGE plpgsql FROM PUBLIC;
GRANT USAGE ON LANGUAGE plpgsql TO oracle_owner;
CREATE FUNCTION routines.in_trusted(integer) RETURNS integer LANGUAGE oracle_trusted AS 'BEGIN RETURN $1; END';
CREATE FUNCTION routines.in_untrusted() RETURNS void LANGUAGE "Oracle Untrusted" AS 'BEGIN END';

-- Transforms: both ways, one way, and one function for a type with one.
CREATE FUNCTION routines.from_sql(internal) RETURNS internal LANGUAGE internal IMMUTABLE AS 'int4recv';
CREATE FUNCTION routines.pair_to_sql(internal) RETURNS types.pair LANGUAGE internal IMMUTABLE AS 'int4recv';
CREATE FUNCTION routines.mood_to_sql(internal) RETURNS types.mood LANGUAGE internal IMMUTABLE AS 'int4recv';
CREATE TRANSFORM FOR types.pair LANGUAGE oracle_trusted (FROM SQL WITH FUNCTION routines.from_sql(internal), TO SQL WITH FUNCTION routines.pair_to_sql(internal));
CREATE TRANSFORM FOR types.mood LANGUAGE "Oracle Untrusted" (TO SQL WITH FUNCTION routines.mood_to_sql(internal));
CREATE TRANSFORM FOR types.mood LANGUAGE oracle_trusted (FROM SQL WITH FUNCTION routines.from_sql(internal));
COMMENT ON TRANSFORM FOR types.pair LANGUAGE oracle_trusted IS 'there and back';
CREATE FUNCTION routines.transformed(types.pair, types.mood) RETURNS integer TRANSFORM FOR TYPE types.pair, FOR TYPE types.mood LANGUAGE oracle_trusted AS 'BEGIN RETURN 1; END';
