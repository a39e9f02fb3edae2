-- What 18 brought: collations that fold all case.
SET client_min_messages = warning;
CREATE COLLATION operators.builtin_fold (PROVIDER = builtin, LOCALE = 'PG_UNICODE_FAST');
