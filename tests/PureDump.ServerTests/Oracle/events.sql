-- Event triggers, of every event and state; they do nothing.
SET client_min_messages = warning;
CREATE SCHEMA events AUTHORIZATION oracle_owner;
CREATE FUNCTION events.noop() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN END$$;
CREATE EVENT TRIGGER oracle_start ON ddl_command_start EXECUTE FUNCTION events.noop();
CREATE EVENT TRIGGER "Oracle ""end""" ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'ALTER TABLE') EXECUTE FUNCTION events.noop();
CREATE EVENT TRIGGER oracle_drop ON sql_drop EXECUTE FUNCTION events.noop();
CREATE EVENT TRIGGER oracle_rewrite ON table_rewrite EXECUTE FUNCTION events.noop();
ALTER EVENT TRIGGER oracle_start DISABLE;
ALTER EVENT TRIGGER oracle_drop ENABLE REPLICA;
ALTER EVENT TRIGGER oracle_rewrite ENABLE ALWAYS;
COMMENT ON EVENT TRIGGER oracle_start IS 'never fires''';
