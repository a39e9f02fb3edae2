-- Publications and subscriptions. Runs in an empty database as a superuser; replication-14.sql and later hold what newer
-- servers add. No subscription ever connects.
SET client_min_messages = error;
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'Replication Owner') THEN
        CREATE ROLE "Replication Owner" SUPERUSER;
    END IF;
END
$$;
CREATE SCHEMA "Pub ""Schema""";
CREATE SCHEMA other;
CREATE TABLE "Pub ""Schema"""."Ta ble" (id integer PRIMARY KEY, "Col ""umn" text, "select" integer, "ñandú" text);
CREATE TABLE other.plain (a integer PRIMARY KEY, b text);
CREATE TABLE other.parts (a integer, b text, PRIMARY KEY (a)) PARTITION BY RANGE (a);
CREATE TABLE other.parts_1 PARTITION OF other.parts FOR VALUES FROM (0) TO (10);
CREATE TABLE other.parent (a integer);
CREATE TABLE other.child (b integer) INHERITS (other.parent);

CREATE PUBLICATION empty;
CREATE PUBLICATION "All of ""it""" FOR ALL TABLES;
CREATE PUBLICATION "some" FOR TABLE "Pub ""Schema"""."Ta ble", other.plain WITH (publish = 'insert, truncate');
CREATE PUBLICATION "Zwölf" FOR TABLE ONLY other.parent, other.parts WITH (publish = 'update,delete', publish_via_partition_root);
CREATE PUBLICATION nothing FOR TABLE other.plain WITH (publish = '');
CREATE PUBLICATION "With Children" FOR TABLE other.parent *;
ALTER PUBLICATION "some" OWNER TO "Replication Owner";
COMMENT ON PUBLICATION "some" IS 'it''s some';
COMMENT ON PUBLICATION "All of ""it""" IS 'all';

CREATE SUBSCRIPTION plain CONNECTION 'host=nowhere.invalid dbname=x' PUBLICATION pub WITH (connect = false);
CREATE SUBSCRIPTION "Odd ""Sub""" CONNECTION 'host=nowhere.invalid password=''it\''s secret''' PUBLICATION "Pub One", two, "three ""quoted"""
    WITH (connect = false, slot_name = 'other_slot', synchronous_commit = 'remote_apply');
CREATE SUBSCRIPTION slotless CONNECTION '' PUBLICATION "select" WITH (connect = false, slot_name = NONE, synchronous_commit = local);
ALTER SUBSCRIPTION "Odd ""Sub""" OWNER TO "Replication Owner";
COMMENT ON SUBSCRIPTION "Odd ""Sub""" IS 'with a comment';
