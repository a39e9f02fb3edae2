-- What 17 brought: an event of logging in.
CREATE EVENT TRIGGER oracle_login ON login EXECUTE FUNCTION events.noop();
