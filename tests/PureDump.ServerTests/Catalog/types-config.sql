-- Configuration tables of an extension: with a condition, with a key between them against the order of their names, and
-- a sequence. No contrib extension has any, so the catalog is told so by hand; a dump of this cannot be restored.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS hstore;
CREATE TABLE public.a_config (id integer PRIMARY KEY, parent integer);
CREATE TABLE public.b_config (id integer PRIMARY KEY, is_ours boolean NOT NULL);
ALTER TABLE public.a_config ADD FOREIGN KEY (parent) REFERENCES public.b_config;
CREATE SEQUENCE public.config_seq;
CREATE TABLE public.not_config (id integer);
INSERT INTO public.b_config VALUES (1, true), (2, false);
INSERT INTO public.a_config VALUES (1, 2);
SELECT nextval('public.config_seq');
ALTER EXTENSION hstore ADD TABLE public.a_config;
ALTER EXTENSION hstore ADD TABLE public.b_config;
ALTER EXTENSION hstore ADD SEQUENCE public.config_seq;
ALTER EXTENSION hstore ADD TABLE public.not_config;
UPDATE pg_catalog.pg_extension
SET extconfig = ARRAY['public.a_config'::regclass::oid, 'public.b_config'::regclass::oid, 'public.config_seq'::regclass::oid],
    extcondition = ARRAY['', 'WHERE NOT is_ours', '']
WHERE extname = 'hstore';
