-- What server 15 added. Runs after replication-14.sql.
SET client_min_messages = error;
CREATE PUBLICATION "Columns" FOR TABLE "Pub ""Schema"""."Ta ble" ("ñandú", id, "select", "Col ""umn"), other.plain (a);
CREATE PUBLICATION rows FOR TABLE other.plain WHERE (true), "Pub ""Schema"""."Ta ble" WHERE (id > 3 AND "Col ""umn" <> 'it''s'), other.child (b) WHERE (b = 1);
CREATE PUBLICATION "In Schema" FOR TABLES IN SCHEMA "Pub ""Schema""", other;
CREATE PUBLICATION mixed FOR TABLES IN SCHEMA public, TABLE other.plain;
CREATE SUBSCRIPTION two_phases CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, two_phase = true, disable_on_error = true);
