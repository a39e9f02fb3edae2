-- What 16 brought: rules of collations.
SET client_min_messages = warning;
CREATE COLLATION operators.ruled (PROVIDER = icu, LOCALE = 'en', RULES = '&a < g <<< ''x''');
COMMENT ON COLLATION operators.ruled IS 'with rules';
