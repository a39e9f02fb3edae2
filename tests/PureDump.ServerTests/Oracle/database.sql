-- Properties of the database itself: they are in a dump only if it makes the database.
SET client_min_messages = warning;
DO $$
DECLARE
    s text;
BEGIN
    FOREACH s IN ARRAY ARRAY[
        'COMMENT ON DATABASE %I IS ''it''''s a "database"''',
        'ALTER DATABASE %I SET search_path TO "Odd ""Schema""", public, ''it''''s''',
        'ALTER DATABASE %I SET statement_timeout TO ''1h''',
        'ALTER DATABASE %I SET application_name TO ''it''''s \ "x"''',
        'ALTER DATABASE %I SET datestyle TO ''German, DMY''',
        'ALTER DATABASE %I SET intervalstyle TO ''sql_standard''',
        'ALTER DATABASE %I SET timezone TO ''Asia/Kathmandu''',
        'ALTER DATABASE %I SET bytea_output TO ''escape''',
        'ALTER DATABASE %I SET extra_float_digits TO ''0''',
        'ALTER DATABASE %I SET "my.own" TO ''x y''',
        'ALTER ROLE oracle_reader IN DATABASE %I SET work_mem TO ''77MB''',
        'ALTER ROLE "oracle Writer ""x""" IN DATABASE %I SET search_path TO ''a b'', c',
        'ALTER DATABASE %I CONNECTION LIMIT 77',
        'REVOKE CONNECT ON DATABASE %I FROM PUBLIC',
        'GRANT CREATE, TEMPORARY ON DATABASE %I TO oracle_reader WITH GRANT OPTION',
        'ALTER DATABASE %I OWNER TO oracle_owner'] LOOP
        EXECUTE format(s, current_database());
    END LOOP;
END
$$;
