-- What 17 brought: the provider that comes with the server.
SET client_min_messages = warning;
CREATE COLLATION operators.builtin (PROVIDER = builtin, LOCALE = 'C.UTF-8');
