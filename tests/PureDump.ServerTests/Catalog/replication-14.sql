-- What server 14 added. Runs after replication.sql.
SET client_min_messages = error;
CREATE SUBSCRIPTION streams CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, binary = true, streaming = on);
