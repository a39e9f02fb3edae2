-- What 15 brought: unlogged sequences.
SET client_min_messages = warning;
CREATE UNLOGGED SEQUENCE tables.s_unlogged;
ALTER SEQUENCE tables.identity_a_seq SET UNLOGGED;
ALTER SEQUENCE tables.unlogged_identity_a_seq SET LOGGED;
SELECT nextval('tables.s_unlogged');
