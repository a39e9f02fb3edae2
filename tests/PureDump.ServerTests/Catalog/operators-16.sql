-- What 16 brought: rules of ICU.
SET client_min_messages = warning;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_collation WHERE collprovider = 'i') THEN
        CREATE COLLATION ops.ruled (provider = icu, locale = '', deterministic = false, rules = '&a < ''-'' < g');
    END IF;
END $$;
