-- Full text search: parser, templates, dictionaries, configurations.
SET client_min_messages = warning;
CREATE SCHEMA textsearch AUTHORIZATION oracle_owner;
CREATE TEXT SEARCH PARSER textsearch.parser (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, HEADLINE = prsd_headline, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH PARSER textsearch."Par ""ser""" (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE textsearch.template (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH TEMPLATE textsearch."No Init" (LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY textsearch.plain (TEMPLATE = textsearch.template);
CREATE TEXT SEARCH DICTIONARY textsearch."Stop ""it""" (TEMPLATE = pg_catalog.simple, STOPWORDS = english, ACCEPT = false);
CREATE TEXT SEARCH DICTIONARY textsearch.stemmed (TEMPLATE = snowball, LANGUAGE = german, STOPWORDS = german);
CREATE TEXT SEARCH DICTIONARY textsearch.integers (TEMPLATE = public.intdict_template, MAXLEN = 4, REJECTLONG = true);
CREATE TEXT SEARCH DICTIONARY textsearch.unaccented (TEMPLATE = public.unaccent, RULES = 'unaccent');
CREATE TEXT SEARCH CONFIGURATION textsearch.empty (PARSER = textsearch.parser);
CREATE TEXT SEARCH CONFIGURATION textsearch.copied (COPY = pg_catalog.english);
CREATE TEXT SEARCH CONFIGURATION textsearch."Con ""fig""" (PARSER = pg_catalog."default");
ALTER TEXT SEARCH CONFIGURATION textsearch."Con ""fig""" ADD MAPPING FOR asciiword, word, numword
    WITH textsearch.unaccented, textsearch."Stop ""it""", textsearch.stemmed;
ALTER TEXT SEARCH CONFIGURATION textsearch."Con ""fig""" ADD MAPPING FOR int, uint WITH textsearch.integers;
ALTER TEXT SEARCH CONFIGURATION textsearch.copied DROP MAPPING FOR url, email;
ALTER TEXT SEARCH CONFIGURATION textsearch.empty ADD MAPPING FOR asciihword WITH pg_catalog.simple, textsearch.plain;
COMMENT ON TEXT SEARCH PARSER textsearch.parser IS 'a parser''s';
COMMENT ON TEXT SEARCH TEMPLATE textsearch.template IS 'a template';
COMMENT ON TEXT SEARCH DICTIONARY textsearch."Stop ""it""" IS 'a dictionary';
COMMENT ON TEXT SEARCH CONFIGURATION textsearch."Con ""fig""" IS 'a configuration';
ALTER TEXT SEARCH DICTIONARY textsearch.stemmed OWNER TO oracle_owner;
ALTER TEXT SEARCH CONFIGURATION textsearch.copied OWNER TO "oracle-Ünïcode 🐘";
CREATE TABLE textsearch.documents (
    id integer PRIMARY KEY, body text, words tsvector GENERATED ALWAYS AS (to_tsvector('textsearch.copied'::regconfig, body)) STORED, query tsquery);
CREATE INDEX documents_words ON textsearch.documents USING gin (words) WITH (fastupdate = off);
CREATE INDEX documents_body ON textsearch.documents USING gin (to_tsvector('textsearch."Con ""fig"""'::regconfig, body));
INSERT INTO textsearch.documents (id, body, query) VALUES
    (1, 'The quick brown foxes jump over it''s lazy dogs', 'fox & !cat | (dog <-> lazy:*A)'), (2, '', ''), (3, 'Größe 12345 \ "x"', '''it''''s''');
CREATE TRIGGER words_update BEFORE INSERT OR UPDATE ON textsearch.documents FOR EACH ROW
    WHEN (new.id < 0) EXECUTE FUNCTION tsvector_update_trigger('words', 'textsearch.copied', 'body');
