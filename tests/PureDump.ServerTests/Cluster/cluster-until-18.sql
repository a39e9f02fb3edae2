-- What servers from 19 on refuse: line breaks in the name of a role. Runs after cluster.sql.
CREATE ROLE "two
lines; \! touch x" NOLOGIN;
COMMENT ON ROLE "two
lines; \! touch x" IS 'over
lines';
ALTER ROLE "two
lines; \! touch x" SET log_min_duration_statement = '3s';
