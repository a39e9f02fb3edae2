-- Publications and subscriptions.
SET client_min_messages = error;
CREATE PUBLICATION empty;
CREATE PUBLICATION everything FOR ALL TABLES WITH (publish = 'insert, truncate', publish_via_partition_root = true);
CREATE PUBLICATION "Some ""tables""" FOR TABLE ONLY views.customer, tables."line
feed", partitions.list WITH (publish = '');
CREATE PUBLICATION only_root FOR TABLE partitions.list, partitions.hash_0 WITH (publish_via_partition_root = true);
COMMENT ON PUBLICATION empty IS 'of nothing''s';
ALTER PUBLICATION empty OWNER TO postgres;
CREATE SUBSCRIPTION oracle_plain CONNECTION 'host=nowhere dbname=''it\''s'' password=secret' PUBLICATION empty, "Some ""tables""" WITH (connect = false);
CREATE SUBSCRIPTION "Oracle ""sub""" CONNECTION '' PUBLICATION one WITH (connect = false, slot_name = 'other_slot', synchronous_commit = 'local');
CREATE SUBSCRIPTION oracle_no_slot CONNECTION 'dbname=x' PUBLICATION two WITH (connect = false, slot_name = NONE);
COMMENT ON SUBSCRIPTION oracle_plain IS 'never connected';
