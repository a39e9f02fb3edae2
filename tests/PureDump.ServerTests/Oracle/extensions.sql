-- Extensions from what servers ship, in schemas of their own and in public, members with privileges other than the
-- extension gave them, and objects that only hang on an extension.
SET client_min_messages = warning;
CREATE SCHEMA ext AUTHORIZATION oracle_owner;
CREATE SCHEMA "Ext ""2""";
CREATE EXTENSION hstore WITH SCHEMA ext;
CREATE EXTENSION citext WITH SCHEMA "Ext ""2""";
CREATE EXTENSION cube WITH SCHEMA ext;
CREATE EXTENSION earthdistance WITH SCHEMA ext;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION "uuid-ossp" WITH SCHEMA "Ext ""2""";
CREATE EXTENSION postgres_fdw WITH SCHEMA ext;
CREATE EXTENSION file_fdw;
CREATE EXTENSION bloom;
CREATE EXTENSION unaccent;
CREATE EXTENSION dict_int;
CREATE EXTENSION pg_stat_statements WITH SCHEMA ext;
CREATE EXTENSION lo;
COMMENT ON EXTENSION hstore IS 'our own words, it''s "quoted"';

GRANT EXECUTE ON FUNCTION ext.hstore_in(cstring) TO oracle_reader;
REVOKE EXECUTE ON FUNCTION ext.hstore_out(ext.hstore) FROM PUBLIC;
GRANT USAGE ON TYPE ext.hstore TO oracle_reader WITH GRANT OPTION;
REVOKE SELECT ON ext.pg_stat_statements FROM PUBLIC;
GRANT SELECT (query) ON ext.pg_stat_statements TO oracle_chain;
GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO "oracle Writer ""x""";
REVOKE USAGE ON TYPE "Ext ""2""".citext FROM PUBLIC;
GRANT USAGE ON SCHEMA ext TO oracle_reader, oracle_chain;

CREATE FUNCTION "Ext ""2""".uses_hstore(h ext.hstore DEFAULT 'a=>1'::ext.hstore) RETURNS text LANGUAGE sql AS $$SELECT 'x'$$;
-- In the order of their names: pg_dump prints them as they were declared, PureDump by name.
ALTER FUNCTION "Ext ""2""".uses_hstore(ext.hstore) DEPENDS ON EXTENSION citext;
ALTER FUNCTION "Ext ""2""".uses_hstore(ext.hstore) DEPENDS ON EXTENSION hstore;
CREATE PROCEDURE ext.hanging() LANGUAGE sql AS '';
ALTER PROCEDURE ext.hanging() DEPENDS ON EXTENSION pg_trgm;

CREATE TABLE ext.of_members (
    h ext.hstore DEFAULT 'k=>v', c "Ext ""2""".citext PRIMARY KEY, q ext.cube, hs ext.hstore[], place ext.earth, t text);
CREATE INDEX of_members_h ON ext.of_members USING gin (h);
CREATE INDEX of_members_t ON ext.of_members USING gist (t public.gist_trgm_ops (siglen = 32));
CREATE INDEX of_members_q ON ext.of_members USING gist (q);
CREATE INDEX of_members_trgm ON ext.of_members USING gin (lower(t) public.gin_trgm_ops);
ALTER INDEX ext.of_members_trgm DEPENDS ON EXTENSION pg_trgm;
INSERT INTO ext.of_members VALUES
    ('"a b"=>"1\"2", n=>NULL, "🐘"=>"\\"', 'CaSe', '(1,2,3)', '{"\"x\"=>y",NULL}', NULL, E'tab\tand \\ back'),
    ('', 'other', '(0),(NaN)', '{}', NULL, '');
CREATE TABLE public.blooming (a integer, b integer, c integer);
CREATE INDEX blooming_abc ON public.blooming USING bloom (a, b, c) WITH (length = 80, col1 = 2, col2 = 4);
INSERT INTO public.blooming SELECT g, g % 7, -g FROM generate_series(1, 50) g;
