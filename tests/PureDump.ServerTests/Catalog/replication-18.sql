-- What server 18 added. Runs after replication-17.sql.
SET client_min_messages = error;
CREATE TABLE other.generated (a integer, b integer GENERATED ALWAYS AS (a * 2) STORED);
CREATE PUBLICATION generated FOR TABLE other.generated WITH (publish_generated_columns = stored);
CREATE PUBLICATION not_generated FOR TABLE other.generated WITH (publish_generated_columns = none);
