-- What PostgreSQL 17 adds to events.sql: the event of a login. Disabled, for tests log in here.
CREATE EVENT TRIGGER logged_in ON login EXECUTE FUNCTION public.note();
ALTER EVENT TRIGGER logged_in DISABLE;
