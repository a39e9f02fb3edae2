-- What 17 changed: the arguments of a function of an extension, which a grant names.
SET client_min_messages = warning;
GRANT EXECUTE ON FUNCTION ext.pg_stat_statements_reset TO oracle_reader;
