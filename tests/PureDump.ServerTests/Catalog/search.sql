-- Text search: parsers, templates, dictionaries, configurations, with names that need quotes and functions that need
-- their schema. To be run by a superuser in a database of its own; roles are cluster-wide, hence their names.
SET client_min_messages = warning;
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'Search Owner') THEN
        CREATE ROLE "Search Owner";
    END IF;
END
$$;
CREATE SCHEMA search;
CREATE SCHEMA "Sü ""che""";

-- What the parser and template of another schema are made of.
CREATE FUNCTION "Sü ""che"""."Start It"(internal, integer) RETURNS internal LANGUAGE internal STRICT AS 'prsd_start';
CREATE FUNCTION search.lexize(internal, internal, internal, internal) RETURNS internal LANGUAGE internal STRICT AS 'dsimple_lexize';
CREATE FUNCTION search.lexize(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION search.init(internal) RETURNS internal LANGUAGE internal STRICT AS 'dsimple_init';

CREATE TEXT SEARCH PARSER search.plain (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH PARSER "Sü ""che"""."Ünï Parser" (
    START = "Sü ""che"""."Start It", GETTOKEN = prsd_nexttoken, END = prsd_end, HEADLINE = prsd_headline, LEXTYPES = prsd_lextype);
COMMENT ON TEXT SEARCH PARSER search.plain IS 'no headline';
COMMENT ON TEXT SEARCH PARSER "Sü ""che"""."Ünï Parser" IS 'it''s with a backslash \';

CREATE TEXT SEARCH TEMPLATE search.plain (LEXIZE = search.lexize);
CREATE TEXT SEARCH TEMPLATE "Sü ""che"""."table" (INIT = search.init, LEXIZE = dsimple_lexize);
COMMENT ON TEXT SEARCH TEMPLATE "Sü ""che"""."table" IS 'a template';

CREATE TEXT SEARCH DICTIONARY search.none (TEMPLATE = search.plain);
CREATE TEXT SEARCH DICTIONARY search."Dict of ""x""" (TEMPLATE = "Sü ""che"""."table", STOPWORDS = english, ACCEPT = false);
CREATE TEXT SEARCH DICTIONARY search.english_stem (TEMPLATE = pg_catalog.snowball, LANGUAGE = 'english', STOPWORDS = english);
CREATE TEXT SEARCH DICTIONARY "Sü ""che""".synonyms (TEMPLATE = synonym, SYNONYMS = 'synonym_sample');
ALTER TEXT SEARCH DICTIONARY search."Dict of ""x""" OWNER TO "Search Owner";
COMMENT ON TEXT SEARCH DICTIONARY search."Dict of ""x""" IS 'a dictionary';

CREATE TEXT SEARCH CONFIGURATION search.empty (PARSER = pg_catalog.default);
CREATE TEXT SEARCH CONFIGURATION search.german (COPY = pg_catalog.german);
CREATE TEXT SEARCH CONFIGURATION "Sü ""che"""."My Configuration" (PARSER = "Sü ""che"""."Ünï Parser");
ALTER TEXT SEARCH CONFIGURATION "Sü ""che"""."My Configuration"
    ADD MAPPING FOR word, asciiword WITH search."Dict of ""x""", "Sü ""che""".synonyms, search.english_stem, simple;
ALTER TEXT SEARCH CONFIGURATION "Sü ""che"""."My Configuration" ADD MAPPING FOR "int" WITH search.english_stem, pg_catalog.english_stem;
ALTER TEXT SEARCH CONFIGURATION "Sü ""che"""."My Configuration" OWNER TO "Search Owner";
COMMENT ON TEXT SEARCH CONFIGURATION "Sü ""che"""."My Configuration" IS 'a configuration';

-- Who stands before a table, and in it.
CREATE TABLE search.words (
    a text,
    v tsvector GENERATED ALWAYS AS (to_tsvector('search.german', a)) STORED
);
CREATE INDEX words_v ON search.words USING gin (to_tsvector('"Sü ""che"""."My Configuration"', a));
