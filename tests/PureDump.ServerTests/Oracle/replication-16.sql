-- What 16 brought: parallel streaming, origins, whose rights count.
SET client_min_messages = error;
CREATE SUBSCRIPTION oracle_sixteen CONNECTION 'dbname=x' PUBLICATION three WITH (connect = false, streaming = parallel, origin = none, run_as_owner = true, password_required = false);
