-- What server 19 added. Runs after replication-18.sql.
SET client_min_messages = error;
CREATE SEQUENCE other.numbers;
CREATE PUBLICATION "All ""but""" FOR ALL TABLES EXCEPT (TABLE other.plain, "Pub ""Schema"""."Ta ble");
CREATE PUBLICATION but_only FOR ALL TABLES EXCEPT (TABLE ONLY other.parent);
CREATE PUBLICATION but_children FOR ALL TABLES EXCEPT (TABLE other.parent *);
CREATE PUBLICATION sequences FOR ALL SEQUENCES;
CREATE PUBLICATION tables_and_sequences FOR ALL TABLES, ALL SEQUENCES WITH (publish = 'insert');
CREATE PUBLICATION but_and_sequences FOR ALL SEQUENCES, ALL TABLES EXCEPT (TABLE other.child);
CREATE FUNCTION other.connection(oid, oid, internal) RETURNS text LANGUAGE internal AS 'aclitemout';
CREATE FOREIGN DATA WRAPPER "Connecting ""Wrapper""" CONNECTION other.connection;
CREATE SERVER "Ser ver" FOREIGN DATA WRAPPER "Connecting ""Wrapper""";
CREATE USER MAPPING FOR CURRENT_USER SERVER "Ser ver";
CREATE SUBSCRIPTION by_server SERVER "Ser ver" PUBLICATION p WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION retains CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, retain_dead_tuples = true, max_retention_duration = 1234, slot_name = NONE);
CREATE SUBSCRIPTION waits CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, wal_receiver_timeout = '12s', slot_name = NONE);
CREATE SUBSCRIPTION "every Option" SERVER "Ser ver" PUBLICATION p, "Q ""q""" WITH (connect = false, slot_name = NONE, binary = true, streaming = off, disable_on_error = true,
    password_required = false, run_as_owner = true, synchronous_commit = remote_write, origin = none, retain_dead_tuples = true, max_retention_duration = 5, wal_receiver_timeout = 7);
