-- Event triggers in every state. To be run by a superuser in a database of its own; roles are cluster-wide, hence
-- their names. Nothing may follow that the triggers would fire for.
SET client_min_messages = warning;
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'Events Owner') THEN
        -- Only superusers can own an event trigger.
        CREATE ROLE "Events Owner" SUPERUSER;
    END IF;
END
$$;
CREATE SCHEMA "Ev ""ents""";
CREATE TABLE public.watched (a int PRIMARY KEY);
CREATE MATERIALIZED VIEW public.kept AS SELECT a FROM public.watched;
CREATE FUNCTION public.note() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION "Ev ""ents"""."Note Ü"() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION "Ev ""ents""".note(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
CREATE EVENT TRIGGER plain ON ddl_command_start EXECUTE FUNCTION public.note();
CREATE EVENT TRIGGER "Of ""Some"" Tags" ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'ALTER FUNCTION') EXECUTE FUNCTION "Ev ""ents"""."Note Ü"();
CREATE EVENT TRIGGER dropped ON sql_drop EXECUTE FUNCTION public.note();
CREATE EVENT TRIGGER "select" ON table_rewrite EXECUTE FUNCTION public.note();
CREATE EVENT TRIGGER replicas ON ddl_command_end EXECUTE FUNCTION public.note();
ALTER EVENT TRIGGER dropped DISABLE;
ALTER EVENT TRIGGER "select" ENABLE ALWAYS;
ALTER EVENT TRIGGER replicas ENABLE REPLICA;
ALTER EVENT TRIGGER "Of ""Some"" Tags" OWNER TO "Events Owner";
COMMENT ON EVENT TRIGGER "Of ""Some"" Tags" IS 'it''s a comment';
COMMENT ON EVENT TRIGGER plain IS 'plain';
COMMENT ON MATERIALIZED VIEW public.kept IS 'refreshed beside event triggers';
