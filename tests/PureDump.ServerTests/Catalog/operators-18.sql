-- What 18 brought: one more builtin locale.
CREATE COLLATION ops.builtin_full (provider = builtin, locale = 'PG_UNICODE_FAST');
