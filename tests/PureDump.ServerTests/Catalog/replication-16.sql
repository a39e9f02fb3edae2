-- What server 16 added. Runs after replication-15.sql.
SET client_min_messages = error;
CREATE SUBSCRIPTION parallel CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, streaming = parallel);
CREATE SUBSCRIPTION local_only CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, origin = none, password_required = false, run_as_owner = true);
