-- What 17 brought: slots that survive a failover.
SET client_min_messages = error;
CREATE SUBSCRIPTION oracle_failover CONNECTION 'dbname=x' PUBLICATION three WITH (connect = false, failover = true);
