-- What 17 brought: collations of the builtin provider.
CREATE COLLATION ops."Builtin" (provider = builtin, locale = 'C.UTF-8');
