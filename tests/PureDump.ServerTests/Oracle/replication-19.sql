-- What 19 brought: tables that a publication leaves out, all sequences, subscriptions by way of a foreign server.
SET client_min_messages = error;
CREATE PUBLICATION oracle_all_but FOR ALL TABLES EXCEPT (TABLE tables.named, tables.types);
CREATE PUBLICATION oracle_sequences FOR ALL SEQUENCES;
CREATE PUBLICATION oracle_both FOR ALL TABLES EXCEPT (TABLE tables.virtual), ALL SEQUENCES WITH (publish = 'insert');
CREATE FUNCTION tables.connection(oid, oid, internal) RETURNS text LANGUAGE internal AS 'aclitemout';
CREATE FOREIGN DATA WRAPPER oracle_connecting CONNECTION tables.connection;
CREATE SERVER oracle_connecting FOREIGN DATA WRAPPER oracle_connecting;
CREATE USER MAPPING FOR CURRENT_USER SERVER oracle_connecting;
CREATE SUBSCRIPTION oracle_by_server SERVER oracle_connecting PUBLICATION one, "Two" WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION oracle_retains CONNECTION 'dbname=x' PUBLICATION one
    WITH (connect = false, slot_name = NONE, retain_dead_tuples = true, max_retention_duration = 60000, wal_receiver_timeout = 30000);
COMMENT ON SUBSCRIPTION oracle_by_server IS 'by a server';
