-- What server 17 added. Runs after replication-16.sql.
SET client_min_messages = error;
CREATE SUBSCRIPTION fails_over CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, failover = true, slot_name = fails_over_slot);
