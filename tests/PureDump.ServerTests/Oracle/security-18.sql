-- What 18 brought: default privileges of large objects.
SET client_min_messages = warning;
ALTER DEFAULT PRIVILEGES FOR ROLE oracle_owner GRANT SELECT ON LARGE OBJECTS TO oracle_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE "oracle Writer ""x""" REVOKE UPDATE ON LARGE OBJECTS FROM "oracle Writer ""x""";
