-- What 18 brought: default privileges of large objects.
ALTER DEFAULT PRIVILEGES FOR ROLE types_owner GRANT SELECT ON LARGE OBJECTS TO types_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE "types Writer ""x""" REVOKE UPDATE ON LARGE OBJECTS FROM "types Writer ""x""";
