-- Roles belong to the server, not to the database: made once on each, whoever comes first. Runs before all others.
SET client_min_messages = warning;
DO $$
DECLARE
    r text;
BEGIN
    FOREACH r IN ARRAY ARRAY[
        'oracle_owner', 'oracle_reader', 'oracle_chain', 'oracle_other', 'oracle Writer "x"', 'oracle-Ünïcode 🐘', 'ORACLE_UPPER'] LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I', r);
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END LOOP;
END
$$;
