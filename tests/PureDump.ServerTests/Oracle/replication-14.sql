-- What 14 brought: binary and streaming subscriptions.
SET client_min_messages = error;
CREATE SUBSCRIPTION oracle_binary CONNECTION 'dbname=x' PUBLICATION three WITH (connect = false, binary = true, streaming = true);
