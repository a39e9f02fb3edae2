-- What is true of the globals as a whole.
SELECT pg_catalog.current_database()::text,
       pg_catalog.current_setting('server_version'),
       pg_catalog.current_setting('client_encoding'),
       pg_catalog.current_setting('standard_conforming_strings')::boolean
